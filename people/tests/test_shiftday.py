"""The shift day holds every minute exactly once, on the two nights the clocks change too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.shiftday import (
    instant_in_shift,
    latest_instant,
    local_instant,
    next_instant,
    shift_bounds,
    shift_day,
)

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
MANILA = ZoneInfo("Asia/Manila")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # moves its clocks by half an hour
APIA = ZoneInfo("Pacific/Apia")  # had no 30 December 2011 at all
MINUTE = timedelta(minutes=1)

STARTS = [time(0), time(1, 30), time(2, 30), time(6), time(18), time(22)]
CLOCK_NIGHTS = [
    (NEW_YORK, date(2026, 3, 8)),
    (NEW_YORK, date(2026, 11, 1)),
    (BERLIN, date(2026, 3, 29)),
    (BERLIN, date(2026, 10, 25)),
    (LORD_HOWE, date(2026, 4, 5)),
    (LORD_HOWE, date(2026, 10, 4)),
    (MANILA, date(2026, 11, 20)),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def minutes_around(zone: ZoneInfo, night: date, *, step: int = 1) -> list[datetime]:
    """The minutes of a date and of the evening before it, in UTC."""
    first = local_instant(night - timedelta(days=1), time(17), zone)
    return [first + MINUTE * number for number in range(0, 32 * 60, step)]


@pytest.mark.parametrize("starts_at", STARTS)
@pytest.mark.parametrize(("zone", "night"), CLOCK_NIGHTS)
def test_every_minute_of_the_night_is_within_the_bounds_of_its_shift_day(zone, night, starts_at):
    bounds = {}
    for instant in minutes_around(zone, night):
        day = shift_day(instant, zone, starts_at)
        starts, ends = bounds.setdefault(day, shift_bounds(day, zone, starts_at))
        assert starts <= instant < ends
    for day, (_, ends) in bounds.items():
        assert ends == shift_bounds(day + timedelta(days=1), zone, starts_at)[0]


@pytest.mark.parametrize("starts_at", STARTS)
@pytest.mark.parametrize(("zone", "night"), CLOCK_NIGHTS)
def test_a_wall_time_read_off_a_minute_leads_back_to_it(zone, night, starts_at):
    for instant in minutes_around(zone, night, step=7):
        wall, day = instant.astimezone(zone).time(), shift_day(instant, zone, starts_at)
        first = instant_in_shift(wall, day, zone, starts_at)
        second = instant_in_shift(wall, day, zone, starts_at, fold=1)
        assert instant in (first, second)
        assert first <= second <= first + timedelta(days=1)


@pytest.mark.parametrize(("zone", "night"), CLOCK_NIGHTS)
def test_a_typed_time_is_the_last_one_on_the_wall_clock(zone, night):
    for now in minutes_around(zone, night, step=3):
        for back in (0, 1, 59, 60, 61, 119, 24 * 60 - 70):
            wall = (now - MINUTE * back).astimezone(zone).time()
            found = latest_instant(wall, now, zone)
            assert now - MINUTE * back <= found <= now
            # In the repeated hour a time of an hour ago may also be a clock one minute fast.
            assert found.astimezone(zone).time() == wall.replace(fold=0) or found == now


@pytest.mark.parametrize(
    ("zone", "day", "starts_at", "hours"),
    [
        (NEW_YORK, date(2026, 3, 7), time(18), 23),
        (NEW_YORK, date(2026, 10, 31), time(18), 25),
        (NEW_YORK, date(2026, 3, 8), time(18), 24),
        (BERLIN, date(2026, 10, 25), time(0), 25),
        (LORD_HOWE, date(2026, 10, 4), time(0), 23.5),
        (NEW_YORK, date(2026, 11, 1), time(1, 30), 25),
        (NEW_YORK, date(2026, 3, 8), time(2, 30), 23.5),
    ],
)
def test_a_shift_lasts_as_long_as_the_clocks_let_it(zone, day, starts_at, hours):
    starts, ends = shift_bounds(day, zone, starts_at)
    assert ends - starts == timedelta(hours=hours)


def test_a_start_the_clocks_skip_is_the_first_instant_after_the_gap():
    assert local_instant(date(2026, 3, 8), time(2, 30), NEW_YORK) == at("2026-03-08T07:00")
    assert shift_bounds(date(2026, 3, 8), NEW_YORK, time(2))[0] == at("2026-03-08T07:00")


def test_a_start_that_comes_twice_is_the_first_of_the_two():
    assert shift_bounds(date(2026, 11, 1), NEW_YORK, time(1, 30))[0] == at("2026-11-01T05:30")
    assert shift_day(at("2026-11-01T06:10"), NEW_YORK, time(1, 30)) == date(2026, 11, 1)
    assert shift_day(at("2026-11-01T05:29"), NEW_YORK, time(1, 30)) == date(2026, 10, 31)


def test_a_date_that_never_was_is_an_empty_shift():
    starts, ends = shift_bounds(date(2011, 12, 30), APIA, time(0))
    assert starts == ends
    assert shift_day(starts, APIA, time(0)) == date(2011, 12, 31)
    assert shift_day(starts - MINUTE, APIA, time(0)) == date(2011, 12, 29)
    assert shift_day(starts - MINUTE, APIA, time(6)) == date(2011, 12, 29)
    assert shift_day(starts + timedelta(hours=6), APIA, time(6)) == date(2011, 12, 31)
    # A day whose hours before 06:00 are all that is left of it.
    assert shift_day(starts + timedelta(hours=3), APIA, time(6)) == date(2011, 12, 30)


def test_the_night_of_the_sheet_belongs_to_the_day_it_began_on():
    evening = instant_in_shift(time(21, 15), date(2026, 11, 20), MANILA, time(18))
    morning = instant_in_shift(time(3, 0), date(2026, 11, 20), MANILA, time(18))
    assert evening == at("2026-11-20T13:15")
    assert morning == at("2026-11-20T19:00")
    assert shift_day(morning, MANILA, time(18)) == date(2026, 11, 20)
    assert morning.astimezone(MANILA).date() == date(2026, 11, 21)


def test_the_repeated_hour_can_be_told_apart():
    day = date(2026, 10, 31)
    assert instant_in_shift(time(1, 15), day, NEW_YORK, time(18)) == at("2026-11-01T05:15")
    assert instant_in_shift(time(1, 15), day, NEW_YORK, time(18), fold=1) == at("2026-11-01T06:15")
    assert instant_in_shift(time(3), day, NEW_YORK, time(18), fold=1) == at("2026-11-01T08:00")


def test_a_time_the_clocks_skip_stays_in_the_shift():
    in_gap = time(2, 20)
    before, after = date(2026, 3, 7), date(2026, 3, 8)
    assert instant_in_shift(in_gap, before, NEW_YORK, time(18)) == at("2026-03-08T07:00")
    assert instant_in_shift(in_gap, before, NEW_YORK, time(2, 30)) == at("2026-03-08T06:59")
    assert instant_in_shift(time(2, 40), after, NEW_YORK, time(2, 30)) == at("2026-03-08T07:00")


@pytest.mark.parametrize(
    ("wall", "now", "expected"),
    [
        (time(21, 15), "2026-11-20T13:20:31", "2026-11-20T13:15"),
        (time(21, 20), "2026-11-20T13:20:31", "2026-11-20T13:20"),
        (time(21, 22), "2026-11-20T13:20:59", "2026-11-20T13:20"),
        (time(21, 23), "2026-11-20T13:20:59", "2026-11-19T13:23"),
        (time(23, 59), "2026-11-20T16:05", "2026-11-20T15:59"),
        (time(0, 1), "2026-11-20T15:59:30", "2026-11-20T15:59"),
    ],
)
def test_sme_types_a_time_and_it_is_never_in_the_future(wall, now, expected):
    assert latest_instant(wall, at(now), MANILA) == at(expected)


def test_sme_types_a_time_on_the_nights_the_clocks_change():
    # 1:30 comes twice: until it comes again it is the first, then the second.
    assert latest_instant(time(1, 30), at("2026-11-01T06:10"), NEW_YORK) == at("2026-11-01T05:30")
    assert latest_instant(time(1, 30), at("2026-11-01T06:40"), NEW_YORK) == at("2026-11-01T06:30")
    # Nobody's clock showed 2:30; it was meant tonight, not a day ago.
    assert latest_instant(time(2, 30), at("2026-03-08T07:10"), NEW_YORK) == at("2026-03-08T07:00")
    assert latest_instant(time(2, 30), at("2026-03-08T06:10"), NEW_YORK) == at("2026-03-07T07:30")


def test_a_call_back_time_is_the_next_one():
    now = at("2026-11-20T13:20:31")
    assert next_instant(time(21, 20), now, MANILA) == at("2026-11-20T13:20")
    assert next_instant(time(21, 19), now, MANILA) == at("2026-11-21T13:19")
    assert next_instant(time(1, 30), at("2026-11-01T05:40"), NEW_YORK) == at("2026-11-01T06:30")
    assert next_instant(time(2, 30), at("2026-03-08T06:40"), NEW_YORK) == at("2026-03-08T07:00")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_day_at_the_end_of_the_calendar_is_refused_in_words(day):
    with pytest.raises(ValueError, match="too far away"):
        shift_bounds(day, MANILA, time(18))
    with pytest.raises(ValueError, match="too far away"):
        instant_in_shift(time(1), day, MANILA, time(18))


zones = st.sampled_from([NEW_YORK, BERLIN, MANILA, LORD_HOWE, APIA, ZoneInfo("Africa/Casablanca")])
walls = st.times().map(lambda wall: wall.replace(second=0, microsecond=0, fold=0))
instants = st.integers(10_500_000, 35_000_000).map(  # minutes: from 1989 to 2036
    lambda minutes: datetime.fromtimestamp(60 * minutes, UTC)
)


@given(instants, zones, walls)
def test_any_instant_is_within_its_shift_day(instant, zone, starts_at):
    starts, ends = shift_bounds(shift_day(instant, zone, starts_at), zone, starts_at)
    assert starts <= instant < ends


@given(instants, zones, walls, walls)
def test_any_wall_time_is_placed_within_the_shift_day(instant, zone, starts_at, wall):
    day = shift_day(instant, zone, starts_at)
    starts, ends = shift_bounds(day, zone, starts_at)
    assert starts <= instant_in_shift(wall, day, zone, starts_at) < ends


@given(instants, zones, walls)
def test_any_typed_time_is_within_the_last_day_and_any_call_back_within_the_next(
    instant, zone, wall
):
    assert instant - timedelta(hours=25) <= latest_instant(wall, instant, zone) <= instant
    assert instant <= next_instant(wall, instant, zone) <= instant + timedelta(hours=48)
