"""The night against its usual: the same hours and the same time of the shift days before."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from escalations.models import Escalation
from people.tests.factories import AgentFactory
from reports.actions.settling import settle
from reports.board.board import read_board
from reports.board.hours import hours_of, same_time, tonight
from reports.board.usual import Usual, usual
from reports.tests.factories import CallVolumeFactory

pytestmark = pytest.mark.django_db

MANILA_DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 13, 42, tzinfo=UTC)
"""9:42 PM in Manila, in a shift that began at six."""


def log(by, *instants, **facts):
    """Lines at these instants, at once."""
    agent = facts.pop("agent", None) or AgentFactory(program=by.program)
    after = Escalation.objects.filter(program=by.program).count()
    Escalation.objects.bulk_create(
        Escalation(
            program=by.program, agent=agent, logged_by=by.user, key=uuid4(), concern="late fee",
            number=after + n, occurred_at=at, **facts,
        )
        for n, at in enumerate(instants, start=1)
    )  # fmt: skip


def at(day, clock, program):
    """An instant of a shift day, `clock` hours and minutes after it began."""
    hours, minutes = clock.split(":")
    start = program.shift_bounds(day)[0]
    return start + timedelta(hours=int(hours), minutes=int(minutes))


def test_tonight_is_compared_with_the_same_time_of_the_nights_before(sam):
    program = sam.program
    for back, times in (
        (1, ["0:10", "3:41", "3:44", "3:45", "9:00"]),
        (2, ["3:59"]),
        (3, ["0:00"]),
    ):
        log(sam, *(at(MANILA_DAY - timedelta(days=back), one, program) for one in times))
    log(sam, at(MANILA_DAY, "0:05", program), at(MANILA_DAY, "3:41", program))
    log(sam, at(MANILA_DAY, "3:00", program), status="void", void_reason="twice")
    board = read_board(program, NOW)
    assert (board.logged, board.days) == (2, 3)
    assert board.by == NOW.replace(minute=45)
    assert board.usually == Usual(middle=1, fewest=0, most=3, days=3)  # 3, 0, 1
    assert board.hours[:4] == (1, 0, 0, 1)
    assert board.usual_hours[3] == Usual(middle=1, fewest=0, most=3, days=3)  # 3, 1, 0
    assert board.place == 3
    assert settle(seconds=30)
    assert read_board(program, NOW) == board, "settled sums say the same"
    late = at(MANILA_DAY - timedelta(days=3), "0:30", program)
    log(sam, late)
    assert read_board(program, NOW).usually.middle == 2, "right to the last commit"


def test_it_looks_back_28_shift_days_and_not_behind_the_first_line(sam):
    first = MANILA_DAY - timedelta(days=28)
    log(sam, at(first, "0:00", sam.program))
    assert read_board(sam.program, NOW).days == 28
    log(sam, at(first - timedelta(days=9), "0:00", sam.program))
    board = read_board(sam.program, NOW)
    assert (board.days, board.usually.most) == (28, 1)


def test_the_first_night_ever_has_nothing_to_compare_with(sam):
    empty = read_board(sam.program, NOW)
    assert (empty.logged, empty.days, empty.usually, empty.last) == (0, 0, None, ())
    log(sam, at(MANILA_DAY, "1:00", sam.program))
    board = read_board(sam.program, NOW)
    assert (board.logged, board.days, board.usually, board.rising) == (1, 0, None, ())
    assert board.tag != empty.tag


def test_of_no_day_nothing_is_usual_and_a_skipped_hour_is_left_out():
    assert usual([]) is None
    assert usual([None, 4, 1]) == Usual(2.5, 1, 4, 2)


@pytest.mark.parametrize("minute", [30, 90])
def test_an_hour_that_comes_twice_is_there_twice_and_compared_with_its_clock(olga, minute):
    """New York, 1 November 2026: two o'clock becomes one."""
    program, day = olga.program, date(2026, 10, 31)
    one_am = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)
    hours = hours_of(program, day)
    assert [hour.label for hour in hours][6:10] == ["12 AM", "1 AM", "1 AM again", "2 AM"]
    log(olga, one_am, one_am + timedelta(minutes=60))
    log(olga, *(at(day - timedelta(days=back), "7:00", program) for back in (1, 2)))
    board = read_board(program, one_am + timedelta(minutes=minute))
    assert sum(board.hours) == board.logged == 2
    assert (board.hours[7], board.hours[8]) == (1, 1)
    assert (board.linked[7], board.linked[8]) == (None, None), "the sheet cannot tell them apart"
    assert board.usual_hours[7] == board.usual_hours[8] == Usual(1, 1, 1, 2)
    after = read_board(program, one_am + timedelta(days=2))
    assert after.usual_hours[7].days == 4
    assert after.usual_hours[7].most == 1, "of a night with two, the first counts"


def test_a_skipped_hour_does_not_count_as_none(olga):
    """New York, 8 March 2026: two o'clock becomes three."""
    program, day = olga.program, date(2026, 3, 7)
    log(olga, at(day - timedelta(days=1), "8:00", program))
    assert "2 AM" not in [hour.label for hour in hours_of(program, day)]
    evening = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
    board = read_board(program, evening)
    two = board.labels.index("2 AM")
    assert (board.usual_hours[two].days, board.days) == (1, 2)


def test_at_the_end_of_a_shift_whole_days_are_compared(harbor):
    night = tonight(harbor, harbor.shift_bounds(MANILA_DAY)[1] - timedelta(seconds=1))
    assert night.by == night.ends
    before = MANILA_DAY - timedelta(days=1)
    assert same_time(night, before) == harbor.shift_bounds(before)[1]
    begun = tonight(harbor, harbor.shift_bounds(MANILA_DAY)[0])
    assert (begun.place, begun.by - begun.starts) == (0, timedelta(minutes=5))


def test_a_rate_is_of_the_hours_that_have_a_volume(sam):
    program = sam.program
    log(sam, *(at(MANILA_DAY, one, program) for one in ("0:10", "0:20", "1:10", "2:10")))
    assert read_board(program, NOW).rate is None
    for clock, calls in (("0:00", 60), ("1:00", 40)):
        CallVolumeFactory(program=program, hour=at(MANILA_DAY, clock, program), calls=calls)
    rate = read_board(program, NOW).rate
    assert (rate.lines, rate.calls, rate.hours, rate.share) == (3, 100, 2, 0.03)
    assert rate.low < rate.share < rate.high
