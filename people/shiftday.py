"""The shift day: a program's business day, which starts at a local time and crosses midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
FAST_CLOCK = timedelta(minutes=2)


@lru_cache(maxsize=4096)
def shift_bounds(day: date, zone: ZoneInfo, starts_at: time) -> tuple[datetime, datetime]:
    """Give the UTC instants from which (included) until which (excluded) a shift day lasts.

    A start that the clocks skip becomes the first instant after the gap; one that comes twice
    is the first of the two. Raises ValueError for a day at the very ends of the calendar.
    """
    return (
        local_instant(day, starts_at, zone),
        local_instant(_day_after(day, 1), starts_at, zone),
    )


def shift_day(instant: datetime, zone: ZoneInfo, starts_at: time) -> date:
    """Give the shift day whose bounds hold this aware instant.

    The wall clock alone does not decide it: on the night the clocks go back a start such as
    01:30 comes twice, and the quarter past one between the two already is the new day.
    """
    local = instant.astimezone(zone)
    day = local.date() if local.time() >= starts_at else _day_after(local.date(), -1)
    starts, ends = shift_bounds(day, zone, starts_at)
    if instant < starts:
        return _day_after(day, -1)
    # A zone that jumped over a whole date has an empty shift day: hence a loop, not one step.
    while instant >= ends:
        day = _day_after(day, 1)
        ends = shift_bounds(day, zone, starts_at)[1]
    return day


@lru_cache(maxsize=4096)
def shift_hours(day: date, zone: ZoneInfo, starts_at: time) -> tuple[datetime, ...]:
    """Give the UTC instants at which the clock hours of a shift day begin, the first its start.

    An hour that comes twice is there twice, a skipped one is not; where the clocks are moved within
    an hour, or a shift day starts off the hour, a shorter piece stands by itself. Raises as
    `shift_bounds` does.
    """
    starts, ends = shift_bounds(day, zone, starts_at)
    found = []
    at = starts
    while at < ends:
        found.append(at)
        at = next_clock_hour(at, zone)
    return tuple(found)


@lru_cache(maxsize=4096)
def shift_hour_seconds(day: date, zone: ZoneInfo, starts_at: time) -> tuple[int, ...]:
    """The same in seconds since 1970, UTC: a year's hours are compared much faster so."""
    return tuple(int(start.timestamp()) for start in shift_hours(day, zone, starts_at))


def clock_hour(instant: datetime, zone: ZoneInfo) -> datetime:
    """Give the UTC instant at which the clock hour of an aware instant began in a zone.

    Where the clocks were moved within the hour it is that moment.
    """
    at = instant.astimezone(UTC)
    local = at.astimezone(zone)
    into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    began = at - into
    if began.astimezone(zone).utcoffset() == local.utcoffset():
        return began
    return _first_after_gap(began, at, zone)


def next_clock_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """Give the UTC instant of the next whole hour on the clocks of a zone after an aware instant.

    Where the clocks are moved before it that moment; so it ends what `clock_hour` begins.
    """
    local = at.astimezone(zone)
    then = at + timedelta(minutes=60 - local.minute) - timedelta(seconds=local.second)
    if then.astimezone(zone).utcoffset() == local.utcoffset():
        return then
    return _first_after_gap(at, then, zone)


def instant_in_shift(
    wall: time, day: date, zone: ZoneInfo, starts_at: time, *, fold: int = 0
) -> datetime:
    """Place a wall-clock time in a shift day and give its UTC instant.

    A time that comes twice in the shift is its first occurrence with `fold=0`, its second with
    `fold=1`. A time the clocks skip becomes the first instant after the gap, or the shift's last
    minute when the gap is what ends it. Raises ValueError as `shift_bounds` does.
    """
    starts, ends = shift_bounds(day, zone, starts_at)
    if (offset := _steady_offset(day, zone, starts_at)) is not None:
        on = day if wall >= starts_at else _day_after(day, 1)
        return datetime.combine(on, wall, UTC) - offset
    found = [
        instant for instant in _occurrences(wall, day, zone, days=2) if starts <= instant < ends
    ]
    if found:
        return found[-1] if fold else found[0]
    on = day if wall >= starts_at else _day_after(day, 1)
    return max(starts, min(local_instant(on, wall, zone), ends - MINUTE))


@lru_cache(maxsize=4096)
def _steady_offset(day: date, zone: ZoneInfo, starts_at: time) -> timedelta | None:
    """Give how far a shift day's clocks are ahead of UTC; None on a day on which they are moved."""
    starts, ends = shift_bounds(day, zone, starts_at)
    offsets = {instant.astimezone(zone).utcoffset() for instant in (starts, ends - MINUTE)}
    return offsets.pop() if len(offsets) == 1 and ends - starts == ONE_DAY else None


def latest_instant(wall: time, now: datetime, zone: ZoneInfo) -> datetime:
    """Give the latest UTC instant that is not after `now` and shows this wall-clock time.

    A time later than now is yesterday's, not the future's; but up to two minutes ahead of now
    is taken for a fast clock and becomes the current minute. A time the clocks skipped tonight
    becomes the first instant after the gap.
    """
    wall = wall.replace(second=0, microsecond=0)
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    first = _day_after(minute.astimezone(zone).date(), -2)
    found = [
        instant
        for instant in _occurrences(wall, first, zone, days=4, skipped=True)
        if instant <= minute + FAST_CLOCK
    ]
    return min(max(found), minute)


def next_instant(wall: time, now: datetime, zone: ZoneInfo) -> datetime:
    """Give the earliest UTC instant from the current minute on that shows this wall-clock time."""
    wall = wall.replace(second=0, microsecond=0)
    minute = now.astimezone(UTC).replace(second=0, microsecond=0)
    today = minute.astimezone(zone).date()
    found = _occurrences(wall, today, zone, days=4, skipped=True)
    return min(instant for instant in found if instant >= minute)


def local_instant(day: date, wall: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """Give the UTC instant at which the clocks of a zone show this date and time.

    A time the clocks skip becomes the first instant after the gap; of a time that comes twice
    `fold` chooses (0 the first, 1 the second). Raises ValueError at the ends of the calendar.
    """
    if not 2 <= day.year <= 9997:
        raise ValueError("That date is too far away.")
    local = datetime.combine(day, wall, tzinfo=zone)
    later = local.replace(fold=0).astimezone(UTC)
    earlier = local.replace(fold=1).astimezone(UTC)
    if earlier >= later:  # an ordinary time, or one that comes twice
        return earlier if fold else later
    return _first_after_gap(earlier, later, zone)


def _first_after_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the second at which the clocks of a zone jumped between two UTC instants."""
    offset = after.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(high, UTC)


def _occurrences(
    wall: time, first: date, zone: ZoneInfo, *, days: int, skipped: bool = False
) -> list[datetime]:
    """List the UTC instants at which the clocks show a time, over some dates, in order.

    With `skipped` a time that fell into a gap counts as the first instant after it.
    """
    found = set()
    for ahead in range(days):
        day = _day_after(first, ahead)
        for fold in (0, 1):
            instant = local_instant(day, wall, zone, fold=fold)
            local = instant.astimezone(zone)
            if skipped or (local.date(), local.time()) == (day, wall.replace(fold=0)):
                found.add(instant)
    return sorted(found)


def _day_after(day: date, days: int) -> date:
    """Move a date by whole days; raises ValueError past the ends of the calendar."""
    try:
        return day + days * ONE_DAY
    except OverflowError:
        raise ValueError("That date is too far away.") from None
