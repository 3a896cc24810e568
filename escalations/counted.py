"""Filters by which a number leads to exactly its lines: what is counted, team, hour, weekday.

The log knows no numbers; reports puts each into `COUNTED` when the site starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField, F, Func, IntegerField, Q, Value

from escalations.querysets import EscalationQuerySet
from people.models import Program

FURTHER = ("team", "severity", "hour", "weekday", "count")
"""The filters of this module, by their names in an address."""

NO_SEVERITY = "none"
NO_TEAM = "none"
SEVERITIES = ("1", "2", "3", "4", NO_SEVERITY)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ONE_DAY = timedelta(days=1)

Narrow = Callable[[EscalationQuerySet, Program], EscalationQuerySet]


@dataclass(frozen=True)
class Counted:
    """What a number counts: its name, and the lines that it leaves."""

    name: str
    narrow: Narrow


COUNTED: dict[str, Counted] = {}
"""By a number's slug, put here by who defines it."""


def narrowed_further(
    lines: EscalationQuerySet,
    asked: dict[str, Any],
    program: Program,
    days: tuple[date, date] | None,
) -> EscalationQuerySet:
    """The lines that the further filters leave; a weekday is one of the shift days of `days`.

    Whatever is counted, void lines are not.
    """
    if team := asked.get("team"):
        lines = lines.filter(agent__team="" if team == NO_TEAM else team)
    if severity := asked.get("severity"):
        lines = lines.filter(severity=None if severity == NO_SEVERITY else int(severity))
    if asked.get("hour"):
        lines = lines.annotate(clock=_hour(program)).filter(clock=int(asked["hour"]))
    if asked.get("weekday") and days:
        lines = lines.filter(_on(int(asked["weekday"]), program, *days))
    if name := asked.get("count"):
        lines = COUNTED[name].narrow(lines.exclude(status="void"), program)
    return lines


def _hour(program: Program) -> Func:
    """The hour that the program's clocks showed, 0 to 23."""
    local = Func(
        Value(program.time_zone),
        F("occurred_at"),
        function="timezone",
        output_field=DateTimeField(),
    )
    return Func(
        local, template="extract(hour FROM %(expressions)s)::int", output_field=IntegerField()
    )


def _on(weekday: int, program: Program, first: date, last: date) -> Q:
    """Lines of the shift days from `first` to `last` that began on a weekday, 0 being Monday."""
    day = first + (weekday - first.weekday()) % 7 * ONE_DAY
    found = Q(pk__in=[])
    while day <= last:
        start, end = program.shift_bounds(day)
        found |= Q(occurred_at__gte=start, occurred_at__lt=end)
        day += 7 * ONE_DAY
    return found
