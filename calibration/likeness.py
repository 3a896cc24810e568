"""Which past lines are like a concern."""

from __future__ import annotations

from dataclasses import dataclass

from calibration import wordmatch
from escalations.models import Escalation
from people.models import Membership

ALIKE = 0.15
"""Likeness by words from which a line is shown."""


@dataclass(frozen=True)
class Like:
    """A past line, agent and topic at hand, and how like the concern it is (0 to 1)."""

    line: Escalation
    likeness: float


@dataclass(frozen=True)
class Likes:
    """The lines like a concern, best first, and what found them: "vectors" or "words"."""

    lines: list[Like]
    engine: str


def similar(member: Membership, concern: str, *, but: int | None = None, most: int = 5) -> Likes:
    """The lines of the member's program like the concern, void ones and the line `but` left out."""
    lines = Escalation.objects.visible_to(member).exclude(status="void")
    if but is not None:
        lines = lines.exclude(pk=but)
    found = wordmatch.matches(lines, concern, most=most)
    likeness = {match.pk: match.likeness for match in found if match.likeness >= ALIKE}
    rows = lines.select_related("agent", "topic").in_bulk(list(likeness))
    return Likes([Like(rows[pk], likeness[pk]) for pk in likeness if pk in rows], "words")
