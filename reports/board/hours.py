"""The clock hours of tonight, and the same hours of a shift day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from people.models import Program
from people.shiftday import instant_in_shift, shift_bounds, shift_hours
from people.templatetags.tala import say_time

STEP = timedelta(minutes=5)
"""Tonight is compared with the days before up to the end of such a step: never with less time."""

Key = tuple[int, int]
"""Days after the shift day's date, and the hour on the clock."""


@dataclass(frozen=True)
class Hour:
    """A clock hour of a shift day, [at, until) in UTC; `again` when it comes a second time."""

    at: datetime
    until: datetime
    key: Key
    again: bool
    label: str


@dataclass(frozen=True)
class Tonight:
    """A shift day under way at `now`: its bounds, its hours, the hour it is in.

    `by` is until when the days before are counted: the end of the present five minutes, or of the
    shift.
    """

    program: Program
    day: date
    now: datetime
    starts: datetime
    ends: datetime
    hours: tuple[Hour, ...]
    place: int
    by: datetime


def tonight(program: Program, now: datetime) -> Tonight:
    """The shift day of an aware instant."""
    day = program.current_shift(now)
    starts, ends = program.shift_bounds(day)
    hours = hours_of(program, day)
    place = max(n for n, hour in enumerate(hours) if hour.at <= now)
    steps = (now - starts) // STEP + 1
    return Tonight(program, day, now, starts, ends, hours, place, min(starts + steps * STEP, ends))


def hours_of(program: Program, day: date) -> tuple[Hour, ...]:
    """The clock hours of a shift day, the first its start."""
    return _hours(day, program.zone, program.shift_starts_at)


@lru_cache(maxsize=1024)
def _hours(day: date, zone: ZoneInfo, starts_at: time) -> tuple[Hour, ...]:
    starts = shift_hours(day, zone, starts_at)
    ends = (*starts[1:], shift_bounds(day, zone, starts_at)[1])
    found: list[Hour] = []
    for at, until in zip(starts, ends, strict=True):
        local = at.astimezone(zone)
        said = say_time(local, zone).replace(":00", "")
        key = (local.date() - day).days, local.hour
        again = bool(local.fold)
        found.append(Hour(at, until, key, again, f"{said} again" if again else said))
    return tuple(found)


def same_time(tonight: Tonight, day: date) -> datetime:
    """The instant of another shift day at which the clocks show what they show at `tonight.by`.

    A time that comes twice there is its first; past the shift's end it is that day's end.
    """
    program = tonight.program
    if tonight.by >= tonight.ends:
        return program.shift_bounds(day)[1]
    wall = tonight.by.astimezone(program.zone).time()
    return instant_in_shift(wall, day, program.zone, program.shift_starts_at)
