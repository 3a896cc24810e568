"""What waits is told once and in one sentence, kept true, taken back; on the nights of DST too."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config import schedule
from conftest import member
from escalations.actions.telling import tell
from escalations.models import Escalation
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory
from people.models import Message, Notice, NotificationChoice
from people.tests.factories import AgentFactory

NEW_YORK = ZoneInfo("America/New_York")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 4, 20, 22, tzinfo=NEW_YORK)  # in the shift that began at 6 PM


@pytest.fixture
def agent(harbor):
    return AgentFactory(program=harbor)


@pytest.fixture
def hank(harbor):
    return member("hank", harbor, "manager")


@pytest.fixture
def owed(agent, olga):
    def make(at, **facts):
        facts = {"feedback": "owed", "logged_by": olga.user} | facts
        return EscalationFactory(agent=agent, occurred_at=at, **facts)

    return make


@pytest.fixture
def promised(agent, olga):
    def make(at, **facts):
        facts = {"callback_at": at, "occurred_at": at - 5 * HOUR, "logged_by": olga.user} | facts
        return EscalationFactory(agent=agent, **facts)

    return make


@pytest.fixture
def unresolved(agent, olga):
    def make(at, **facts):
        facts = {"status": "unresolved", "logged_by": olga.user} | facts
        return EscalationFactory(agent=agent, occurred_at=at, **facts)

    return make


def told(who, kind: str) -> list[str]:
    """What stands in a person's inbox unread, the last first."""
    return [notice.sentence for notice in Notice.objects.of([who]).unread().filter(kind=kind)]


def chooses(who, kind: str, **ways) -> None:
    NotificationChoice.objects.create(user=who.user, program=who.program, kind=kind, **ways)


# Feedback owed


def test_feedback_owed_is_one_sentence_a_shift(olga, owed):
    for days in (1, 2, 2, 4):
        owed(NIGHT - days * DAY)
    assert tell(NIGHT) == 1
    assert told(olga, "feedback_owed") == ["You owe feedback on 3 calls, the oldest of 4 days ago."]
    assert tell(NIGHT + HOUR) == tell(NIGHT + 2 * HOUR) == 0
    notice = Notice.objects.get()
    assert notice.link == f"/p/harbor/feedback/?by={olga.user.username}"


def test_what_is_owed_since_last_shift_is_not_told_yet(olga, owed):
    owed(NIGHT - DAY)
    assert tell(NIGHT) == 0
    assert tell(NIGHT + DAY) == 1
    assert told(olga, "feedback_owed") == ["You owe feedback on a call of 2 days ago."]


def test_feedback_is_told_again_ever_more_seldom(olga, owed):
    owed(NIGHT)
    looked = [0, 1, 2, 3, 6, 7, 9, 15, 16, 27, 28, 29, 39]  # on the 14th day nobody was at work
    assert [day for day in looked if tell(NIGHT + day * DAY)] == [2, 7, 15, 28]
    assert told(olga, "feedback_owed") == ["You owe feedback on a call of 39 days ago."]


def test_given_feedback_takes_the_sentence_back_and_its_mail(olga, owed):
    chooses(olga, "feedback_owed", screen=True, mail=True)
    first, second = owed(NIGHT - 2 * DAY), owed(NIGHT - 3 * DAY)
    tell(NIGHT)
    Escalation.objects.filter(pk=first.pk).update(feedback="given")
    assert tell(NIGHT + HOUR) == 0
    assert told(olga, "feedback_owed") == ["You owe feedback on a call of 3 days ago."]
    Escalation.objects.filter(pk=second.pk).update(feedback="given")
    tell(NIGHT + 2 * HOUR)
    assert told(olga, "feedback_owed") == []
    assert Message.objects.get().state == "cancelled"


def test_what_was_read_stays_read_and_stays_said(olga, owed):
    line = owed(NIGHT - 2 * DAY)
    tell(NIGHT)
    Notice.objects.update(read_at=NIGHT)
    Escalation.objects.filter(pk=line.pk).update(feedback="given")
    tell(NIGHT + HOUR)
    assert Notice.objects.get().on_screen


# Call-backs


def test_a_call_back_is_told_when_it_is_due_and_not_before(olga, promised):
    promised(NIGHT)
    assert tell(NIGHT - timedelta(minutes=1)) == 0
    assert tell(NIGHT) == 1
    assert told(olga, "follow_up_due") == ["A call-back promised for 10:00 PM is due."]


def test_the_next_call_back_of_the_shift_comes_up_in_the_same_notice(olga, promised):
    chooses(olga, "follow_up_due", screen=True, mail=True)
    for hours in range(4):
        promised(NIGHT + hours * HOUR)
    assert [tell(NIGHT + hours * HOUR) for hours in range(4)] == [1, 1, 1, 1]
    words = "4 promised call-backs are due, the first since 10:00 PM."
    assert told(olga, "follow_up_due") == [words]
    assert Notice.objects.get().created_at == NIGHT + 3 * HOUR
    assert Message.objects.count() == 1


def test_a_call_back_nobody_makes_comes_before_the_managers(olga, hank, promised):
    promised(NIGHT)
    tell(NIGHT)
    assert told(hank, "follow_up_due") == []
    tell(NIGHT + timedelta(minutes=30))
    assert told(hank, "follow_up_due") == ["A call-back promised for 10:00 PM is due."]
    line = Escalation.objects.get()
    Escalation.objects.filter(pk=line.pk).update(called_back_at=NIGHT + HOUR)
    tell(NIGHT + HOUR)
    assert told(hank, "follow_up_due") == told(olga, "follow_up_due") == []


def test_the_next_shift_has_its_own_notice_in_place_of_the_unread_one(olga, promised):
    promised(NIGHT)
    tell(NIGHT)
    promised(NIGHT + DAY)
    tell(NIGHT + DAY)
    words = "2 promised call-backs are due, the first since Mon 20 Apr, 10:00 PM."
    assert told(olga, "follow_up_due") == [words]
    assert Notice.objects.filter(user=olga.user).count() == 2


# Promises of the client


def test_managers_hear_of_lines_near_the_promise_at_the_shift_s_beginning(hank, unresolved):
    for days in (20, 27, 28, 31):
        unresolved(NIGHT - days * DAY)
    assert tell(NIGHT) == 1
    words = "3 unresolved lines near the promise of 30 days, 1 of them past it; "
    assert told(hank, "promise_near") == [f"{words}the oldest is 31 days old."]


def test_when_all_are_past_the_promise_it_is_said_so(hank, unresolved):
    for days in (31, 40):
        unresolved(NIGHT - days * DAY)
    tell(NIGHT)
    words = "2 unresolved lines are past the promise of 30 days; the oldest is 40 days old."
    assert told(hank, "promise_near") == [words]


def test_each_line_is_told_near_the_promise_and_past_it(hank, unresolved):
    unresolved(NIGHT)
    looked = [0, 26, 27, 28, 29, 30, 31, 39]
    assert [day for day in looked if tell(NIGHT + day * DAY)] == [27, 30]
    assert told(hank, "promise_near") == [
        "An unresolved line is past the promise of 30 days: it is 39 days old."
    ]


def test_who_owns_a_line_hears_of_it_and_other_managers_do_not(harbor, hank, olga, unresolved):
    mary = member("mary", harbor, "manager")
    unresolved(NIGHT - 28 * DAY, owner=mary.user)
    unresolved(NIGHT - 28 * DAY, owner=olga.user)  # an SME is not told of promises
    tell(NIGHT)
    assert told(hank, "promise_near")[0].startswith("An unresolved line")
    assert told(mary, "promise_near")[0].startswith("2 unresolved lines")
    assert told(olga, "promise_near") == []


# Whom, how, and how often


def test_each_is_told_as_chosen(olga, owed):
    chooses(olga, "feedback_owed", screen=False, mail=True)
    owed(NIGHT - 3 * DAY)
    assert tell(NIGHT) == 1
    assert told(olga, "feedback_owed") == []
    assert Message.objects.get().subject == "You owe feedback on a call of 3 days ago."


def test_nobody_hears_of_another_program_or_without_the_ability(olga, sam, owed, agent):
    owed(NIGHT - 3 * DAY, logged_by=sam.user)  # left Harbor: no member any more
    owed(NIGHT - 3 * DAY, status="void", void_reason="twice")
    assert tell(NIGHT) == 0
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(olga, owed):
    chooses(olga, "feedback_owed", screen=True, mail=True)
    owed(NIGHT - 3 * DAY)
    at_once(2, lambda _: tell(NIGHT))
    assert Notice.objects.get().user == olga.user
    assert Message.objects.count() == 1


def test_the_worker_tells_by_itself():
    import escalations.schedule  # noqa: F401  it enlists

    assert tell in [chore.do for chore in schedule.CHORES]


@pytest.mark.parametrize("night", [datetime(2026, 3, 7), datetime(2026, 10, 31)])
def test_on_the_night_the_clocks_change_each_is_told_once(
    olga, hank, owed, promised, unresolved, night
):
    evening = night.replace(hour=18, tzinfo=NEW_YORK).astimezone(UTC)
    before = evening - timedelta(minutes=1)  # the last minute of the shift before
    owed(before - DAY)
    promised(evening + 8 * HOUR)  # 2 AM, or what the clocks make of it
    unresolved(evening - 26.5 * DAY)
    found = {}
    for quarter in (-1, 0, 1, 28, 31, 32, 33, 34, 36, 91, 92, 95, 96, 99, 100, 101):
        now = evening + quarter * timedelta(minutes=15)
        tell(now)
        for notice in Notice.objects.filter(user__in=[olga.user, hank.user]):
            found.setdefault((notice.user, notice.kind, notice.once), now)
    day = night.date().isoformat()
    assert found == {
        (olga.user, "feedback_owed", day): evening,
        (olga.user, "follow_up_due", day): evening + 8 * HOUR,
        (hank.user, "follow_up_due", day): evening + 8.5 * HOUR,
        (hank.user, "promise_near", day): evening,
    }
