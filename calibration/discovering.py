"""Which new topics hide in the ungrouped lines."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.grouping.pairs import clusters
from calibration.grouping.wording import counted, naming, title
from escalations.models import Escalation
from people.models import Membership

POOL = 5_000
"""Newest ungrouped lines that are looked at."""


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


def discover(member: Membership) -> Discovery:
    """Look for new topics in the newest ungrouped lines of the member's program."""
    newest = Escalation.objects.visible_to(member).ungrouped().newest_first()
    rows = list(newest.values_list("number", "concern")[: POOL + 1])
    pool = rows[:POOL]
    numbers, texts = [row[0] for row in pool], [row[1] for row in pool]
    everywhere = counted(texts)
    groups = []
    for found in clusters(texts):
        said = [texts[place] for place in found.members]
        words = naming(said, everywhere, len(texts))
        if words:
            here = [numbers[place] for place in found.members]
            groups.append(Group(title(words, said), words, here[0], here, found.tightness))
    return Discovery(groups, len(pool), len(rows) > POOL, "words")
