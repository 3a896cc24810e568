"""How well the engine does on labelled texts: the figures of `manage.py measure_grouping`.

Texts have a label (none in a file to look at only) and a split, `train` or `test`; the label `oos`
is out of scope: no topic fits. All draws are seeded, so that a file gives the same figures again.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from calibration.grouping import discovery, guessing, likening, regression
from calibration.grouping.vectors import FOR_TOPICS, ROW, Bytes, Floats, mixed, packed

Places = NDArray[np.intp]
DRAWS = 3
OOS = "oos"
POOL = 5_000
MOST_QUERIES = 10_000
"""Test texts whose similar lines are looked for."""

AT_ONCE = 512
LONGEST_FIELD = 10_000_000
"""Letters of a cell; the encoder reads the first words of it."""


@dataclass
class Texts:
    """The rows of a file."""

    texts: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    splits: list[str] = field(default_factory=list)

    def places(self, split: str = "", *, oos: bool = False) -> Places:
        """The labelled rows of a split (all when ""), those out of scope only when asked."""
        rows = zip(self.labels, self.splits, strict=True)
        kept = {n: label for n, (label, at) in enumerate(rows) if label and split in {"", at}}
        return np.array([n for n, label in kept.items() if oos or label != OOS], np.intp)

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The labels as numbers; OOS is -1."""
        names = {label: number for number, label in enumerate(sorted({*self.labels} - {OOS}))}
        return np.array([names.get(label, -1) for label in self.labels], np.int64)


def read(path: Path) -> Texts:
    """The file's columns text, label and split; the last two may be missing or empty.

    Without rows to learn from or to test on, every other text of a label is for testing. Raises
    OSError, csv.Error, UnicodeDecodeError, and ValueError for a file without a column `text`.
    """
    found = Texts()
    with path.open(encoding="utf-8-sig", newline="") as file, _long_fields():
        reader = csv.DictReader(file)
        if "text" not in (reader.fieldnames or []):
            raise ValueError("The file has no column “text”.")
        for row in reader:
            if text := (row["text"] or "").strip():
                label = (row.get("label") or "").strip()
                found.texts.append(text)
                found.labels.append(OOS if label.lower() == OOS else label)
                found.splits.append((row.get("split") or "").strip().lower())
    if not {"train", "test"} <= {*found.splits}:
        found.splits = _alternating(found.labels)
    return found


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let cells of a CSV be as long as LONGEST_FIELD: for here only, the limit is the process's."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _alternating(labels: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    splits = []
    for label in labels:
        splits.append("test" if seen[label] % 2 or label == OOS else "train")
        seen[label] += 1
    return splits


def encoded(texts: Sequence[str], tell: Callable[[int], None]) -> Bytes:
    """The rows of the engine for these texts; says how many are done."""
    made = [np.zeros((0, ROW), np.int8)]
    for start in range(0, len(texts), AT_ONCE):
        made.append(packed(texts[start : start + AT_ONCE]))
        tell(min(start + AT_ONCE, len(texts)))
    return np.concatenate(made)


def suggestions(of: Texts, rows: Bytes, shots: int) -> dict[str, float]:
    """Top-1 and top-3 in percent, and the AUROC of "none fits", with so many examples per topic.

    A topic with fewer examples has those; a test text counts when its topic has any. What no text
    tells is not among the figures.
    """
    return _means([_one_draw(of, mixed(rows, FOR_TOPICS), shots, seed) for seed in range(DRAWS)])


def _one_draw(of: Texts, rows: Floats, shots: int, seed: int) -> dict[str, float]:
    dice, right = np.random.default_rng(seed), of.numbers
    learn, taken = [], Counter[int]()
    for place in dice.permutation(of.places("train")).tolist():
        taken[int(right[place])] += 1
        if taken[int(right[place])] <= shots:
            learn.append(place)
    lines = np.array(learn)
    examples = guessing.Examples(rows[lines], right[lines], lines)
    learnt = regression.fit(examples.rows, examples.topics)
    hits: dict[str, list[bool]] = {"top1": [], "top3": []}
    within, without = [], []
    for place in of.places("test", oos=True).tolist():
        found = guessing.ranked(rows[place], examples, learnt)
        likeness = float(guessing.likenesses(rows[place], examples)[1].max())
        if right[place] < 0:
            without.append(likeness)
        elif taken[int(right[place])]:
            within.append(likeness)
            hits["top1"].append(found[0].topic == right[place])
            hits["top3"].append(any(one.topic == right[place] for one in found))
    said = {name: 100 * fmean(all_) for name, all_ in hits.items() if all_}
    return {**said, "auroc": auroc(within, without)} if within and without else said


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """How often one of the first is above one of the second, ties half (Hanley, 1982)."""
    both = np.concatenate([higher, lower])
    _, places, often = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (often.cumsum() - (often - 1) / 2)[places]
    above = ranks[: len(higher)].sum() - len(higher) * (len(higher) + 1) / 2
    return float(above / (len(higher) * len(lower)))


def similar(of: Texts, rows: Bytes, most: int = 5) -> float:
    """Of the five lines found for a test text among all others, how many are of its topic."""
    right, pool = of.numbers, of.places(oos=True)
    lines = rows[pool]
    bits = likening.sign_bits(lines)
    shares = []
    for place in of.places("test")[:MOST_QUERIES]:
        near = likening.nearest_bits(likening.sign_bits(rows[place : place + 1]), bits)
        near = near[pool[near] != place]
        best = [near[n] for n, _ in likening.order(rows[place], lines[near], most=most)]
        shares.append(float((right[pool[best]] == right[place]).mean()))
    return 100 * fmean(shares)


def discoveries(of: Texts, rows: Bytes) -> dict[str, float]:
    """Groups, the largest's share, how many lines are in any; with labels ARI and NMI as well.

    The pool are at most POOL texts in scope; one that is in no group counts as alone.
    """
    pool = of.places() if any(of.labels) else np.arange(len(of.texts))
    draws = DRAWS if len(pool) > POOL else 1
    return _means([_one_pool(of, rows, pool, seed) for seed in range(draws)])


def _one_pool(of: Texts, rows: Bytes, pool: Places, seed: int) -> dict[str, float]:
    some = np.random.default_rng(seed).permutation(pool)[:POOL]
    began = time.perf_counter()
    found = discovery.discover(mixed(rows[some], FOR_TOPICS))
    seconds = time.perf_counter() - began
    group = list(range(len(some), 2 * len(some)))
    for number, one in enumerate(found):
        for place in one.members:
            group[place] = number
    sizes, many = [len(one.members) for one in found] or [0], max(len(some), 1)
    said = {
        "pool": float(len(some)),
        "groups": float(len(found)),
        "largest": 100 * max(sizes) / many,
        "covered": 100 * sum(sizes) / many,
        "seconds": seconds,
    }
    if any(of.labels):
        right = of.numbers[some].tolist()
        said |= {"ari": discovery.agreement(group, right), "nmi": nmi(group, right)}
    return said


def nmi(one: Sequence[int], other: Sequence[int]) -> float:
    """How much one grouping tells of the other, in the mean of what both hold (Strehl, 2002)."""

    def held(labels: Iterable[object]) -> float:
        counts = Counter(labels)
        return -sum(n / len(one) * log(n / len(one)) for n in counts.values())

    first, second = held(one), held(other)
    both = held(zip(one, other, strict=True))
    return 2 * (first + second - both) / (first + second) if first + second else 1.0


def _means(draws: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: fmean(draw[name] for draw in draws) for name in draws[0]}
