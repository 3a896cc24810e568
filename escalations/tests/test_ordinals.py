"""The # of a line is its place in its shift day's paper order, whatever the clocks do."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalations.models import Escalation
from escalations.ordinals import ordinals
from escalations.tests.factories import EscalationFactory
from people.models import Program
from people.tests.factories import AgentFactory, ProgramFactory, UserFactory

DESKS = [
    ("Asia/Manila", time(18)),
    ("Asia/Kathmandu", time(18)),
    ("Asia/Kolkata", time(6, 30)),
    ("America/New_York", time(1, 30)),
    ("America/New_York", time(18)),
    ("Australia/Lord_Howe", time(1, 45)),
    ("Pacific/Apia", time(0)),
]
NIGHTS = [
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 10, 3, tzinfo=UTC),
    datetime(2011, 12, 29, tzinfo=UTC),
]
"""About these days the clocks of New York, Lord Howe and Apia are moved."""

pytestmark = pytest.mark.django_db


def counted_by_hand(program: Program) -> dict[int, tuple[int, date]]:
    """Each line's number and shift day, by going through all lines."""
    found: dict[int, tuple[int, date]] = {}
    last: dict[date, int] = {}
    for line in Escalation.objects.filter(program=program).order_by("occurred_at", "pk"):
        day = program.shift_day_of(line.occurred_at)
        last[day] = last.get(day, 0) + 1
        found[line.pk] = (last[day], day)
    return found


def write(program: Program, moments: list[datetime]) -> list[Escalation]:
    agent, user = AgentFactory(program=program), UserFactory()
    lines = [
        EscalationFactory.build(
            program=program, agent=agent, logged_by=user, number=n, key=uuid.uuid4(), occurred_at=at
        )
        for n, at in enumerate(moments, start=1)
    ]
    return Escalation.objects.bulk_create(lines)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    desk=st.sampled_from(DESKS),
    night=st.sampled_from(NIGHTS),
    minutes=st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=60),
    asked=st.sets(st.integers(0, 59), min_size=1),
)
def test_any_lines_have_the_numbers_that_counting_by_hand_gives(db, desk, night, minutes, asked):
    zone, starts = desk
    program = ProgramFactory(time_zone=zone, shift_starts_at=starts)
    write(ProgramFactory(time_zone=zone, shift_starts_at=starts), [night] * 3)
    lines = write(program, [night + timedelta(minutes=minute) for minute in minutes])
    by_hand = counted_by_hand(program)
    assert ordinals(lines, program) == by_hand
    some = [line for n, line in enumerate(lines) if n in asked]
    assert ordinals(some, program) == {line.pk: by_hand[line.pk] for line in some}


@pytest.mark.parametrize(("zone", "starts"), DESKS)
@pytest.mark.parametrize("night", NIGHTS)
def test_every_minute_of_a_night_on_which_the_clocks_move_is_counted_once(zone, starts, night):
    program = ProgramFactory(time_zone=zone, shift_starts_at=starts)
    quarter = timedelta(minutes=15)
    lines = write(program, [night - timedelta(days=1) + n * quarter for n in range(3 * 96)])
    assert ordinals(lines, program) == counted_by_hand(program)


def test_lines_of_one_minute_are_numbered_in_the_order_they_came(skyline):
    at = datetime(2026, 11, 20, 13, 15, tzinfo=UTC)
    lines = write(skyline, [at] * 5)
    numbers = ordinals(reversed(lines), skyline)
    assert [numbers[line.pk][0] for line in lines] == [1, 2, 3, 4, 5]


def test_a_page_of_fifty_shifts_is_numbered_by_one_query(skyline, django_assert_num_queries):
    at = datetime(2026, 11, 20, 13, 15, tzinfo=UTC)
    lines = write(skyline, [at - timedelta(days=n // 2) for n in range(100)])
    with django_assert_num_queries(1):
        numbers = ordinals(lines[::2], skyline)
    assert {number for number, _ in numbers.values()} == {1}
    assert len({day for _, day in numbers.values()}) == 50


def test_no_lines_ask_nothing(skyline, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ordinals([], skyline) == {}
