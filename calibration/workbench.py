"""The topic workbench as it is looked at: the pile, the topics, what is proposed, what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, TextField, Value, When

from calibration.forms import LinesAsked
from calibration.models import PracticeUse, Proposals
from calibration.stats import Numbers, numbers
from calibration.steps import Told, recounted, steps_of
from escalations.models import Escalation
from escalations.paging import page_of
from escalations.querysets import EscalationQuerySet
from escalations.search import Found, search
from people.models import Membership

STEPS = 6
GROUPS = 8
"""Proposed groups that are shown; the largest."""
LEAST = 3
"""Lines a proposed group still has to have to be shown."""


@dataclass(frozen=True)
class Proposed:
    """A proposed group as it is now: lines that have a topic by now are left out."""

    id: str
    name: str
    words: list[str]
    tightness: int
    lines: int
    typical: int
    concern: str


@dataclass
class Workbench:
    """Everything the page shows, for one member and one query string."""

    asked: LinesAsked
    pile: Found
    numbers: Numbers
    steps: list[Told]
    proposals: Proposals | None
    groups: list[Proposed] = field(default_factory=list)

    @property
    def group(self) -> Proposed | None:
        """The proposed group whose lines alone are shown."""
        return next((one for one in self.groups if one.id == self.asked.said("group")), None)


def read_workbench(asked: LinesAsked, member: Membership) -> Workbench:
    """Ask for all of it; none of its queries is asked per line or per topic."""
    kept = Proposals.objects.filter(program=member.program).first()
    return Workbench(
        asked,
        found_of(pile(asked, member, kept), asked, member),
        numbers(member.program),
        recounted(steps_of(member)[:STEPS], member),
        kept,
        still_proposed(kept, member, asked.said("group")),
    )


def pile(asked: LinesAsked, member: Membership, kept: Proposals | None) -> EscalationQuerySet:
    """The lines without a topic, all of them or those of one proposed group; or the gaps."""
    if asked.is_gaps:
        return gap_lines(member)
    lines = Escalation.objects.visible_to(member).ungrouped()
    if asked.said("group"):
        group = kept.group(asked.said("group")) if kept else None
        lines = lines.filter(number__in=group["numbers"] if group else [])
    return lines


def gap_lines(member: Membership) -> EscalationQuerySet:
    """The lines of which somebody said that nothing is known, while nothing is."""
    gaps = PracticeUse.objects.visible_to(member).gaps().order_by()
    return Escalation.objects.visible_to(member).filter(pk__in=gaps.values("escalation"))


def found_of(lines: EscalationQuerySet, asked: LinesAsked, member: Membership) -> Found:
    """One page of lines, those with the words that were asked for."""
    if asked.words:
        return search(lines, asked.words, member.program, asked.cursor_read, in_one_shift=False)
    return Found(page_of(lines, asked.cursor_read))


def still_proposed(kept: Proposals | None, member: Membership, also: str = "") -> list[Proposed]:
    """The largest groups by their lines that still have no topic; one query.

    The group `also` is among them however small it is.
    """
    shown = (kept.groups if kept else [])[: 2 * GROUPS]
    if kept and also and (one := kept.group(also)) and one not in shown:
        shown = [*shown, one]
    if not shown:
        return []
    known = _concerns(shown, member)
    groups = [_as_it_is(group, known) for group in shown]
    large = [group for group in groups if group.lines >= LEAST]
    large.sort(key=lambda group: -group.lines)
    return large[:GROUPS] + [one for one in groups if one.id == also and one not in large[:GROUPS]]


def _concerns(groups: list[dict[str, Any]], member: Membership) -> dict[int, str]:
    """The lines of groups that have no topic: number → concern, for the first few of each."""
    numbers = [number for group in groups for number in group["numbers"]]
    first = [number for group in groups for number in group["numbers"][:5]]
    said = Case(
        When(number__in=first, then=F("concern")), default=Value(""), output_field=TextField()
    )
    lines = Escalation.objects.visible_to(member).ungrouped().filter(number__in=numbers)
    return dict(lines.values_list("number", said))


def _as_it_is(group: dict[str, Any], known: dict[int, str]) -> Proposed:
    left = [number for number in group["numbers"] if number in known]
    typical = left[0] if left else 0
    return Proposed(
        group["id"],
        group["name"],
        group["words"],
        round(100 * group["tightness"]),
        len(left),
        typical,
        known.get(typical, ""),
    )
