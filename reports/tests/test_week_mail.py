"""The week's numbers by mail: once, to captain and manager, the same as on the page."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from calibration.models import BestPractice
from escalations.tests.crowd import at_once
from escalations.tests.factories import a_line
from people.actions.delivery import deliver_due
from people.models import Membership, Message, Notice, NotificationChoice
from people.tests.factories import AgentFactory
from reports.actions.telling import tell_week, tell_weeks
from reports.asked import Asked
from reports.kinds import overview
from reports.models import WeekTold
from reports.tests.factories import CallVolumeFactory

MONDAY = date(2026, 10, 26)
"""The week after which tests stand; in New York it has the night on which the clocks go back."""

DAY = timedelta(days=1)


@pytest.fixture
def after(time_machine):
    """Move to some days after the week of MONDAY was over everywhere."""

    def move(days=1, hours=0):
        moment = datetime(2026, 11, 3, 12, tzinfo=UTC) + timedelta(days=days - 1, hours=hours)
        time_machine.move_to(moment)

    move()
    return move


def a_week(by, *, lines=5, monday=MONDAY):
    """Lines of the agent Zenobia through a week of shift days, the last one unresolved."""
    program = by.program
    agent = AgentFactory(program=program, name="Zenobia Quill")
    for n in range(lines):
        start = program.shift_bounds(monday + n % 7 * DAY)[0]
        a_line(
            by,
            agent=agent,
            number=AgentFactory._meta.model.objects.count() * 1000 + n,
            occurred_at=start + timedelta(hours=3),
            status="unresolved" if n == lines - 1 else "resolved",
            feedback="owed" if n % 2 else "none",
        )


def mails():
    return list(Message.objects.filter(kind="week_summary").order_by("pk"))


def test_captain_and_manager_get_the_week_beside_the_week_before(after, sam, cora, mona, smtp):
    a_week(sam, lines=5)
    a_week(sam, lines=3, monday=MONDAY - 7 * DAY)
    start = sam.program.shift_bounds(MONDAY)[0]
    CallVolumeFactory(program=sam.program, hour=start + timedelta(hours=3), calls=50)
    assert tell_weeks() == 1
    assert sorted(mail.to_email for mail in mails()) == sorted([cora.user.email, mona.user.email])
    assert deliver_due("w").sent == 2
    mail = smtp.mails[0]
    assert mail.message["Subject"].startswith("Skyline Cable: the week Mon 26 Oct")
    assert "Logged: 5. The week before: 3." in mail.text
    assert "Escalation rate: 2 % (" in mail.text
    assert "1 of 50 calls handled. The week before: no denominator." in " ".join(mail.text.split())
    assert "Feedback owed: 2. The week before: 1." in mail.text
    assert "/p/skyline/reports/pack/week/?from=2026-10-26" in mail.text
    for body in (mail.text, mail.html):
        assert "Zenobia" not in body
        assert "{{" not in body
    counted = re.findall(r'href="([^"]+count=logged[^"]*)">(\d+)<', mail.html)
    assert [number for _, number in counted] == ["5", "3"]
    assert all(link.startswith("http") and "from=2026-10-" in link for link, _ in counted)


def test_the_figures_are_those_of_the_page_of_that_range(sam, mona, after):
    a_week(sam, lines=6)
    tell_weeks()
    asked = Asked(QueryDict("from=2026-10-26&to=2026-11-01"), mona)
    (mail,) = mails()
    for section in overview.KIND.make(asked):
        for fact in section.facts:
            if fact.slug in ("logged", "open", "unresolved", "feedback-owed"):
                assert f"{fact.name}: {fact.said}" in mail.text


def test_every_link_of_the_mail_opens(after, sam, cora, mona, browse, settings):
    a_week(sam)
    BestPractice.objects.create(
        program=sam.program, number=507, key=uuid.uuid4(), kind="technique",
        title="Listen first", do="Listen.", authority="calibrated", state="in_force",
        published_at=sam.program.shift_bounds(MONDAY)[0] + DAY, written_by=cora.user,
        effective_from=sam.program.shift_bounds(MONDAY)[0] + DAY,
    )  # fmt: skip
    tell_weeks()
    html = mails()[0].html
    assert "Listen first" in html
    for link in set(re.findall(r'href="([^"]+)"', html)):
        path = link.replace("&amp;", "&").removeprefix(settings.SITE_URL)
        assert browse(mona).get(path).status_code == 200, path


def test_a_week_is_told_once_however_often_the_worker_runs(sam, mona, after):
    a_week(sam)
    assert [tell_weeks() for _ in range(3)] == [1, 0, 0]
    after(days=2)
    assert tell_weeks() == 0
    assert (len(mails()), Notice.objects.filter(kind="week_summary").count()) == (1, 1)


def test_it_is_told_when_the_last_shift_day_of_the_week_is_over_and_not_before(
    sam, mona, time_machine
):
    a_week(sam, lines=7)
    end = sam.program.shift_bounds(MONDAY + 6 * DAY)[1]
    time_machine.move_to(end - timedelta(seconds=1))
    tell_weeks()
    assert not WeekTold.objects.filter(program=sam.program, monday=MONDAY).exists()
    time_machine.move_to(end)
    assert tell_weeks() == 1
    assert WeekTold.objects.get(program=sam.program, monday=MONDAY).told == 1


def test_of_weeks_that_no_worker_saw_only_the_last_is_told(sam, mona, after):
    for weeks in range(4):
        a_week(sam, monday=MONDAY - 7 * weeks * DAY)
    assert tell_weeks() == 1
    assert [told.monday for told in WeekTold.objects.filter(told__gt=0)] == [MONDAY]
    after(days=22)
    assert tell_weeks() == 0  # three weeks later there was nothing in either week
    assert len(mails()) == 1


def test_nobody_is_told_of_two_weeks_without_a_line(sam, mona, after):
    assert tell_weeks() == 0
    assert {told.told for told in WeekTold.objects.all()} == {0}
    a_line(sam, occurred_at=sam.program.shift_bounds(MONDAY - 7 * DAY)[0])
    WeekTold.objects.all().delete()
    assert tell_weeks() == 1  # a line in the week before is enough


def test_a_void_line_is_no_line(sam, mona, after):
    a_line(sam, occurred_at=sam.program.shift_bounds(MONDAY)[0], status="void")
    assert tell_weeks() == 0


def test_without_captain_and_manager_the_week_waits_for_one(sam, mona, after):
    a_week(sam)
    Membership.objects.filter(pk=mona.pk).update(roles=["sme"])
    assert tell_week(sam.program) == 0
    Membership.objects.filter(pk=mona.pk).update(roles=["manager"])
    assert tell_week(sam.program) == 1


def test_each_is_told_as_they_chose(after, sam, cora, mona):
    a_week(sam)
    NotificationChoice.objects.create(
        user=cora.user, program=cora.program, kind="week_summary", screen=True, mail=False
    )
    tell_weeks()
    assert [mail.to_email for mail in mails()] == [mona.user.email]
    assert Notice.objects.filter(kind="week_summary", on_screen=True).count() == 2


def test_a_night_on_which_the_clocks_go_back_is_in_its_week_once(harbor, olga, mona, after):
    starts, ends = harbor.shift_bounds(date(2026, 10, 31))
    assert ends - starts == timedelta(hours=25)
    for hour in range(25):
        a_line(olga, number=hour + 1, occurred_at=starts + timedelta(hours=hour))
    a_line(olga, number=26, occurred_at=harbor.shift_bounds(MONDAY + 7 * DAY)[0])
    a_line(olga, number=27, occurred_at=harbor.shift_bounds(MONDAY)[0] - timedelta(minutes=1))
    assert tell_week(harbor) == 1
    assert "Logged: 25. The week before: 1." in mails()[0].text


def test_one_program_that_fails_does_not_keep_the_others_waiting(
    sam, olga, mona, after, monkeypatch
):
    a_week(sam)
    a_week(olga)
    real = tell_week

    def fails(program):
        if program == olga.program:
            raise ValueError
        return real(program)

    monkeypatch.setattr("reports.actions.telling.tell_week", fails)
    assert tell_weeks() == 1
    assert [told.program for told in WeekTold.objects.all()] == [sam.program]


def test_a_week_begins_on_monday_and_is_there_once(sam):
    WeekTold.objects.create(program=sam.program, monday=MONDAY, told=1)
    for monday in (MONDAY, MONDAY + DAY):
        with pytest.raises(IntegrityError), transaction.atomic():
            WeekTold.objects.create(program=sam.program, monday=monday, told=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_tells(sam, mona, after):
    a_week(sam)
    assert sorted(at_once(3, lambda _: tell_week(sam.program))) == [0, 0, 1]
    assert len(mails()) == 1
