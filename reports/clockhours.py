"""Lines and calls of a range by shift day and by hour on the clock: what rates and peaks are of.

A line belongs to the hour that the program's clocks showed; an hour that comes twice in a night is
one hour on the clock. Calls belong to the shift day in which their hour begins (volumes/calls).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from people.models import Program
from people.shiftday import clock_hour, shift_hour_seconds, shift_hours
from reports.counting.counter import Counter
from reports.volumes.calls import calls_by_second

ONE_DAY = timedelta(days=1)


@dataclass
class Hourly:
    """Lines logged, those of them in hours with a volume, the calls of those hours."""

    logged: int = 0
    with_volume: int = 0
    calls: int = 0
    hours: int = 0
    """Hours that begin here and have a volume."""

    def add(self, other: Hourly) -> None:
        """Take another's in."""
        self.logged += other.logged
        self.with_volume += other.with_volume
        self.calls += other.calls
        self.hours += other.hours


@dataclass
class ClockHours:
    """What was counted by shift day, and by weekday of the shift day (0 Monday) and clock hour.

    `order` are the hours on the clock, 0 to 23, in the order in which a shift passes them.
    """

    order: Sequence[int]
    days: dict[date, Hourly] = field(default_factory=dict)
    cells: dict[tuple[int, int], Hourly] = field(default_factory=dict)

    @property
    def has_volumes(self) -> bool:
        """Whether any hour has a call volume."""
        return any(day.hours for day in self.days.values())

    def by_hour(self) -> dict[int, Hourly]:
        """The same of every hour on the clock, in the order of a shift."""
        found = {hour: Hourly() for hour in self.order}
        for (_, hour), cell in self.cells.items():
            found[hour].add(cell)
        return found

    def of(self, days: Sequence[date]) -> Hourly:
        """The same of some shift days."""
        found = Hourly()
        for day in days:
            found.add(self.days[day])
        return found


def read_hours(counter: Counter) -> ClockHours:
    """Count a population by the hour and put the program's calls, all of them, beside it."""
    population = counter.population
    program, bounds = population.program, population.bounds
    calls = calls_by_second(program, bounds[0][0] - ONE_DAY, bounds[-1][1])
    return placed(program, population.days, counter.by_second(), calls)


def placed(
    program: Program,
    days: Sequence[date],
    logged: Mapping[int, int],
    calls: Mapping[int, int],
) -> ClockHours:
    """Place lines (by the start of their piece of a shift) and calls (by hour) in days, hours.

    Both by seconds since 1970, UTC.
    """
    found = ClockHours(order_of(program.zone, program.shift_starts_at))
    cells: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    zone, starts_at = program.zone, program.shift_starts_at
    for day in days:
        weekday = day.weekday()
        every = with_volume = handled = hours = 0
        for start, hour, clock in pieces(day, zone, starts_at):  # a year has nine thousand of them
            lines, volume = logged.get(start, 0), calls.get(hour)
            if volume is None:
                if lines:
                    cells[weekday, clock][0] += lines
                    every += lines
                continue
            sums = cells[weekday, clock]
            if lines:
                sums[0] += lines
                sums[1] += lines
                every += lines
                with_volume += lines
            if start == hour:
                sums[2] += volume
                sums[3] += 1
                handled += volume
                hours += 1
        found.days[day] = Hourly(every, with_volume, handled, hours)
    found.cells = {place: Hourly(*sums) for place, sums in cells.items()}
    return found


@lru_cache(maxsize=4096)
def pieces(day: date, zone: ZoneInfo, starts_at: time) -> tuple[tuple[int, int, int], ...]:
    """The hours of a shift day: where each begins in it, its clock hour's begin and number.

    Begins are seconds since 1970, UTC. Only the first piece can begin after its clock hour, which
    then began in the day before.
    """
    hours = shift_hours(day, zone, starts_at)
    starts = shift_hour_seconds(day, zone, starts_at)
    began = [int(clock_hour(start, zone).timestamp()) for start in hours[:1]]
    clocks = [start.astimezone(zone).hour for start in hours]
    return tuple(zip(starts, [*began, *starts[1:]], clocks, strict=True))


def hours_in(program: Program, days: Sequence[date]) -> int:
    """How many clock hours begin in some shift days."""
    every = (pieces(day, program.zone, program.shift_starts_at) for day in days)
    return sum(len(day) - (day[0][0] != day[0][1]) for day in every if day)


@lru_cache(maxsize=256)
def order_of(zone: ZoneInfo, starts_at: time) -> tuple[int, ...]:
    """The 24 hours on the clock from the one in which a shift starts."""
    return tuple((starts_at.hour + n) % 24 for n in range(24))


def clock_said(hour: int) -> str:
    """An hour on the clock as people say it: `9 PM`, from then to the full hour after."""
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"
