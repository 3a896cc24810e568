"""What was not told, because its mail never went out, is told again."""

from datetime import datetime, timedelta

import pytest

from escalations.actions import telling
from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory, letter_about
from people.actions import delivery
from people.actions.messages import send_again
from people.models import Message, Notice, NotificationChoice
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def agent(sam):
    return AgentFactory(program=sam.program)


def test_a_mail_that_fails_a_second_time_is_told_a_second_time(mona, sam, agent):
    line = EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved")
    letter_about([line], mona)
    for times in (1, 2):
        mail = delivery.claim("postman")
        delivery.mark_trouble(mail, delivery.Trouble("550 nobody here", is_final=True))
        assert Notice.objects.filter(user=mona.user, kind="mail_failed").count() == times
        mail.refresh_from_db()
        send_again(mail, by=mona)


def test_a_mail_taken_back_before_it_went_out_is_not_the_shift_s_only_one(sam, agent):
    NotificationChoice.objects.create(
        user=sam.user, program=sam.program, kind="follow_up_due", screen=False, mail=True
    )
    night = datetime.combine(datetime(2026, 4, 20), sam.program.shift_starts_at, sam.program.zone)
    calls = [
        EscalationFactory(
            agent=agent, logged_by=sam.user, occurred_at=night, callback_at=night + hours * HOUR
        )
        for hours in (1, 3)
    ]
    telling.tell(night + HOUR)
    Escalation.objects.filter(pk=calls[0].pk).update(called_back_at=night + HOUR)
    telling.tell(night + 2 * HOUR)
    assert [mail.state for mail in Message.objects.all()] == ["cancelled"]
    telling.tell(night + 3 * HOUR)
    telling.tell(night + 4 * HOUR)
    assert sorted(mail.state for mail in Message.objects.all()) == ["cancelled", "queued"]
