"""Unresolved lines without a topic, those alike together: for the page that forwards them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from calibration.grouping.ready import is_ready
from calibration.grouping.wording import counted, naming, shared, stem, telling, title
from calibration.models import LineVector
from escalations import unresolved
from escalations.unresolved import Waiting
from people.models import Membership

LOOKED_AT = 200
"""Lines that are put together, the first that wait: the page stays as quick with 100,000."""

APART = 0.5
"""How far apart, on average, lines of one pile may be by their vectors."""

ENOUGH_WORDS = 0.5
"""Share of telling words that two concerns have in common, to be alike without vectors."""

ENOUGH_VECTORS = 0.9
"""The share of the lines that must have vectors; while fewer have, their words are compared."""


@dataclass(frozen=True)
class Pile:
    """Lines that are alike, the first to wait first, and the words they share; "" for the rest."""

    name: str
    lines: list[Waiting]


@dataclass(frozen=True)
class Piles:
    """The piles, the first to wait first, the rest last; of how many lines, if not of all."""

    piles: list[Pile]
    looked_at: int
    is_cut: bool
    engine: str


def alike(member: Membership) -> Piles:
    """Put the first unresolved lines without a topic together by likeness; three queries."""
    first = unresolved.waiting(member).filter(topic=None)[: LOOKED_AT + 1]
    found = unresolved.aged(first, member)
    lines = found[:LOOKED_AT]
    groups, engine = _by_vectors([one.line.pk for one in lines]), "vectors"
    if groups is None:
        groups, engine = _by_words([one.line.concern for one in lines]), "words"
    return Piles(_named(_together(groups), lines), len(lines), len(found) > LOOKED_AT, engine)


def _by_vectors(lines: list[int]) -> list[int] | None:
    """The group of each line; None where too few have vectors."""
    if not is_ready() or not lines:
        return None
    packed = dict(LineVector.objects.filter(pk__in=lines).values_list("pk", "packed"))
    if len(packed) < ENOUGH_VECTORS * len(lines):
        return None
    from calibration.grouping.linkage import cut, link
    from calibration.grouping.vectors import FOR_TOPICS, mixed, unpacked

    there = [place for place, pk in enumerate(lines) if pk in packed]
    rows = mixed(unpacked(packed[lines[place]] for place in there), FOR_TOPICS)
    groups = list(range(len(lines)))  # those without a vector stay alone
    for place, group in zip(there, cut(link(1 - rows @ rows.T), len(there), APART), strict=True):
        groups[place] = there[group]
    return groups


def _by_words(texts: list[str]) -> list[int]:
    """The group of each text: that of the former one it has most telling words in common with."""
    said = [frozenset(map(stem, telling(text))) for text in texts]
    group = list(range(len(texts)))
    for place, words in enumerate(said):
        best = max(range(place), key=lambda former: _share(words, said[former]), default=None)
        if best is not None and _share(words, said[best]) >= ENOUGH_WORDS:
            group[place] = group[best]
    return group


def _together(groups: list[int]) -> list[list[int]]:
    """The places of each group of two and more."""
    often = Counter(groups)
    return [
        [place for place, of in enumerate(groups) if of == one]
        for one, times in often.items()
        if times > 1
    ]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _named(places: list[list[int]], lines: list[Waiting]) -> list[Pile]:
    texts = [one.line.concern for one in lines]
    everywhere = counted(texts)
    piles, used = [], set()
    for members in sorted(places):
        said = [texts[place] for place in members]
        words = naming(said, everywhere, len(texts)) or shared(said[0], said[1:])
        name = title(words, said) if words else said[0]
        piles.append(Pile(name, [lines[place] for place in members]))
        used |= {*members}
    rest = [one for place, one in enumerate(lines) if place not in used]
    return [*piles, Pile("", rest)] if rest else piles
