"""The escalation rate of the last seven shift days, over the hours that have a call volume."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from escalations.charts.scale import percent
from escalations.numbers.wilson import wilson
from people.models import Membership
from people.shiftday import clock_hour
from reports.clockhours import placed
from reports.counted import WITH_VOLUME
from reports.counting.counter import Counter, one_moment
from reports.counting.population import Population
from reports.definitions.others import RATE
from reports.start.blocks import place
from reports.volumes.calls import calls_by_second

DAYS = 7


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
    def lines_said(self) -> str:
        """The lines, as people write numbers."""
        return f"{self.lines:,}"

    @property
    def calls_said(self) -> str:
        """The calls, as people write numbers."""
        return f"{self.calls:,}"

    @property
    def rate(self) -> str:
        """`2.4 %`; nothing without a call handled, or with more lines than calls."""
        return percent(round(self.lines / self.calls, 3)) if self.interval else ""

    @property
    def rule(self) -> str:
        """What the rate is."""
        return RATE.hover

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
    population = Population(program, first, last)
    starts, ends = population.bounds[0][0], population.bounds[-1][1]
    with one_moment():
        lines = Counter(population).by_second()
        calls = calls_by_second(program, clock_hour(starts, program.zone), ends)
    summed = placed(program, population.days, lines, calls).of(population.days)
    began = (datetime.fromtimestamp(at, UTC) for at in lines)
    hours = {int(clock_hour(start, program.zone).timestamp()) for start in began}
    asked = {"from": first.isoformat(), "to": last.isoformat(), "count": WITH_VOLUME}
    return Week(
        first,
        last,
        summed.with_volume,
        summed.calls,
        len(hours),
        len(hours - calls.keys()),
        place("log", member, asked),
    )
