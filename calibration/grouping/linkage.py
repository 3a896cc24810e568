"""Average linkage: groups made by joining, again and again, the two that are nearest on average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Joined:
    """Two groups became one: a member of each, and how far apart they were on average."""

    one: int
    other: int
    distance: float


def link(distances: Floats) -> list[Joined]:
    """Join all; `distances` is square and symmetric, and is used up.

    By chains of nearest neighbours (Murtagh, 1983): the same as joining the nearest pair first,
    in the time of the square of their number.
    """
    np.fill_diagonal(distances, np.inf)
    names = np.arange(len(distances))
    size = np.ones(len(distances), np.float32)
    there = np.ones(len(distances), bool)
    joined: list[Joined] = []
    chain: list[int] = []
    for left in range(len(names), 1, -1):
        if left < len(there) / 2:  # what is gone is left out, so that rows get shorter
            places = np.cumsum(there) - 1
            chain = [int(places[place]) for place in chain]
            distances, names, size = distances[np.ix_(there, there)], names[there], size[there]
            there = np.ones(left, bool)
        gone, keeps = _nearest_pair(distances, there, chain)
        joined.append(Joined(int(names[gone]), int(names[keeps]), float(distances[gone, keeps])))
        _merge(distances, size, there, gone, keeps)
    return joined


def _nearest_pair(distances: Floats, there: NDArray[np.bool_], chain: list[int]) -> tuple[int, int]:
    """Go from each to its nearest until two are each other's; they are taken off the chain."""
    if not chain:
        chain.append(int(there.argmax()))
    while True:
        last = chain[-1]
        nearest = int(distances[last].argmin())
        if len(chain) > 1 and distances[last, chain[-2]] <= distances[last, nearest]:
            return chain.pop(), chain.pop()
        chain.append(nearest)


def _merge(
    distances: Floats, size: Floats, there: NDArray[np.bool_], gone: int, keeps: int
) -> None:
    """Let `keeps` stand for both: how far it is from the others is the mean over all members."""
    row = size[gone] * distances[gone] + size[keeps] * distances[keeps]
    size[keeps] += size[gone]
    row /= size[keeps]
    there[gone] = False
    row[gone] = row[keeps] = np.inf
    distances[keeps] = distances[:, keeps] = row
    distances[gone] = distances[:, gone] = np.inf


def cut(joined: list[Joined], count: int, at: float, *, largest: int | None = None) -> list[int]:
    """The group of each of `count`, when none is joined that is further apart than `at`.

    A group of more than `largest` falls into those it was made of, until none is.
    """
    above = _Forest(count)
    for pair in sorted(joined, key=lambda pair: pair.distance):
        if pair.distance > at:
            break
        if largest is None or above.together(pair.one, pair.other) <= largest:
            above.join(pair.one, pair.other)
        else:
            above.close(pair.one, pair.other)
    return [above.root(place) for place in range(count)]


class _Forest:
    """Which group each belongs to, how many it has, and which groups may not grow any more."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))
        self.size = [1] * count
        self.closed = [False] * count

    def root(self, place: int) -> int:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def together(self, one: int, other: int) -> int:
        return self.size[self.root(one)] + self.size[self.root(other)]

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if self.closed[one] or self.closed[other]:
            self.close(one, other)
        else:
            self.parent[one] = other
            self.size[other] += self.size[one]

    def close(self, one: int, other: int) -> None:
        for place in (one, other):
            self.closed[self.root(place)] = True
