"""The hours of some shift days as a table: days down, the clock's hours across."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil

from django.db.models import Max
from django.utils import timezone

from people.models import Membership, Program
from people.shiftday import clock_hour, next_clock_hour
from people.templatetags.tala import day as say_day
from reports.counting.counter import Counter, one_moment
from reports.counting.population import Population
from reports.models import CallVolume, VolumeRecording
from reports.volumes.calls import DayCalls, calls_by_day
from reports.volumes.hourly import Numbers, numbers_of
from reports.volumes.words import say_duration, say_hour, say_numbers, stamp_of

SHADES = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HourCell:
    """One clock hour: its numbers, how dark it is, words for it, and whether it lacks a volume.

    `is_missing`: the hour is over, and lines of it count in no rate because it has none.
    """

    hour: datetime
    stamp: str
    numbers: Numbers
    shade: int
    said: str
    version: int
    is_over: bool
    is_missing: bool

    @property
    def words(self) -> str:
        """What stands in the cell."""
        return "–" if self.numbers.calls is None else f"{self.numbers.calls:,}"


@dataclass(frozen=True)
class DayRow:
    """One shift day: per column its hours (none, one, or two of the same name), and its sums."""

    day: date
    columns: list[list[HourCell]]
    sums: DayCalls

    @property
    def wait(self) -> str:
        """The day's average wait, to the second."""
        return _to_the_second(self.sums.average_wait_seconds)

    @property
    def handling(self) -> str:
        """The day's average handling time, to the second."""
        return _to_the_second(self.sums.average_handling_seconds)

    def cell(self, hour: datetime) -> HourCell | None:
        """The cell of an hour."""
        return next((c for cells in self.columns for c in cells if c.hour == hour), None)


@dataclass(frozen=True)
class VolumeTable:
    """The table of a range of shift days."""

    first: date
    last: date
    headings: list[str]
    days: list[DayRow] = field(default_factory=list)

    @property
    def calls(self) -> int:
        """The calls of all hours."""
        return sum(one.sums.calls for one in self.days)

    @property
    def hours(self) -> int:
        """Hours with a volume."""
        return sum(one.sums.hours for one in self.days)

    @property
    def missing(self) -> int:
        """Hours in which lines were logged that have no volume."""
        cells = (cell for one in self.days for cells in one.columns for cell in cells)
        return sum(cell.is_missing for cell in cells)


def table_of(membership: Membership, first: date, last: date) -> VolumeTable:
    """The hours of the shift days from `first` to `last`, the newest day first."""
    with one_moment():
        return _table(membership, first, last)


def _table(membership: Membership, first: date, last: date) -> VolumeTable:
    program = membership.program
    start, end = program.shift_bounds(first)[0], program.shift_bounds(last)[1]
    volumes = {
        one.hour: one for one in CallVolume.objects.visible_to(membership).between(start, end)
    }
    # Of all hours, so that one day by itself is as dark as it is among others.
    most = CallVolume.objects.visible_to(membership).aggregate(most=Max("calls"))["most"] or 0
    sums = calls_by_day(program, first, last)
    columns = _columns(program)
    lines = Counter(Population(program, first, last)).by_hour()
    known = _Known(program, volumes, {clock_hour(start, program.zone) for start in lines}, most)
    days = [DayRow(day, _cells(known, day, columns), sums[day]) for day in _days(first, last)]
    headings = [say_hour_of_day(hour) for hour in columns]
    return VolumeTable(first, last, headings, days)


def say_hour_of_day(hour: int) -> str:
    """`6 PM` for 18."""
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"


def recordings_of(membership: Membership, before: int | None, most: int) -> list[VolumeRecording]:
    """The recordings of the program, the newest first; one more than `most` when there are more."""
    found = VolumeRecording.objects.visible_to(membership).newest_first()
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.select_related("recorded_by", "undone_by")[: most + 1])


def _to_the_second(seconds: float | None) -> str:
    return "" if seconds is None else say_duration(round(seconds))


def _days(first: date, last: date) -> Iterable[date]:
    return (last - back * ONE_DAY for back in range((last - first).days + 1))


def _columns(program: Program) -> list[int]:
    """The hours of the clock in the order in which they begin in a shift."""
    starts: time = program.shift_starts_at
    first = starts.hour + bool(starts.minute or starts.second)
    return [(first + ahead) % 24 for ahead in range(24)]


@dataclass(frozen=True)
class _Known:
    """What the cells are made of: volumes by hour, hours with lines, and the most calls."""

    program: Program
    volumes: dict[datetime, CallVolume]
    with_lines: set[datetime]
    most: int
    now: datetime = field(default_factory=timezone.now)


def _cells(known: _Known, day: date, columns: list[int]) -> list[list[HourCell]]:
    zone = known.program.zone
    cells: dict[int, list[HourCell]] = {hour: [] for hour in columns}
    for hour in known.program.shift_hours(day):
        if clock_hour(hour, zone) == hour:  # else the rest of an hour that began the day before
            cells[hour.astimezone(zone).hour].append(_cell(known, day, hour))
    return list(cells.values())


def _cell(known: _Known, day: date, hour: datetime) -> HourCell:
    volume, zone = known.volumes.get(hour), known.program.zone
    numbers = numbers_of(volume)
    is_over = next_clock_hour(hour, zone) <= known.now
    is_missing = is_over and volume is None and hour in known.with_lines
    also = ", and lines were logged" if is_missing else ""
    return HourCell(
        hour=hour,
        stamp=stamp_of(hour),
        numbers=numbers,
        shade=ceil(SHADES * (numbers.calls or 0) / known.most) if known.most else 0,
        said=f"{say_day(day)}, {say_hour(hour, zone)}: {say_numbers(numbers)}{also}",
        version=volume.version if volume else 0,
        is_over=is_over,
        is_missing=is_missing,
    )
