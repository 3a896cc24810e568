"""Vectors made in the background, and what they find."""

import pytest
from django_tasks_db.models import DBTaskResult

from calibration import concerns, knowledge, likeness
from calibration.actions import learning, vectors
from calibration.discovering import discover
from calibration.likeness import similar
from calibration.models import LineVector, VectorSpace, VectorWanted
from calibration.suggesting import suggest, suggest_many
from calibration.tests.factories import BOXES, FEES, log, topic
from escalations.actions import topics
from escalations.models import Escalation


@pytest.fixture(autouse=True)
def forgetful():
    """What a process keeps in mind belongs to one database; each test has its own."""
    for kept in (knowledge._KNOWN, concerns._RECENT, learning._SEEN):
        kept.clear()
    likeness._centres.cache_clear()


def made() -> int:
    return vectors.make(seconds=None)


def test_every_new_line_gets_its_vector_and_the_list_is_empty_then(skyline, sam):
    lines = log(sam, *FEES)
    assert VectorWanted.objects.count() == 3
    assert made() == 3
    assert set(LineVector.objects.values_list("pk", flat=True)) == {line.pk for line in lines}
    assert not VectorWanted.objects.exists()
    assert made() == 0
    assert VectorSpace.objects.get(pk=skyline.pk).made == 3


def test_vectors_wait_while_a_job_is_at_hand(sam):
    log(sam, *FEES)
    job = DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, backend_name="default", status="RUNNING"
    )
    assert vectors.make() == 0
    job.delete()
    assert vectors.make() == 3


def test_a_changed_concern_is_read_again_and_nothing_else_is(sam):
    (line,) = log(sam, FEES[0])
    made()
    before = bytes(LineVector.objects.get().packed)
    Escalation.objects.filter(pk=line.pk).update(resolution="waived", concern=FEES[0])
    assert made() == 0
    Escalation.objects.filter(pk=line.pk).update(concern=BOXES[0])
    assert made() == 1
    assert bytes(LineVector.objects.get().packed) != before


def test_a_line_that_is_deleted_takes_its_vector_along(sam):
    lines = log(sam, *FEES)
    made()
    Escalation.objects.filter(pk__in=[line.pk for line in lines[:2]]).delete()
    assert list(LineVector.objects.values_list("pk", flat=True)) == [lines[2].pk]
    log(sam, BOXES[0])[0].delete()
    assert made() == 1, "its entry goes, though there is nothing to do"


def test_a_text_that_was_read_once_is_not_encoded_again(monkeypatch, sam, olga):
    log(sam, FEES[0], FEES[0])
    made()
    encoded = []
    monkeypatch.setattr(
        "calibration.grouping.vectors.packed", lambda texts: encoded.extend(texts) or []
    )
    monkeypatch.setattr(
        "calibration.grouping.vectors.packed", lambda texts: encoded.extend(texts) or []
    )
    log(olga, FEES[0])
    assert made() == 1
    assert encoded == []
    assert len(set(map(bytes, LineVector.objects.values_list("packed", flat=True)))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_in_the_midst_loses_nothing(monkeypatch, sam):
    log(sam, *FEES, *BOXES)
    monkeypatch.setattr(vectors, "AT_ONCE", 2)
    assert vectors._piece() == 2

    def dies(lines):
        raise SystemExit

    keep = vectors._keep
    monkeypatch.setattr(vectors, "_keep", dies)
    with pytest.raises(SystemExit):
        vectors._piece()
    monkeypatch.setattr(vectors, "_keep", keep)
    assert LineVector.objects.count() == 2
    assert made() == 4
    assert LineVector.objects.count() == 6


def test_a_concern_in_other_words_is_given_its_topic(skyline, cora):
    fees = topic(cora, "late fee", *FEES)
    topic(cora, "rental", *BOXES)
    made()
    said = suggest(skyline, "penalty for paying after the due date should be taken off")
    assert said.engine == "vectors"
    assert said.guesses[0].topic == fees
    assert said.guesses[0].lines


def test_one_example_counts_from_the_moment_it_is_grouped(skyline, cora, sam):
    rental = topic(cora, "rental", *BOXES)
    (line,) = log(sam, "technician never showed up for the appointment")
    made()
    learning.learn()
    asked = "nobody came on the day of the repair visit"
    assert [guess.topic for guess in suggest(skyline, asked).guesses] == [rental]
    step = topics.create("missed visit", [line], by=cora)
    said = suggest(skyline, asked)
    assert said.guesses[0].topic == step.topic
    assert said.guesses[0].lines == [line.number]
    assert said.fits
    topics.undo(step, by=cora)
    assert [guess.topic for guess in suggest(skyline, asked).guesses] == [rental]


def test_what_the_worker_learnt_is_used_and_learnt_again_only_after_a_change(skyline, cora, sam):
    topic(cora, "late fee", *FEES)
    topic(cora, "rental", *BOXES)
    made()
    assert learning.learn() == 1
    assert learning.learn() == 0
    assert knowledge.known_of(skyline.pk).learnt is not None
    said = suggest(skyline, FEES[0])
    assert (said.guesses[0].topic.name, said.fits) == ("late fee", True)
    topics.create("third", log(sam, "no picture on channel 5"), by=cora)
    made()
    assert learning.learn() == 1


def test_a_merged_topics_lines_speak_for_the_other(skyline, cora):
    fees = topic(cora, "late fee", *FEES)
    rental = topic(cora, "rental", *BOXES)
    made()
    learning.learn()
    topics.merge(fees, rental, by=cora)
    assert [guess.topic for guess in suggest(skyline, FEES[0]).guesses] == [rental]


def test_another_programs_lines_and_topics_are_never_seen(harbor, olga, cora):
    topic(cora, "late fee", *FEES)
    log(olga, "channel missing")
    made()
    assert suggest(harbor, FEES[0]).guesses == []
    found = similar(olga, FEES[0])
    assert {like.line.program_id for like in found.lines} <= {harbor.pk}


def test_lines_alike_are_found_by_what_they_mean_void_ones_left_out(sam):
    near, void, _ = log(
        sam,
        "charge for paying after the due date",
        "fee because the payment came late",
        "no picture on channel 5",
    )
    Escalation.objects.filter(pk=void.pk).update(status="void", void_reason="test")
    made()
    found = similar(sam, "wants the late fee removed", most=1)
    assert found.engine == "vectors"
    assert [like.line.pk for like in found.lines] == [near.pk]
    assert similar(sam, near.concern, but=near.pk, most=1).lines == []


def test_an_agent_sees_nothing_alike(abe, sam):
    log(sam, *FEES)
    made()
    assert similar(abe, FEES[0]).lines == []
    assert discover(abe).groups == []


@pytest.mark.parametrize("said", ["", " ", "%", "'; --", "a", "\\", "ñandú 💥", "x" * 5000])
def test_any_text_may_be_asked(skyline, sam, said, cora):
    topic(cora, "late fee", *FEES)
    made()
    similar(sam, said)
    assert suggest(skyline, said).engine == "vectors"


def test_new_topics_are_proposed_with_names_of_their_own_words(sam):
    log(sam, *FEES, "late fee because of the holiday", *BOXES, "rental fee for modem")
    log(sam, "channel missing", "outage in the area", "wants a supervisor", "refund of deposit")
    made()
    found = discover(sam)
    assert found.engine == "vectors"
    assert {"late fee", "modem rental"} & {" ".join(g.name.split()[:2]) for g in found.groups}
    assert all(group.typical == group.numbers[0] for group in found.groups)
    assert (found.pool, found.capped) == (12, False)


def test_buckets_once_there_are_many_find_the_same_lines(sam, monkeypatch):
    log(sam, *FEES, *BOXES)
    made()
    before = [like.line.pk for like in similar(sam, "late fee").lines]
    monkeypatch.setattr(vectors, "SPREAD_FROM", 5)
    monkeypatch.setattr(vectors, "SAMPLE", 6)
    assert vectors.spread() == 1
    assert vectors.spread() == 0
    log(sam, "late fee on the June bill")
    made()
    assert len(set(LineVector.objects.values_list("bucket", flat=True))) > 1
    after = [like.line.pk for like in similar(sam, "late fee", most=6).lines]
    assert set(before) <= set(after)
    assert len(after) == len(before) + 1


def test_without_the_encoder_words_serve_and_the_list_waits(skyline, sam, monkeypatch, cora):
    topic(cora, "late fee", *FEES)
    for place in ("actions.vectors", "actions.learning", "suggesting", "likeness", "discovering"):
        monkeypatch.setattr(f"calibration.{place}.is_ready", lambda: False)
    assert made() == 0
    assert learning.learn() == vectors.spread() == 0
    assert VectorWanted.objects.count() == 3
    assert suggest(skyline, FEES[0]).engine == "words"
    assert similar(sam, FEES[0]).engine == "words"
    assert discover(sam).engine == "words"


def test_the_lines_of_a_page_are_suggested_for_without_encoding(skyline, monkeypatch, cora):
    topic(cora, "late fee", *FEES)
    made()

    def encoded(texts):
        assert texts == [], "they have their vectors"
        return []

    monkeypatch.setattr("calibration.grouping.vectors.packed", encoded)
    assert [said.guesses[0].topic.name for said in suggest_many(skyline, FEES)] == ["late fee"] * 3


def test_words_serve_until_the_pool_has_its_vectors(sam):
    log(sam, *FEES)
    made()
    log(sam, *BOXES)
    assert discover(sam).engine == "words"


@pytest.mark.django_db(transaction=True)
def test_a_change_while_the_worker_reads_is_not_lost(monkeypatch, sam):
    (line,) = log(sam, FEES[0])
    keep = vectors._keep

    def changed_meanwhile(lines):
        keep(lines)
        Escalation.objects.filter(pk=line.pk).update(concern=BOXES[0])

    monkeypatch.setattr(vectors, "_keep", changed_meanwhile)
    vectors._piece()
    monkeypatch.setattr(vectors, "_keep", keep)
    assert made() == 1
    assert LineVector.objects.get().digest == concerns.digest(BOXES[0])
