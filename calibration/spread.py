"""How differently something was resolved: wordings that say the same count as one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from calibration.grouping.wording import folded, stem, telling, words_of

ALIKE = 0.5
"""The share of their words that two wordings have in common when they are one way."""


ENGLISH = ("not", "no", "never", "none", "cannot", "without")
DENYING = frozenset({*ENGLISH, "hindi", "di", "huwag", "wag", "wala", "walang"})
"""Words that turn a resolution into another one; "n't" at the end of a word does, too."""

NOT = "not "
"""Stands among the words of a wording that denies; no word has a space."""


@dataclass(frozen=True)
class Way:
    """One way of resolving: how it is mostly put, how many lines, how many people did it."""

    said: str
    lines: int
    people: int


@dataclass(frozen=True)
class Spread:
    """The ways, the commonest first, and of how many lines."""

    ways: list[Way]
    lines: int

    @property
    def percent(self) -> int:
        """The share of the commonest way, in percent; 0 without lines."""
        return round(100 * self.ways[0].lines / self.lines) if self.lines else 0


@dataclass
class _Group:
    words: frozenset[str]
    wordings: Counter[str] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)


def spread(resolutions: Iterable[tuple[str, int]]) -> Spread:
    """Group (resolution, who) pairs; empty resolutions are left out.

    Wordings are taken from the commonest on; each joins the first group that its words fit.
    """
    said: dict[frozenset[str], _Group] = {}
    for text, who in resolutions:
        if not text.strip():
            continue
        words = _words(text)
        group = said.setdefault(words, _Group(words))
        group.wordings[text.strip()] += 1
        group.people.add(who)
    groups: list[_Group] = []
    for one in sorted(said.values(), key=lambda g: (-g.wordings.total(), sorted(g.words))):
        home = next((g for g in groups if _alike(g.words, one.words)), None)
        if home is None:
            groups.append(one)
        else:
            home.wordings.update(one.wordings)
            home.people |= one.people
    ways = [Way(_mostly(g.wordings), g.wordings.total(), len(g.people)) for g in groups]
    ways.sort(key=lambda way: (-way.lines, way.said))
    return Spread(ways, sum(way.lines for way in ways))


_DENYING_STEMS = frozenset(stem(word) for word in DENYING)


@lru_cache(maxsize=4096)  # the same resolutions are compared at every look
def _words(text: str) -> frozenset[str]:
    """The stems of what a resolution says, amounts left out; all of it when nothing tells."""
    stems = {stem(word) for word in telling(text) if not word.isdecimal()}
    stems -= _DENYING_STEMS
    stems = stems or {folded(text).strip()}
    denies = any(w in DENYING or w.replace("’", "'").endswith("n't") for w in words_of(text))
    return frozenset(stems | {NOT} if denies else stems)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    one_says, other_says = one - {NOT}, other - {NOT}
    if (NOT in one) != (NOT in other):
        return False
    return len(one_says & other_says) >= ALIKE * len(one_says | other_says)


def _mostly(wordings: Counter[str]) -> str:
    return min(wordings, key=lambda text: (-wordings[text], len(text), text))
