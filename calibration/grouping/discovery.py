"""Which groups hide in a pool of texts: average linkage after taking away what all have in common.

What every text of a client is about (its name, its trade) would glue them all together: the mean
vector of the pool is subtracted first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.grouping.linkage import Joined, cut, link

Floats = NDArray[np.float32]
CUT = 0.72
"""Groups further apart than this on average stay apart."""

CUTS = tuple(round(0.5 + 0.02 * step, 2) for step in range(19))
"""What the cut may be set to, from the captain's own topics."""

LEAST = 3
"""Texts of a group that is proposed, at least."""

LARGEST_SHARE = 0.1
"""Of the pool; a larger group falls into those it was made of."""

TOPICS_THAT_TEACH = 8
EXAMPLES_THAT_TEACH = 1_500


@dataclass(frozen=True)
class Found:
    """Places of texts that belong together, the most typical first, and how tight (0 to 1)."""

    members: list[int]
    tightness: float


def discover(rows: Floats, at: float = CUT) -> list[Found]:
    """The groups of at least LEAST, the largest first."""
    groups: dict[int, list[int]] = {}
    for place, group in enumerate(grouped(rows, at)):
        groups.setdefault(group, []).append(place)
    found = [_described(rows, members) for members in groups.values() if len(members) >= LEAST]
    return sorted(found, key=lambda group: (-len(group.members), group.members[0]))


def grouped(rows: Floats, at: float = CUT) -> list[int]:
    """The group of each row: equal numbers belong together."""
    largest = max(int(len(rows) * LARGEST_SHARE), 2 * LEAST)
    return cut(tree(rows), len(rows), at, largest=largest)


def tree(rows: Floats) -> list[Joined]:
    """All rows joined, by how far they are apart once the pool's mean is taken away."""
    if not len(rows):
        return []
    apart = rows - rows.mean(axis=0)
    length = np.sqrt((apart * apart).sum(axis=1, keepdims=True))
    apart /= np.maximum(length, 1e-9)
    distances = apart @ apart.T
    np.subtract(1, distances, out=distances)
    return link(distances)


def cut_of(rows: Floats, topics: NDArray[np.int64]) -> float:
    """The cut at which examples fall most into the topics a captain gave them; CUT while few."""
    often = Counter(topics.tolist())
    if sum(times >= LEAST for times in often.values()) < TOPICS_THAT_TEACH:
        return CUT
    dice = np.random.default_rng(0)
    some = dice.permutation(len(rows))[:EXAMPLES_THAT_TEACH]
    joined = tree(rows[some])
    said = topics[some].tolist()
    agree = {at: agreement(cut(joined, len(some), at), said) for at in CUTS}
    return max(CUTS, key=lambda at: (agree[at], -abs(at - CUT)))


def agreement(one: Sequence[int], other: Sequence[int]) -> float:
    """How much two groupings agree, chance taken off: the adjusted Rand index (Hubert, 1985)."""

    def pairs(counts: Counter[object]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both = pairs(Counter(zip(one, other, strict=True)))
    first, second = pairs(Counter(one)), pairs(Counter(other))
    chance = first * second / max(len(one) * (len(one) - 1) / 2, 1)
    most = (first + second) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


def _described(rows: Floats, members: list[int]) -> Found:
    """The members by how near they are to their common direction."""
    own = rows[members]
    centre = own.mean(axis=0)
    alike = own @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    ordered = [members[place] for place in np.argsort(-alike, kind="stable")]
    return Found(ordered, min(max(float(alike.mean()), 0.0), 1.0))
