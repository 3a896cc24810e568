"""The made-up nights: believable lines, and at their end the night of the sheet."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from config.demo import floor
from config.demo.nights import TOPICS
from escalations.models import Escalation, Topic, TopicStep
from people.models import Agent, Program
from reports.volumes.calls import calls_by_day

pytestmark = pytest.mark.django_db

SHEET = [
    ("21:15", "Tina / 123456", "waive all the charges on the bill", "irresolvable", "N"),
    ("22:20", "Eric / 456789", "Device Unlock from another carrier", "call the carrier", "N"),
    ("23:00", "John / 234567", "What is California Excise Tax?", "provided info", "Y"),
    ("00:10", "Tanya / 567891", "Don't want to talk to the agent", "assisted as requested", "N"),
    ("00:50", "Sonya / 102456", "Refuse to pay DVR Rental", "Buy his own DVR", "Y"),
    ("01:40", "Cliff / 562314", "Waive Pay per view charges", "Advised valid charges", "N"),
    (
        *("02:30", "Joan / 813456", "Authorization not yet release"),
        *("Expired the authorization manually", "N"),
    ),
    (
        *("03:00", "Trisha / 852963", "Unauthorized changes on the account"),
        *("Filed a case to fraud", "N"),
    ),
]


@pytest.fixture(scope="module")
def whole_floor(django_db_setup, django_db_blocker):
    """Skyline as the demo makes it: once for all of these, and gone again after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert floor.load() > 2000
        yield Program.objects.get(slug="skyline")
        transaction.set_rollback(True)


def test_the_whole_floor_is_believable(whole_floor):
    lines = list(Escalation.objects.filter(program=whole_floor).order_by("number"))
    per_day = Counter(whole_floor.shift_day_of(line.occurred_at) for line in lines)
    last = whole_floor.current_shift() - timedelta(days=1)
    assert sorted(per_day) == [last - timedelta(days=n) for n in range(89, -1, -1)]
    assert per_day.pop(last) == 8
    assert all(15 <= count <= 45 for count in per_day.values())
    assert [line.occurred_at for line in lines] == sorted(line.occurred_at for line in lines)
    alive = [line for line in lines if line.status != "void"]
    share = Counter(line.status for line in alive)["unresolved"] / len(alive)
    assert 0.005 < share < 0.06
    assert 0.1 < sum(line.requires_feedback for line in alive) / len(alive) < 0.3
    assert {line.status for line in lines} == {
        *("resolved", "unresolved", "forwarded", "answered", "void"),
    }
    assert {line.feedback for line in lines} == {
        *("none", "owed", "given", "acknowledged"),
    }
    assert all(line.received_at > line.occurred_at for line in lines)
    assert all(line.received_at < timezone.now() for line in lines)
    assert any(line.severity and line.customer_ref and line.callback_at for line in lines)
    assert {line.logged_by.username for line in lines} == {
        *("sme", "sme2", "sme3", "sme4", "sme5", "captain")
    }
    assert not Escalation.objects.in_shift(whole_floor, whole_floor.current_shift()).exists()
    assert Agent.objects.filter(program=whole_floor).count() == 40
    assert not any("{" in line.concern + line.resolution for line in lines)


def test_the_latest_complete_shift_is_the_night_of_the_sheet(whole_floor):
    last = whole_floor.current_shift() - timedelta(days=1)
    lines = Escalation.objects.in_shift(whole_floor, last).paper_order().select_related("agent")
    zone = whole_floor.zone
    assert [
        (
            f"{line.occurred_at.astimezone(zone):%H:%M}",
            str(line.agent),
            line.concern,
            line.resolution,
            "Y" if line.requires_feedback else "N",
        )
        for line in lines
    ] == SHEET
    assert [line.status for line in lines] == ["unresolved"] + ["resolved"] * 7


def test_a_topic_rises_in_the_last_two_weeks(whole_floor):
    start = whole_floor.shift_bounds(whole_floor.current_shift() - timedelta(days=14))[0]
    about = Escalation.objects.filter(program=whole_floor, concern__icontains="autopay")
    recent = about.filter(occurred_at__gte=start).count() / 14
    before = about.filter(occurred_at__lt=start).count() / 76
    assert recent > 3 * before


def test_later_changes_are_dated_after_the_line_and_before_now(whole_floor):
    past = Escalation.pgh_event_model.objects.select_related("pgh_context", "pgh_obj")
    events = list(past.filter(program=whole_floor))
    assert len(events) > 100
    for event in events:
        assert event.pgh_obj.received_at < event.pgh_created_at < timezone.now()
    assert {event.pgh_context.metadata["action"] for event in events} == {
        *("edited", "feedback given", "feedback acknowledged", "called back"),
        *("forwarded", "answered", "recalled", "closed", "taken"),
    }


def test_every_concern_has_resolutions_that_fit_it():
    for topic in TOPICS:
        for concern, places in topic.concerns:
            assert places, concern
            assert all(int(place) < len(topic.resolutions) for place in places), concern
        used = {int(place) for _, places in topic.concerns for place in places}
        assert used == set(range(len(topic.resolutions))), topic.name


def test_the_captain_has_grouped_most_but_not_what_is_rising(whole_floor):
    lines = Escalation.objects.filter(program=whole_floor).exclude(status="void")
    assert lines.ungrouped().count() < lines.count() / 3
    assert Topic.objects.filter(program=whole_floor).live().count() == len(TOPICS) - 1
    rising = lines.filter(concern__icontains="autopay discount")
    assert rising.count() > 60
    assert not rising.exclude(topic=None).exists()
    last = whole_floor.current_shift() - timedelta(days=1)
    before = Escalation.objects.in_shift(whole_floor, last - timedelta(days=1)).ungrouped()
    assert before.filter(program=whole_floor).count() > 8
    steps = TopicStep.objects.filter(program=whole_floor)
    assert {step.by.username for step in steps.select_related("by")} == {"captain"}
    assert max(step.at for step in steps) < timezone.now()


def test_the_rate_of_the_demo_nights_is_a_few_percent(whole_floor):
    last = whole_floor.current_shift() - timedelta(days=1)
    days = calls_by_day(whole_floor, last - timedelta(days=89), last)
    logged = Escalation.objects.filter(program=whole_floor).exclude(status="void").count()
    assert 0.02 < logged / sum(day.calls for day in days.values()) < 0.06
    assert {day.hours for day in days.values()} == {13, 11, 10}  # a few hours nobody reported
    assert all(5 < (day.average_wait_seconds or 0) < 120 for day in days.values())
