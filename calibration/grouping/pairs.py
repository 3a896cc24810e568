"""Groups of texts found by the pairs of words they share: what works without any vectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from calibration.grouping.wording import stem, telling

LEAST, LARGEST = 3, 0.1
"""Texts of a group at least; the share of all texts from which a pair tells nothing."""

MOST_WORDS = 12
"""Telling words of a text that are paired."""


@dataclass(frozen=True)
class Cluster:
    """Places of texts that belong together, the most typical first, and how tight (0 to 1)."""

    members: list[int]
    tightness: float


def clusters(texts: Sequence[str], *, most: int = 40) -> list[Cluster]:
    """Groups of the texts, the largest first: each has two telling words that all of it share."""
    stems = [sorted({stem(word) for word in telling(text)[:MOST_WORDS]}) for text in texts]
    having: dict[tuple[str, str], list[int]] = {}
    for place, here in enumerate(stems):
        for pair in combinations(here, 2):
            having.setdefault(pair, []).append(place)
    limit = max(LEAST, int(len(texts) * LARGEST))
    left = {pair: places for pair, places in having.items() if LEAST <= len(places) <= limit}
    taken: set[int] = set()
    found: list[Cluster] = []
    for pair in sorted(left, key=lambda p: (-len(left[p]), p)):
        members = [place for place in left[pair] if place not in taken]
        if len(members) >= LEAST:
            found.append(_cluster(members, stems))
            taken.update(members)
    return sorted(found, key=lambda group: -len(group.members))[:most]


def _cluster(members: list[int], stems: Sequence[Sequence[str]]) -> Cluster:
    """The members ordered by how much they share with the others."""
    often = Counter(word for place in members for word in stems[place])
    alike = {
        place: sum(often[word] for word in stems[place]) / (len(members) * len(stems[place]))
        for place in members
    }
    ordered = sorted(members, key=lambda place: (-alike[place], place))
    return Cluster(ordered, sum(alike.values()) / len(members))
