"""Did it come back? Counted from instants over whole shift days, the nights of DST included."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from escalations.lookback import look_back
from escalations.models import FeedbackNote, Topic
from escalations.tests.factories import EscalationFactory, FeedbackNoteFactory
from people.tests.factories import AgentFactory

NEW_YORK = ZoneInfo("America/New_York")
CONCERN = "wants the late fee of March waived"


@pytest.fixture
def agent(harbor):
    return AgentFactory(program=harbor)


def note_given(agent, at, **facts) -> FeedbackNote:
    facts = {"concern": CONCERN, "feedback": "given"} | facts
    line = EscalationFactory(agent=agent, occurred_at=at - timedelta(hours=2), **facts)
    return FeedbackNoteFactory(escalation=line, given_at=at)


def again(agent, at, **facts) -> int:
    facts = {"concern": "the late fee of March should be waived"} | facts
    return EscalationFactory(agent=agent, occurred_at=at, **facts).number


def answers(note, now):
    look_back([note], note.program, now=now)
    return note.look_backs


GIVEN = datetime(2026, 4, 20, 22, tzinfo=NEW_YORK)
ENDS_14 = datetime(2026, 5, 5, 18, tzinfo=NEW_YORK)
ENDS_30 = datetime(2026, 5, 21, 18, tzinfo=NEW_YORK)
MINUTE = timedelta(minutes=1)


def test_what_came_back_is_counted_and_its_lines_are_named(agent):
    note = note_given(agent, GIVEN)
    first = again(agent, GIVEN + timedelta(days=3))
    second = again(agent, GIVEN + timedelta(days=20))
    short, long = answers(note, ENDS_30)
    assert (short.said, short.lines) == ("again once", [first])
    assert (long.said, long.lines) == ("again 2 times", [first, second])


def test_what_is_something_else_or_somebody_elses_or_void_or_before_is_not_counted(agent, harbor):
    note = note_given(agent, GIVEN)
    again(agent, GIVEN + timedelta(days=1), concern="no picture on the kids channel")
    again(agent, GIVEN - MINUTE)
    again(agent, GIVEN + MINUTE, status="void", void_reason="twice")
    again(AgentFactory(program=harbor), GIVEN + MINUTE)
    assert [look.said for look in answers(note, ENDS_30)] == ["not again", "not again"]


def test_with_a_topic_the_topic_counts_and_the_words_do_not(agent, harbor, marta):
    facts = {"program": harbor, "created_by": marta.user}
    fees = Topic.objects.create(name="Late fees", slug="late-fees", **facts)
    other = Topic.objects.create(name="Waivers", slug="waivers", **facts)
    note = note_given(agent, GIVEN, topic=fees)
    again(agent, GIVEN + MINUTE, topic=other)
    again(agent, GIVEN + MINUTE)
    number = again(agent, GIVEN + MINUTE, topic=fees, concern="overdue charge")
    assert answers(note, ENDS_14)[0].lines == [number]


def test_too_early_says_when_to_ask_again_and_what_came_so_far(agent):
    note = note_given(agent, GIVEN)
    short, long = answers(note, ENDS_14 - MINUTE)
    assert (short.said, short.is_over) == ("too early to say", False)
    assert [look.ask_on.isoformat() for look in (short, long)] == ["2026-05-05", "2026-05-21"]
    number = again(agent, GIVEN + timedelta(days=2))
    short, long = answers(note, ENDS_14)
    assert (short.said, short.is_over) == ("again once", True)
    assert (long.said, long.lines) == ("again once so far", [number])


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        # The clocks go forward on 8 March: the last shift day ends an hour earlier in UTC.
        ((2026, 3, 1, 22), datetime(2026, 3, 16, 22, tzinfo=UTC)),
        # They go back on 1 November: it ends an hour later.
        ((2026, 10, 20, 22), datetime(2026, 11, 4, 23, tzinfo=UTC)),
        # Given in the night itself, before and after the hour that comes twice.
        ((2026, 11, 1, 0), datetime(2026, 11, 15, 23, tzinfo=UTC)),
        ((2026, 11, 1, 3), datetime(2026, 11, 15, 23, tzinfo=UTC)),
        ((2026, 3, 8, 3), datetime(2026, 3, 22, 22, tzinfo=UTC)),
        # Without a change between, for comparison.
        ((2026, 4, 20, 22), datetime(2026, 5, 5, 22, tzinfo=UTC)),
    ],
)
def test_fourteen_days_are_fourteen_shift_days_over_both_changes_of_the_clocks(agent, given, ends):
    note = note_given(agent, datetime(*given, tzinfo=NEW_YORK))
    inside, outside = again(agent, ends - MINUTE), again(agent, ends)
    short, long = answers(note, ends)
    assert short.is_over
    assert short.lines == [inside]
    assert long.lines == [inside, outside]
    before, _ = answers(note, ends - MINUTE)
    assert not before.is_over
    assert before.ask_on == ends.astimezone(NEW_YORK).date()


def test_thirty_days_over_a_change_of_the_clocks(agent):
    note = note_given(agent, datetime(2026, 10, 20, 22, tzinfo=NEW_YORK))
    ends = datetime(2026, 11, 20, 23, tzinfo=UTC)
    inside = again(agent, ends - MINUTE)
    again(agent, ends)
    assert answers(note, ends)[1].lines == [inside]


def test_the_notes_of_a_page_are_asked_about_at_once(agent, django_assert_num_queries):
    notes = [note_given(agent, GIVEN + timedelta(hours=hour)) for hour in range(12)]
    with django_assert_num_queries(1):
        look_back(notes, notes[0].program, now=ENDS_30)
    look_back([], notes[0].program)
