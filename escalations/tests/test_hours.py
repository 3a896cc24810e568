"""The hour counters say what the lines say, however the lines came, moved and went."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from escalations import actions
from escalations.hours import drift, rebuild
from escalations.models import Escalation, HourCount
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory
from people.agentwords import match_agent
from people.models import Membership
from people.tests.factories import AgentFactory

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)


def counted(program) -> dict[str, int]:
    """The counters that are not 0, by hour."""
    kept = HourCount.objects.filter(program=program).exclude(lines=0)
    return {f"{one.hour.astimezone(UTC):%d %H}": one.lines for one in kept}


def log(by: Membership, at: datetime) -> Escalation:
    return actions.log(
        actions.NewLine(occurred_at=at, concern="waive all the charges"),
        agent=match_agent("Tina / 123456", by.program),
        key=uuid.uuid4(),
        digest="d",
        by=by,
    )


def several(by: Membership, moments: list[datetime]) -> list[actions.NewLine]:
    tina = AgentFactory(program=by.program)
    return [
        actions.NewLine(occurred_at=at, concern="c", agent=tina, fingerprint=f"{n}")
        for n, at in enumerate(moments)
    ]


def test_a_logged_line_is_counted_in_its_hour_and_its_program_only(sam, olga):
    log(sam, NOON)
    log(sam, NOON + timedelta(minutes=59))
    log(sam, NOON + timedelta(minutes=60))
    log(olga, NOON)
    assert counted(sam.program) == {"20 12": 2, "20 13": 1}
    assert counted(olga.program) == {"20 12": 1}
    assert drift() == []


def test_lines_of_an_import_are_counted_and_the_same_once_more_are_not(mona):
    lines = several(mona, [NOON + timedelta(minutes=n) for n in range(150)])
    assert [actions.log_many(lines, by=mona) for _ in range(2)] == [150, 0]
    assert counted(mona.program) == {"20 12": 60, "20 13": 60, "20 14": 30}


def test_a_line_taken_back_or_undone_is_counted_no_more(mona):
    actions.log_many(several(mona, [NOON, NOON, NOON + timedelta(hours=3)]), by=mona)
    Escalation.objects.earliest("pk").delete()
    assert counted(mona.program) == {"20 12": 1, "20 15": 1}
    Escalation.objects.all().delete()
    assert counted(mona.program) == {}
    assert drift() == []


def test_a_void_line_keeps_being_counted(sam, cora):
    line = log(sam, NOON)
    actions.void(line, reason="twice", version=1, by=cora)
    assert counted(sam.program) == {"20 12": 1}


def test_an_edited_time_moves_the_line_to_its_new_hour(mona):
    line = log(mona, NOON)
    for version, (minutes, hours) in enumerate(
        [(30, {"20 12": 1}), (60, {"20 13": 1}), (-1, {"20 11": 1})], start=1
    ):
        at = NOON + timedelta(minutes=minutes)
        actions.edit(line, {"occurred_at": at}, version=version, by=mona)
        assert counted(mona.program) == hours
    actions.edit(line, {"concern": "other words"}, version=4, by=mona)
    assert counted(mona.program) == {"20 11": 1}


def test_the_hour_that_comes_twice_in_a_night_is_two_hours(olga):
    for minutes in (0, 30, 60, 90, 120):  # from 1 a.m. summer time on
        log(olga, datetime(2026, 11, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes))
    assert counted(olga.program) == {"01 05": 2, "01 06": 2, "01 07": 1}


def test_bulk_changes_and_sql_by_hand_are_counted_too(sam):
    agent = AgentFactory(program=sam.program)
    for n in range(40):
        EscalationFactory(agent=agent, logged_by=sam.user, occurred_at=NOON + timedelta(minutes=n))
    Escalation.objects.update(occurred_at=NOON - timedelta(hours=1))
    assert counted(sam.program) == {"20 11": 40}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE escalations_escalation SET occurred_at = occurred_at + number * interval '1m'"
        )
        assert drift() == []
        cursor.execute("DELETE FROM escalations_escalation WHERE id %% 2 = 0", [])
    assert sum(counted(sam.program).values()) == 20
    assert drift() == []


def test_what_was_rolled_back_was_never_counted(sam):
    log(sam, NOON)
    with transaction.atomic():
        log(sam, NOON)
        transaction.set_rollback(True)
    assert counted(sam.program) == {"20 12": 1}


def test_wrong_counters_are_told_of_and_put_right(sam, capsys):
    log(sam, NOON)
    log(sam, NOON + timedelta(hours=2))
    HourCount.objects.filter(hour=NOON).update(lines=7)
    HourCount.objects.exclude(hour=NOON).delete()
    HourCount.objects.create(program=sam.program, hour=NOON + timedelta(days=1), lines=3)
    with pytest.raises(CommandError, match=r"(?s)3 hours .*skyline 2026-10-20 12:00Z: 1 lines"):
        call_command("hours", "check")
    call_command("hours", "rebuild")
    call_command("hours", "check")
    assert capsys.readouterr().out == "Put right: 3 hours.\nEvery hour is counted right.\n"
    assert counted(sam.program) == {"20 12": 1, "20 14": 1}
    assert rebuild() == 0


def fresh(by: Membership) -> Membership:
    return Membership.objects.of(by.user).get(program=by.program_id)


@pytest.mark.django_db(transaction=True)
def test_sixteen_people_at_once_and_a_rebuild_amid_them_are_counted_right(sam, mona):
    now = timezone.now()
    line = log(mona, now - timedelta(hours=3))
    lines = several(mona, [now - timedelta(minutes=n) for n in range(200)])

    def work(which: int) -> object:
        if which == 0:
            return actions.log_many(lines, by=fresh(mona))
        if which == 1:
            earlier = {"occurred_at": now - timedelta(hours=1)}
            return actions.edit(line, earlier, version=1, by=fresh(mona))
        if which in (2, 3):
            return rebuild()
        return log(fresh(sam), now - timedelta(minutes=which * 20))

    answers = at_once(16, work)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert drift() == []
    assert sum(counted(sam.program).values()) == 1 + 200 + 12
    Escalation.objects.all().delete()
    assert drift() == []
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE escalations_escalation CASCADE")
    assert not HourCount.objects.exists()
