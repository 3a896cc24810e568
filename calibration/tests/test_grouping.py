"""The grouping engine: pure functions on texts and numbers."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.grouping import (
    buckets,
    discovery,
    encoder,
    guessing,
    lexical,
    likening,
    linkage,
    measuring,
    pairs,
    pieces,
    regression,
    wording,
)
from calibration.grouping.vectors import FOR_TOPICS, ROW, mixed, packed, signs, unpacked

FEES = ["waive the late fee", "late fee on the bill", "penalty for paying late"]
BOXES = ["modem rental", "charged for the cable box", "rental of the DVR"]


def test_a_typed_text_falls_into_the_published_pieces():
    assert pieces.pieces("Late fees, unwaivable!", most=96) == [
        *(101, 2397, 9883, 1010, 4895, 21547, 12423, 999, 102)
    ]
    assert pieces.pieces("ÑANDÚ 中文", most=96) == pieces.pieces("nandu 中 文", most=96)
    assert pieces.pieces("x" * 120, most=96) == [101, 100, 102]
    assert len(pieces.pieces("late " * 500, most=96)) == 97 - 1


def test_the_encoder_gives_the_published_models_numbers():
    """Golden: the 32-bit weights in 64-bit arithmetic, with the exact error unit."""
    golden = [-0.04864, 0.07123, 0.01131, 0.02112, 0.0449, 0.02056, 0.03377, -0.0345]
    row = encoder.encode(["late fee on the March bill, paid on time daw siya"])[0]
    assert np.abs(row[:8] - golden).max() < 0.004
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others():
    texts = [*FEES, "ok", "a much longer concern about a technician who never came " * 3, ""]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-4


def test_meaning_and_letters_each_bring_their_share():
    late, penalty, box = encoder.encode([FEES[0], FEES[2], BOXES[1]])
    assert late @ penalty > late @ box
    known, slip, other = lexical.lexical(
        ["ipa-waive daw ang XR-200", "ipawaive XR-200 daw", "modem"]
    )
    assert known @ slip > 0.5 > known @ other
    assert not lexical.lexical([""]).any()


@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_any_text_becomes_a_row_and_comes_back(texts):
    rows = packed(texts)
    assert rows.shape == (len(texts), ROW)
    assert (unpacked(row.tobytes() for row in rows) == rows).all()
    assert {len(bits) for bits in signs(rows)} == {384}
    whole = mixed(rows, FOR_TOPICS)
    assert np.isfinite(whole).all()
    assert (np.linalg.norm(whole, axis=1) < 1.001).all()


def test_the_regression_tells_examples_apart_and_rare_topics_count_as_much():
    dice = np.random.default_rng(3)
    centres = dice.normal(size=(3, 20))
    topics = np.repeat([7, 8, 9], [50, 50, 3])
    rows = (centres[topics - 7] + dice.normal(scale=0.3, size=(103, 20))).astype(np.float32)
    learnt = regression.fit(rows, topics)
    assert learnt.topics.tolist() == [7, 8, 9]
    said = [learnt.topics[learnt.shares(row).argmax()] for row in rows]
    assert said == topics.tolist()
    assert learnt.shares(rows[0]).sum() == pytest.approx(1, abs=1e-5)


def test_one_topic_alone_is_certain():
    learnt = regression.fit(np.eye(3, dtype=np.float32), np.array([4, 4, 4]))
    assert learnt.shares(np.ones(3, np.float32)).tolist() == [1.0]


def test_a_topic_the_regression_never_saw_still_wins_by_likeness():
    rows = np.eye(4, dtype=np.float32)
    learnt = regression.fit(rows[:2], np.array([1, 2]))
    examples = guessing.Examples(rows, np.array([1, 2, 3, 3]), np.array([10, 20, 30, 40]))
    best = guessing.ranked(rows[2], examples, learnt)[0]
    assert (best.topic, best.nearest[0]) == (3, 30)
    assert best.likeness > guessing.FITS


def test_nothing_grouped_means_nothing_suggested():
    nothing = guessing.Examples(np.zeros((0, 4), np.float32), *[np.zeros(0, np.int64)] * 2)
    assert guessing.ranked(np.ones(4, np.float32), nothing, None) == []


def test_lines_alike_come_best_first_with_their_likeness():
    rows = packed(["late fee", *FEES, *BOXES])
    found = likening.order(rows[0], rows[1:], most=3)
    assert {place for place, _ in found} == {0, 1, 2}
    assert found[0][1] > 0.5
    assert likening.order(rows[0], rows[:0], most=3) == []


@given(st.integers(2, 30), st.floats(0.1, 1.4), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_groups_are_those_of_joining_the_nearest_pair_first(count, at, seed):
    points = np.random.default_rng(seed).normal(size=(count, 3))
    apart = np.linalg.norm(points[:, None] - points[None], axis=2).astype(np.float32)
    found = linkage.cut(linkage.link(apart.copy()), count, at)
    assert _as_sets(found) == _as_sets(_plainly(apart, at))


def _plainly(apart, at):
    """Average linkage as it is defined, without any cleverness."""
    groups = [[n] for n in range(len(apart))]
    while len(groups) > 1:
        pairs_ = [
            (float(np.mean(apart[np.ix_(a, b)])), i, j)
            for i, a in enumerate(groups)
            for j, b in enumerate(groups)
            if i < j
        ]
        distance, i, j = min(pairs_)
        if distance > at:
            break
        groups[i] += groups.pop(j)
    return [
        next(n for n, group in enumerate(groups) if place in group) for place in range(len(apart))
    ]


def _as_sets(groups):
    return {frozenset(p for p, g in enumerate(groups) if g == group) for group in groups}


def test_a_group_that_is_too_large_falls_into_its_parts():
    line = np.array([0, 0.1, 0.2, 5, 5.1, 5.2, 5.3], np.float32)
    joined = linkage.link(np.abs(line[:, None] - line[None]))
    assert len(set(linkage.cut(joined, 7, 10.0))) == 1
    assert _as_sets(linkage.cut(joined, 7, 10.0, largest=4)) == {
        frozenset({0, 1, 2}),
        frozenset({3, 4, 5, 6}),
    }


def test_new_topics_are_found_although_all_texts_name_the_client():
    texts = [f"Skyline Cable {text}" for text in (*FEES, "late charges again", *BOXES)]
    found = discovery.discover(mixed(packed(texts), FOR_TOPICS), 0.9)
    assert {frozenset(group.members) for group in found} <= {
        frozenset({0, 1, 2, 3}),
        frozenset({4, 5, 6}),
        frozenset({0, 1, 2}),
        frozenset({0, 1, 3}),
    }
    assert all(0 <= group.tightness <= 1 for group in found)
    assert discovery.discover(np.zeros((0, ROW), np.float32)) == []


def test_the_cut_is_set_from_the_captains_topics_once_there_are_eight():
    dice = np.random.default_rng(1)
    centres = dice.normal(size=(9, 40))
    topics = np.repeat(np.arange(9), 6)
    rows = (centres[topics] + dice.normal(scale=0.4, size=(54, 40))).astype(np.float32)
    assert discovery.cut_of(rows[:20], topics[:20]) == discovery.CUT
    cut = discovery.cut_of(rows, topics)
    assert cut in discovery.CUTS
    assert discovery.agreement(discovery.grouped(rows, cut), topics.tolist()) > 0.9


def test_agreement_and_information_have_their_known_values():
    """Golden: the example of Hubert and Arabie, and equal, and independent groupings."""
    assert discovery.agreement([0, 0, 1, 1], [5, 5, 7, 7]) == 1
    assert discovery.agreement([0, 0, 1, 2], [0, 0, 1, 1]) == pytest.approx(0.5714, abs=1e-4)
    assert measuring.nmi([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1)
    assert measuring.nmi([0, 1, 0, 1], [0, 0, 1, 1]) == pytest.approx(0)
    assert measuring.auroc([0.9, 0.8], [0.1, 0.8]) == pytest.approx(0.875)


def test_a_line_lies_in_the_bucket_that_is_looked_through_first():
    rows = packed([f"{text} number {n}" for n in range(50) for text in (*FEES, *BOXES)])
    centres = buckets.centres_of(rows)
    own = buckets.bucket_of(rows, centres)
    first = [buckets.nearest_buckets(row, centres, 1)[0] for row in rows[:20]]
    assert first == own[:20]


def test_a_concern_that_comes_a_thousand_times_takes_no_bucket_from_others():
    others = [f"{text} number {n}" for n in range(50) for text in (*FEES, *BOXES)]
    rows = packed([*others, *[FEES[0]] * 1000])
    centres = buckets.centres_of(rows)
    assert len(np.unique(centres, axis=0)) == len(centres) == buckets.BUCKETS
    with_lines = set(buckets.bucket_of(rows, centres))
    assert set(buckets.nearest_buckets(rows[-1], centres, 6)) <= with_lines


def test_words_that_tell_are_kept_and_name_a_group():
    assert wording.telling("Hindi raw siya sinabihan about the LATE fees ₱500") == [
        *("sinabihan", "late", "fees", "500")
    ]
    assert wording.shared("billed twice", ["twice on his billing"]) == ["billed", "twice"]
    texts = ["late fee waived", "the late fee", "late fee twice", "modem broken", "modem slow"]
    words = wording.naming(texts[:3], wording.counted(texts), len(texts))
    assert wording.title(words, texts[:3]) == "late fee"


def test_pairs_of_words_group_texts_without_vectors():
    texts = [*["late fee on bill"] * 3, *[f"something{n} else{n}" for n in range(40)]]
    assert [group.members for group in pairs.clusters(texts)] == [[0, 1, 2]]
    assert pairs.clusters([]) == []


def test_a_labelled_file_is_measured(tmp_path: Path):
    lines = [
        (f"{text} {n}", label)
        for n in range(4)
        for label, all_ in (("fee", FEES), ("box", BOXES))
        for text in all_
    ]
    path = tmp_path / "texts.csv"
    path.write_text(
        "text,label\n"
        + "".join(f"{text},{label}\n" for text, label in lines)
        + "play some music,oos\nwhat is the weather,OOS\n",
        encoding="utf-8",
    )
    texts = measuring.read(path)
    rows = measuring.encoded(texts.texts, lambda done: None)
    said = measuring.suggestions(texts, rows, 3)
    assert said["top1"] > 90
    assert said["top3"] == 100
    assert said["auroc"] > 0.9
    assert measuring.similar(texts, rows) > 90
    assert set(measuring.discoveries(texts, rows)) >= {"ari", "nmi", "largest", "covered"}


def test_a_file_without_labels_is_looked_at_only(tmp_path: Path):
    path = tmp_path / "texts.csv"
    path.write_text("text\n" + "\n".join([*FEES, *BOXES]), encoding="utf-8")
    texts = measuring.read(path)
    rows = measuring.encoded(texts.texts, lambda done: None)
    assert not len(texts.places("train"))
    assert "ari" not in measuring.discoveries(texts, rows)


def test_a_file_without_texts_says_so(tmp_path: Path):
    path = tmp_path / "texts.csv"
    path.write_text("concern\nlate fee", encoding="utf-8")
    with pytest.raises(ValueError, match="no column"):
        measuring.read(path)
