"""Every minute of the nights on which the clocks are moved has one shift day and one hour of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from people.shiftday import clock_hour, local_instant, shift_bounds, shift_day, shift_hours

MINUTE, HOUR, ONE_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STARTS = (time(0), time(6), time(18), time(22))
NIGHTS = {
    # The dates on which the clocks go forward and back; Manila's are never moved.
    "Asia/Manila": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 10, 4), date(2026, 4, 5)),  # by half an hour
}
MOVED = {"Asia/Manila": 0, "America/New_York": 60, "Australia/Lord_Howe": 30}
CASES = [
    pytest.param(ZoneInfo(name), night, starts_at, id=f"{name}-{night}-{starts_at:%H}")
    for name, nights in NIGHTS.items()
    for night in nights
    for starts_at in STARTS
]


def minutes_of(night: date, zone: ZoneInfo) -> list[datetime]:
    """Every minute from noon before the night to noon after it: the clocks are moved between."""
    first, last = (local_instant(day, time(12), zone) for day in (night - ONE_DAY, night))
    return [first + at * MINUTE for at in range(int((last - first) / MINUTE))]


@pytest.mark.parametrize(("zone", "night", "starts_at"), CASES)
def test_every_minute_has_one_day_and_one_hour(
    zone: ZoneInfo, night: date, starts_at: time
) -> None:
    days = [night + ahead * ONE_DAY for ahead in (-2, -1, 0, 1)]
    bounds = {day: shift_bounds(day, zone, starts_at) for day in days}
    hours = {day: shift_hours(day, zone, starts_at) for day in days}
    minutes = minutes_of(night, zone)
    of_day: Counter[date] = Counter()
    shown = defaultdict(set)
    of_hour: Counter[tuple[date, datetime]] = Counter()
    for minute in minutes:
        holding = [day for day, (start, end) in bounds.items() if start <= minute < end]
        assert holding == [shift_day(minute, zone, starts_at)]
        (day,) = holding
        began = hours[day][bisect_right(hours[day], minute) - 1]
        assert began == clock_hour(minute, zone)
        local = minute.astimezone(zone)
        of_day[day] += 1
        of_hour[day, began] += 1
        shown[day, began].add((local.date(), local.hour, local.utcoffset()))
    # What the clocks show is one hour in each piece, and no two pieces show the same one.
    assert all(len(said) == 1 for said in shown.values())
    assert len(set().union(*shown.values())) == len(shown)
    assert sum(of_day.values()) == sum(of_hour.values()) == len(minutes)
    for day in of_day:
        assert of_day[day] == sum(n for (of, _), n in of_hour.items() if of == day)


@pytest.mark.parametrize(("zone", "night", "starts_at"), CASES)
def test_the_hours_cover_the_day_without_gap_or_overlap(
    zone: ZoneInfo, night: date, starts_at: time
) -> None:
    for day in (night - ONE_DAY, night):
        start, end = shift_bounds(day, zone, starts_at)
        hours = shift_hours(day, zone, starts_at)
        assert hours[0] == start
        pieces = [*hours, end]
        lengths = [after - before for before, after in pairwise(pieces)]
        assert all(timedelta(0) < length <= HOUR for length in lengths)
        assert sum(lengths, timedelta(0)) == end - start
        assert end == shift_bounds(day + ONE_DAY, zone, starts_at)[0]
        short = [length for length in lengths if length < HOUR]
        assert all(length == 30 * MINUTE for length in short)
        assert len(short) <= 1
        locals_ = [hour.astimezone(zone) for hour in hours]
        eleven = next(at for at, local in enumerate(locals_) if local.hour == 23)
        assert lengths[eleven] == HOUR  # 23:00–24:00 is an hour like the others


@pytest.mark.parametrize("starts_at", STARTS)
@pytest.mark.parametrize("name", NIGHTS)
def test_the_repeated_hour_is_there_twice_and_the_skipped_one_not(
    name: str, starts_at: time
) -> None:
    zone, moved = ZoneInfo(name), MOVED[name] * MINUTE
    forward, back = NIGHTS[name]
    for night, sign in ((forward, -1), (back, 1)):
        day = shift_day(local_instant(night, time(1), zone), zone, starts_at)
        start, end = shift_bounds(day, zone, starts_at)
        assert end - start == ONE_DAY + sign * moved
        shown = Counter(
            (hour + at * MINUTE).astimezone(zone).strftime("%H:%M")
            for hour, after in pairwise([*shift_hours(day, zone, starts_at), end])
            for at in range(int((after - hour) / MINUTE))
        )
        twice = {wall for wall, count in shown.items() if count == 2}
        every = {
            (datetime(2026, 1, 1, tzinfo=UTC) + at * MINUTE).strftime("%H:%M") for at in range(1440)
        }
        missing = every - set(shown)
        assert max(shown.values()) <= 2
        assert len(twice) == (moved // MINUTE if sign > 0 else 0)
        assert len(missing) == (moved // MINUTE if sign < 0 else 0)
        assert {wall[:2] for wall in twice} <= {"01"}
        assert {wall[:2] for wall in missing} <= {"02"}
