"""Which topic a concern belongs to: what was learnt, plus ½ nearest line, plus ½ centroid.

The regression knows best what tells topics apart, but knows only the topics it was fitted to; the
two likenesses know a line from the moment it is grouped. A topic the regression has not seen yet
takes its share of the expectation by likeness alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.regression import Regression

Floats = NDArray[np.float32]
SHARPNESS = 20.0
"""How much more a topic is expected that is more alike, where only likeness tells."""

FITS = 0.33
"""Likeness below which none fits: with ten examples a topic it keeps nine of ten concerns that have
one, and refuses two of three that have none; with one example, six to eight and eight of ten."""


@dataclass(frozen=True)
class Examples:
    """Grouped lines: a row each (`vectors.mixed`), its topic, and which line it is."""

    rows: Floats
    topics: NDArray[np.int64]
    lines: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def names(self) -> NDArray[np.int64]:
        """The topics, each once, in the order of their numbers."""
        return np.unique(self.topics)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """For each line the place of its topic among the names."""
        return np.searchsorted(self.names, self.topics)

    @cached_property
    def centres(self) -> Floats:
        """The common direction of each topic's lines."""
        sums = np.zeros((len(self.names), self.rows.shape[1]), np.float32)
        np.add.at(sums, self.places, self.rows)
        length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
        return np.asarray(sums / np.maximum(length, 1e-9), np.float32)


@dataclass(frozen=True)
class Ranked:
    """A topic, how strongly it is expected, how like the concern it is (0 to 1), nearest lines."""

    topic: int
    strength: float
    likeness: float
    nearest: list[int]


def ranked(
    concern: Floats, examples: Examples, learnt: Regression | None, *, most: int = 3, near: int = 5
) -> list[Ranked]:
    """The topics that a concern (a row like those of the examples) may belong to, best first."""
    if not len(examples):
        return []
    alike, likeness = likenesses(concern, examples)
    strength = expected(examples.names, likeness, concern, learnt) + likeness
    found = []
    for place in np.argsort(-strength, kind="stable")[:most]:
        own = np.flatnonzero(examples.places == place)
        own = own[np.argsort(-alike[own], kind="stable")[:near]]
        likely = min(max(float(likeness[place]), 0.0), 1.0)
        nearest = [int(line) for line in examples.lines[own]]
        found.append(Ranked(int(examples.names[place]), float(strength[place]), likely, nearest))
    return found


def likenesses(concern: Floats, examples: Examples) -> tuple[Floats, Floats]:
    """The likeness of each line, and of each topic: ½ nearest line + ½ centroid."""
    alike = examples.rows @ concern
    nearest = np.full(len(examples.names), -1, np.float32)
    np.maximum.at(nearest, examples.places, alike)
    return alike, 0.5 * nearest + 0.5 * (examples.centres @ concern)


def expected(
    topics: NDArray[np.int64], likeness: Floats, concern: Floats, learnt: Regression | None
) -> Floats:
    """The share of each topic in the expectation, together 1."""
    by_likeness = np.exp(SHARPNESS * (likeness - likeness.max()))
    by_likeness /= by_likeness.sum()
    if learnt is None or not len(learnt.topics):
        return by_likeness
    places = np.searchsorted(learnt.topics, topics).clip(max=len(learnt.topics) - 1)
    is_known = learnt.topics[places] == topics
    shares = np.where(is_known, learnt.shares(concern)[places], 0)
    total = shares.sum()
    if total <= 0:
        return by_likeness
    new = by_likeness[~is_known].sum()
    return np.asarray(np.where(is_known, shares / total * (1 - new), by_likeness), np.float32)
