"""Reminders go to who is on the client's list; the manager hears of those that cannot."""

from datetime import timedelta

import pytest

from escalations.actions import client_contacts, reminding
from escalations.models import ReplyLink
from escalations.tests.factories import EscalationFactory, letter_about
from people.models import Message, Notice
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


def test_who_was_taken_off_the_list_is_not_reminded_and_the_manager_is_told(mona, sam):
    agent = AgentFactory(program=sam.program)
    line = EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved")
    letter, _ = letter_about([line], mona)
    client_contacts.remove(letter.contact, version=letter.contact.version, by=mona)
    assert reminding.remind(letter.due_at + timedelta(days=1)) == 1
    assert Message.objects.filter(kind="letter").count() == ReplyLink.objects.count() == 1
    told = Notice.objects.get(user=mona.user, kind="letter_reminder")
    assert told.sentence.endswith("send it to somebody else.")
    assert reminding.remind(letter.due_at + timedelta(days=2)) == 0
