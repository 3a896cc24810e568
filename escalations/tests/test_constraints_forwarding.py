"""What the database itself refuses of letters to the client, whoever writes."""

import uuid

import pytest
from django.db import connection, transaction
from django.utils import timezone

from escalations.actions import forwarding
from escalations.models import (
    ClientAnswer,
    ClientContact,
    ForwardedItem,
    Forwarding,
    Reminder,
    ReplyLink,
)
from escalations.tests.factories import EscalationFactory, letter_about
from escalations.tests.test_constraints import refuses, set_on
from people.tests.factories import AgentFactory


@pytest.fixture
def line(mona):
    return EscalationFactory(agent=AgentFactory(program=mona.program), status="unresolved")


@pytest.fixture
def sent(mona, line) -> Forwarding:
    return letter_about([line], mona)[0]


@pytest.fixture
def answer(sent) -> ClientAnswer:
    return ClientAnswer.objects.create(
        item=sent.items.get(), key=uuid.uuid4(), verdict="do_this", text="Waive it.", said_by="C"
    )


def again(row, **other):
    """The same row once more, with something else about it."""
    row.pk, row._state.adding = None, True
    for name, to in other.items():
        setattr(row, name, to)
    with transaction.atomic():
        row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_key_makes_one_contact_of_a_person(sent):
    with refuses("client_contact_key_once"):
        again(ClientContact.objects.get(), email="other@client.example")


def test_an_address_is_on_the_list_once(sent):
    with refuses("client_contact_address_once"):
        again(ClientContact.objects.get(), key=uuid.uuid4(), email="DESK@client.example")
    set_on(ClientContact.objects.get(), removed_at=timezone.now())
    again(ClientContact.objects.get(), key=uuid.uuid4(), removed_at=None)


def test_a_letters_number_is_given_once(sent):
    with refuses("forwarding_number_once"):
        again(Forwarding.objects.get(), key=uuid.uuid4())


def test_a_key_makes_one_letter_of_a_person(sent):
    with refuses("forwarding_key_once"):
        again(Forwarding.objects.get(), number=99)


def test_a_letter_is_in_a_known_state(sent):
    with refuses("forwarding_sent_whole"):
        set_on(sent, state="lost")


@pytest.mark.parametrize(
    "facts", [{"sent_at": None}, {"sent_by": None}, {"due_at": None}, {"message": None}]
)
def test_a_sent_letter_says_when_by_whom_until_when_and_how(sent, facts):
    with refuses("forwarding_sent_whole"):
        set_on(sent, **facts)


def test_a_recalled_letter_says_when(sent):
    with refuses("forwarding_recalled_pair"):
        set_on(sent, state="recalled")


def test_a_line_is_in_a_letter_once(sent):
    with refuses("forwarded_item_once_a_letter"):
        again(ForwardedItem.objects.get(), position=2, is_open=False)


def test_two_items_have_two_places(sent):
    other = EscalationFactory(agent=AgentFactory(program=sent.program))
    with refuses("forwarded_item_position_once"):
        again(ForwardedItem.objects.get(), escalation=other)


def test_a_line_waits_in_one_letter(sent, mona, line):
    draft = forwarding.write(
        [EscalationFactory(agent=line.agent, status="unresolved")], key=uuid.uuid4(), by=mona
    )
    with refuses("forwarded_item_open_once"):
        again(ForwardedItem.objects.get(escalation=line), forwarding=draft, position=2)


def test_a_form_answers_an_item_once(answer):
    with refuses("client_answer_key_once"):
        again(ClientAnswer.objects.get())


def test_an_answer_is_one_of_three(answer):
    with refuses("client_answer_verdict_known"):
        set_on(answer, verdict="maybe")


def test_an_answer_says_what_to_do_or_what_is_needed(answer):
    with refuses("client_answer_do_what"):
        set_on(answer, text="")
    set_on(answer, text="", verdict="not_possible")


def test_a_link_of_a_letter_is_for_replies(sent):
    with refuses("reply_link_for_replies"):
        set_on(ReplyLink.objects.get(), purpose="admin")


def test_a_reminder_of_a_promise_is_sent_once(sent):
    Reminder.objects.create(forwarding=sent, kind="half", due_at=sent.due_at)
    with refuses("reminder_once_a_promise"):
        again(Reminder.objects.get())
