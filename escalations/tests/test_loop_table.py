"""Every status × every step of the loop, and every letter × every step of it, in two tables.

Editing and voiding by status are in test_transitions.py, feedback and calls in
test_feedback_table.py.
"""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from escalations.actions import forwarding, handing_on, owning, replying
from escalations.actions.reply_links import LinkDead
from escalations.actions.replying import Reply
from escalations.history import DID, story_of
from escalations.models import Escalation, Forwarding, Status
from escalations.tests.factories import EscalationFactory, letter_about
from people.refusals import ActionRefused
from people.tests.factories import AgentFactory, ContactPointFactory

State = Forwarding.State
STEPS = ("taken", "given", "laid back", "handed on", "written of", "closed")
SAME = "unresolved"
LINES = {
    # status:     taken, given, laid back, handed on, written of, closed
    "unresolved": (SAME, SAME, SAME, SAME, SAME, None),
    "forwarded": (None, None, None, "forwarded", None, None),
    "answered": (None, None, None, "answered", "answered", "resolved"),
    "resolved": (None, None, None, "resolved", None, None),
    "void": (None, None, None, None, None, None),
}
LETTER_STEPS = ("change", "send", "send_again", "recall", "extend", "discard", "record", "answer")
LETTERS = {
    # state:   change,  send, again, recall, extend, discard, record, answer
    "draft": ("draft", "sent", None, None, None, "discarded", None, None),
    "sent": (None, None, "sent", "recalled", "sent", None, "answered", "answered"),
    "answered": (None, None, "answered", "recalled", None, None, "answered", "answered"),
    "recalled": (None,) * 8,
    "discarded": (None,) * 8,
}


@pytest.fixture
def agent(sam):
    return AgentFactory(program=sam.program)


def take(step, line, sam, mona) -> None:
    owners = {"taken": mona, "given": sam, "laid back": None}
    if step in owners:
        assert owning.give([line], owners[step], by=mona) == 1
    elif step == "handed on":
        contact = ContactPointFactory(program=sam.program, email="tier2@example.com")
        handing_on.hand_on(line, contact, version=line.version, by=sam)
    elif step == "written of":
        forwarding.write([line], key=uuid.uuid4(), by=mona)
    else:
        replying.close(line, told_customer="We waive it.", version=line.version, by=sam)


@pytest.mark.parametrize("status", Status.values)
def test_each_step_of_the_loop_in_each_status(status, sam, mona, agent):
    for step, end in zip(STEPS, LINES[status], strict=True):
        facts = {"void_reason": "twice"} if status == Status.VOID else {}
        owner = mona.user if step == "laid back" else None
        line = EscalationFactory(
            agent=agent, logged_by=sam.user, status=status, owner=owner, **facts
        )
        if end:
            take(step, line, sam, mona)
        else:
            with pytest.raises(ActionRefused):
                take(step, line, sam, mona)
        line = Escalation.objects.select_related("agent", "program").get(pk=line.pk)
        assert line.status == (end or status), (status, step)
        told = [one.did for one in story_of(line)]
        assert (DID.get(step) in told) == bool(end and step in DID), (status, step)


def a_letter(state, line, mona) -> tuple[Forwarding, str]:
    if state in (State.DRAFT, State.DISCARDED):
        letter, token = letter_about([line], mona, send=False), "none"
        if state == State.DISCARDED:
            letter = forwarding.discard(letter, version=letter.version, by=mona)
        return letter, token
    letter, token = letter_about([line], mona)
    if state == State.ANSWERED:
        letter = step_of("answer", letter, token, mona)
    elif state == State.RECALLED:
        letter = step_of("recall", letter, token, mona)
    return letter, token


def step_of(step, letter, token, mona) -> Forwarding:
    said = {"name": "Dana", "key": uuid.uuid4()}
    replies = [Reply(1, "do_this", "Waive it.")]
    if step == "answer":
        return replying.answer(token, replies, **said)
    if step == "record":
        return replying.record(letter, replies, by=mona, **said)
    more = {
        "change": {"changes": {"subject": "Fees"}, "items": {}},
        "recall": {"reason": "wrong line"},
        "extend": {"until": timezone.now() + timedelta(days=40)},
    }.get(step, {})
    return getattr(forwarding, step)(letter, version=letter.version, by=mona, **more)


@pytest.mark.parametrize("state", State.values)
def test_each_step_of_a_letter_in_each_state(state, sam, mona, agent):
    for step, end in zip(LETTER_STEPS, LETTERS[state], strict=True):
        line = EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved")
        letter, token = a_letter(state, line, mona)
        if end:
            step_of(step, letter, token, mona)
        else:
            with pytest.raises((ActionRefused, LinkDead)):
                step_of(step, letter, token, mona)
        letter.refresh_from_db()
        assert letter.state == (end or state), (state, step)


def test_the_tables_name_every_status_and_every_state():
    assert set(LINES) == set(Status.values)
    assert set(LETTERS) == set(State.values)
