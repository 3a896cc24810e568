"""Which new topics hide in the ungrouped lines: by their vectors, else by pairs of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from calibration.grouping import pairs
from calibration.grouping.ready import is_ready
from calibration.grouping.wording import counted, naming, title
from calibration.models import LineVector, VectorSpace
from escalations.models import Escalation
from people.models import Membership

if TYPE_CHECKING:
    from calibration.grouping.discovery import Found

POOL = 5_000
"""Newest ungrouped lines that are looked at."""

ENOUGH = 0.9
"""The share of them that must have vectors; while fewer have, their words are compared."""


@dataclass(frozen=True)
class Group:
    """Lines that may be a topic: a name of their own words, the most typical line, all of them.

    `typical` and `numbers` are the program's running numbers, the most typical lines first;
    `tightness` goes from 0 to 1.
    """

    name: str
    words: list[str]
    typical: int
    numbers: list[int]
    tightness: float


@dataclass(frozen=True)
class Discovery:
    """Proposed groups, the largest first, of how many lines, and whether there were more."""

    groups: list[Group]
    pool: int
    capped: bool
    engine: str


class Cluster(Protocol):
    """Places in the pool that belong together, the most typical first."""

    @property
    def members(self) -> list[int]:
        """The places."""

    @property
    def tightness(self) -> float:
        """From 0 to 1."""


def discover(member: Membership) -> Discovery:
    """Look for new topics in the newest ungrouped lines of the member's program: for seconds."""
    newest = Escalation.objects.visible_to(member).ungrouped().newest_first()
    rows = list(newest.values_list("pk", "number", "concern")[: POOL + 1])
    pool = rows[:POOL]
    by_vectors = _by_vectors(member.program_id, pool)
    if by_vectors is None:
        by_words = pairs.clusters([concern for _, _, concern in pool])
        groups, engine = _named(by_words, pool), "words"
    else:
        groups, engine = _named(by_vectors, pool), "vectors"
    return Discovery(groups, len(pool), len(rows) > POOL, engine)


def _by_vectors(program: int, pool: list[tuple[int, int, str]]) -> list[Found] | None:
    """Groups of places in the pool; None where too few of its lines have vectors."""
    if not is_ready() or not pool:
        return None
    kept = LineVector.objects.filter(pk__in=[pk for pk, _, _ in pool])
    packed = dict(kept.values_list("pk", "packed"))
    if len(packed) < ENOUGH * len(pool):
        return None
    from calibration.grouping import discovery
    from calibration.grouping.vectors import FOR_TOPICS, mixed, unpacked

    places = [place for place, (pk, _, _) in enumerate(pool) if pk in packed]
    rows = mixed(unpacked(packed[pool[place][0]] for place in places), FOR_TOPICS)
    cut = VectorSpace.objects.filter(pk=program).values_list("cut", flat=True).first()
    found = discovery.discover(rows, discovery.CUT if cut is None else cut)
    return [
        discovery.Found([places[place] for place in one.members], one.tightness) for one in found
    ]


def _named(found: Sequence[Cluster], pool: list[tuple[int, int, str]]) -> list[Group]:
    """The groups with names made of their own words; one that has no telling word is left out."""
    texts = [concern for _, _, concern in pool]
    everywhere = counted(texts)
    groups = []
    for one in found:
        said = [texts[place] for place in one.members]
        if words := naming(said, everywhere, len(texts)):
            numbers = [pool[place][1] for place in one.members]
            name = title(words, said)
            groups.append(Group(name, words, numbers[0], numbers, one.tightness))
    return groups
