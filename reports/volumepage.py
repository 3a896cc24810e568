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
from reports.hourly import NONE, Numbers, numbers_of
from reports.models import CallVolume, VolumeRecording
from reports.volumes import DayCalls, calls_by_day
from reports.volumewords import say_duration, say_hour, say_numbers, stamp_of

SHADES = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HourCell:
    """One clock hour: its numbers, how dark it is, and words for it."""

    hour: datetime
    stamp: str
    numbers: Numbers
    shade: int
    said: str
    version: int
    is_over: bool

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
        """The day's average wait."""
        return say_duration(self.sums.average_wait_seconds)

    @property
    def handling(self) -> str:
        """The day's average handling time."""
        return say_duration(self.sums.average_handling_seconds)

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
        """Hours that are over and have no volume."""
        cells = (cell for one in self.days for cells in one.columns for cell in cells)
        return sum(cell.is_over and cell.numbers.calls is None for cell in cells)


def table_of(membership: Membership, first: date, last: date) -> VolumeTable:
    """The hours of the shift days from `first` to `last`, the newest day first."""
    program = membership.program
    start, end = program.shift_bounds(first)[0], program.shift_bounds(last)[1]
    volumes = {
        one.hour: one for one in CallVolume.objects.visible_to(membership).between(start, end)
    }
    # Of all hours, so that one day by itself is as dark as it is among others.
    most = CallVolume.objects.visible_to(membership).aggregate(most=Max("calls"))["most"] or 0
    sums = calls_by_day(program, first, last)
    columns = _columns(program)
    now = timezone.now()
    days = [
        DayRow(day, _cells(program, day, columns, volumes, most, now), sums[day])
        for day in _days(first, last)
    ]
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


def _days(first: date, last: date) -> Iterable[date]:
    return (last - back * ONE_DAY for back in range((last - first).days + 1))


def _columns(program: Program) -> list[int]:
    """The hours of the clock in the order of a shift."""
    starts: time = program.shift_starts_at
    return [(starts.hour + ahead) % 24 for ahead in range(24)]


def _cells(
    program: Program,
    day: date,
    columns: list[int],
    volumes: dict[datetime, CallVolume],
    most: int,
    now: datetime,
) -> list[list[HourCell]]:
    zone = program.zone
    cells: dict[int, list[HourCell]] = {hour: [] for hour in columns}
    for hour in program.shift_hours(day):
        if clock_hour(hour, zone) != hour:
            continue  # the rest of an hour that began in the day before
        volume = volumes.get(hour)
        numbers = numbers_of(volume) if volume else NONE
        calls = numbers.calls or 0
        cells[hour.astimezone(zone).hour].append(
            HourCell(
                hour=hour,
                stamp=stamp_of(hour),
                numbers=numbers,
                shade=ceil(SHADES * calls / most) if most else 0,
                said=f"{say_day(day)}, {say_hour(hour, zone)}: {say_numbers(numbers)}",
                version=volume.version if volume else 0,
                is_over=next_clock_hour(hour, zone) <= now,
            )
        )
    return list(cells.values())
