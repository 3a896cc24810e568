"""Calls handled, as every rate asks for them: by hour, by shift day, and the lines between."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.models import Program
from people.tests.factories import AgentFactory
from reports.tests.factories import CallVolumeFactory
from reports.volumes.calls import calls_by_day, calls_by_hour, hours_of_day, with_volume

DAY = date(2026, 11, 20)
HOUR = timedelta(hours=1)


def test_hours_without_a_volume_are_not_there(skyline: Program, harbor: Program) -> None:
    start, end = skyline.shift_bounds(DAY)
    CallVolumeFactory(program=skyline, hour=start, calls=41)
    CallVolumeFactory(program=skyline, hour=start + 2 * HOUR, calls=0)
    CallVolumeFactory(program=skyline, hour=end, calls=9)
    CallVolumeFactory(program=harbor, hour=start + HOUR, calls=500)
    assert calls_by_hour(skyline, start, end) == {start: 41, start + 2 * HOUR: 0}


def test_a_day_says_how_many_of_its_hours_it_knows(skyline: Program) -> None:
    start, end = skyline.shift_bounds(DAY)
    CallVolumeFactory(program=skyline, hour=start, calls=30, average_wait_seconds=10)
    CallVolumeFactory(program=skyline, hour=start + HOUR, calls=10, average_wait_seconds=50)
    CallVolumeFactory(program=skyline, hour=end - HOUR, calls=60, average_handling_seconds=300)
    CallVolumeFactory(program=skyline, hour=end, calls=7)
    days = calls_by_day(skyline, DAY - timedelta(days=1), DAY + timedelta(days=1))
    assert [day.calls for day in days.values()] == [0, 100, 7]
    assert [day.hours for day in days.values()] == [0, 3, 1]
    assert {day.hours_of_day for day in days.values()} == {24}
    of_day = days[DAY]
    assert of_day.average_wait_seconds == pytest.approx((30 * 10 + 10 * 50) / 40)
    assert of_day.average_handling_seconds == 300
    assert days[DAY + timedelta(days=1)].average_wait_seconds is None
    assert not of_day.is_whole


def test_hours_that_had_no_call_weigh_nothing(skyline: Program) -> None:
    start, _ = skyline.shift_bounds(DAY)
    CallVolumeFactory(program=skyline, hour=start, calls=0, average_wait_seconds=0)
    assert calls_by_day(skyline, DAY, DAY)[DAY].average_wait_seconds is None


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 7), 23), (date(2026, 10, 31), 25), (DAY, 24)]
)
def test_the_nights_of_the_clocks_have_their_own_number_of_hours(
    harbor: Program, day: date, hours: int
) -> None:
    assert hours_of_day(harbor, day) == hours


def test_an_hour_belongs_to_the_day_in_which_it_begins(harbor: Program) -> None:
    harbor.shift_starts_at = time(18, 30)
    assert hours_of_day(harbor, DAY) == 24
    start, _ = harbor.shift_bounds(DAY)
    CallVolumeFactory(program=harbor, hour=start - HOUR / 2, calls=5)
    days = calls_by_day(harbor, DAY - timedelta(days=1), DAY)
    assert [day.calls for day in days.values()] == [5, 0]


def test_only_lines_of_hours_with_a_volume_count(skyline: Program, harbor: Program) -> None:
    start, _ = skyline.shift_bounds(DAY)
    agent = AgentFactory(program=skyline)
    CallVolumeFactory(program=skyline, hour=start + HOUR, calls=20)
    CallVolumeFactory(program=harbor, hour=start, calls=20)
    minutes = [59, 60, 119, 120]
    for minute in minutes:
        EscalationFactory(agent=agent, occurred_at=start + timedelta(minutes=minute))
    found = with_volume(Escalation.objects.filter(program=skyline), skyline)
    at = [int((line.occurred_at - start).total_seconds()) // 60 for line in found.paper_order()]
    assert at == [60, 119]


def test_a_piece_of_half_an_hour_ends_where_the_clocks_were_moved(skyline: Program) -> None:
    """On Lord Howe the clocks go back by half an hour: 1:30 comes twice, as a piece by itself."""
    skyline.time_zone, skyline.shift_starts_at = "Australia/Lord_Howe", time(0)
    moved = datetime(2026, 4, 4, 15, 0, tzinfo=UTC)
    assert moved in skyline.shift_hours(date(2026, 4, 5))
    CallVolumeFactory(program=skyline, hour=moved, ends_at=moved + timedelta(minutes=30), calls=3)
    agent = AgentFactory(program=skyline)
    for minute in (-1, 0, 29, 30):
        EscalationFactory(agent=agent, occurred_at=moved + timedelta(minutes=minute))
    assert with_volume(Escalation.objects.all(), skyline).count() == 2
