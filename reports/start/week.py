"""The escalation rate of the last seven shift days, over the hours that have a call volume."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escalations.charts.scale import percent
from escalations.numbers.wilson import wilson
from people.models import Membership, Program
from people.shiftday import clock_hour
from reports.counted import WITH_VOLUME
from reports.counting.counter import Counter, one_moment
from reports.counting.population import Population
from reports.start.blocks import place
from reports.volumes import calls_by_hour

DAYS = 7
RULE = (
    "Escalations ÷ calls handled, with Wilson’s 95 % interval: the last 7 shift days, the current"
    " one included, in hours with a call volume. An hour without one is no denominator."
)


@dataclass(frozen=True)
class Week:
    """Lines and calls handled in the hours with a volume, and the hours with lines but without.

    `url` leads to those lines.
    """

    first: date
    last: date
    lines: int
    calls: int
    hours: int
    missing: int
    url: str

    @property
    def rate(self) -> str:
        """`2.4 %`, or nothing without a call handled."""
        return percent(round(self.lines / self.calls, 3)) if self.calls else ""

    @property
    def rule(self) -> str:
        """What the rate is."""
        return RULE

    @property
    def interval(self) -> str:
        """`2.1 % to 2.8 %`; nothing where there is no share."""
        bounds = wilson(self.lines, self.calls)
        return " to ".join(percent(round(one, 3)) for one in bounds) if bounds else ""


def this_week(member: Membership) -> Week:
    """The week of the member's program; some five queries, of sums where days are settled."""
    program = member.program
    last = program.current_shift()
    first = last - timedelta(days=DAYS - 1)
    with one_moment():
        lines, calls = _by_hour(program, first, last)
    counted = {hour for hour in lines if hour in calls}
    days = {"from": first.isoformat(), "to": last.isoformat()}
    return Week(
        first,
        last,
        sum(lines[hour] for hour in counted),
        sum(calls.values()),
        len(lines),
        len(lines) - len(counted),
        place("log", member, {**days, "count": WITH_VOLUME}),
    )


def _by_hour(
    program: Program, first: date, last: date
) -> tuple[dict[datetime, int], dict[datetime, int]]:
    """Lines and calls handled by the UTC start of the clock hour they fall into."""
    starts, ends = program.shift_bounds(first)[0], program.shift_bounds(last)[1]
    lines: dict[datetime, int] = {}
    for start, count in Counter(Population(program, first, last)).by_hour().items():
        hour = clock_hour(start, program.zone)  # two pieces of a shift may be of one hour
        lines[hour] = lines.get(hour, 0) + count
    return lines, calls_by_hour(program, clock_hour(starts, program.zone), ends)
