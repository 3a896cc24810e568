"""Every status × every step of feedback and follow-ups, through the actions, in two tables."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.actions import feedback, follow_ups
from escalations.models import Feedback, FeedbackNote, FollowUp, Status
from escalations.tests.factories import (
    FeedbackNoteFactory,
    FollowUpFactory,
    a_line,
)
from people.models import Agent
from people.refusals import ActionRefused

REFUSED = (ActionRefused, PermissionDenied)

FEEDBACK = {
    # from:         give,   in person, acknowledge,    waive,  take back
    "none": ("given", "given", None, None, None),
    "owed": ("given", "given", None, "none", None),
    "given": (None, None, "acknowledged", None, "owed"),
    "acknowledged": (None, None, None, None, None),
}
STEPS = ("give", "give_in_person", "acknowledge", "waive", "take_back")

CALLS = {
    # from:  done,   again,  take back
    "none": (None, None, None),
    "due": ("kept", "due", None),
    "kept": (None, None, "due"),
}
CALL_STEPS = ("do", "again", "take_back")


def a_note(line, abe) -> FeedbackNote:
    """What was told and what became of it; on a line that owes some, one that was taken back."""
    now, facts = timezone.now(), {}
    if line.feedback in ("none", "owed"):
        facts = {"withdrawn_at": now, "withdrawn_by": line.logged_by}
    elif line.feedback == "acknowledged":
        facts = {"acknowledged_at": now, "acknowledged_by": abe.user, "words": "I will."}
    return FeedbackNoteFactory(escalation=line, **facts)


def take(step, line, note, sam, abe) -> None:
    if step in ("give", "give_in_person"):
        do, more = getattr(feedback, step), {"key": uuid.uuid4(), "version": line.version}
        do(line, text="Offer the plan.", by=sam, **more)
    elif step == "acknowledge":
        feedback.acknowledge(note, words="Next time.", helped=None, version=note.version, by=abe)
    elif step == "waive":
        feedback.waive(line, version=line.version, by=sam)
    else:
        feedback.take_back(note, version=note.version, by=sam)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("start", Feedback.values)
def test_each_step_of_feedback_in_each_status(status, start, sam, abe):
    agent = Agent.objects.get(user=abe.user)
    for step, end in zip(STEPS, FEEDBACK[start], strict=True):
        line = a_line(sam, agent=agent, status=status, feedback=start)
        note = a_note(line, abe)
        # What was given before a line became void can still be taken back; nothing else moves.
        allowed = end and (status != Status.VOID or step == "take_back")
        if allowed:
            take(step, line, note, sam, abe)
        else:
            with pytest.raises(REFUSED):
                take(step, line, note, sam, abe)
        line.refresh_from_db()
        assert line.feedback == (end if allowed else start), (status, start, step)
        assert line.status == status
        standing = FeedbackNote.objects.standing().filter(escalation=line).count()
        assert standing == (line.feedback in ("given", "acknowledged"))


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("start", CALLS)
def test_each_step_of_a_promised_call_in_each_status(status, start, sam, abe):
    agent = Agent.objects.get(user=abe.user)
    now = timezone.now()
    promise = {} if start == "none" else {"callback_at": now - timedelta(hours=1)}
    if start == "kept":
        promise["called_back_at"] = now
    for step, end in zip(CALL_STEPS, CALLS[start], strict=True):
        line = a_line(sam, agent=agent, status=status, **promise)
        call = FollowUpFactory(
            escalation=line,
            due_at=promise.get("callback_at", now),
            done_at=now,
            withdrawn_at=None if start == "kept" else now,
            withdrawn_by=None if start == "kept" else sam.user,
        )
        allowed = end and (status != Status.VOID or step == "take_back")
        if allowed:
            take_call(step, line, call, sam)
        else:
            with pytest.raises(REFUSED):
                take_call(step, line, call, sam)
        line.refresh_from_db()
        assert state_of(line) == (end if allowed else start), (status, start, step)


def take_call(step, line, call, sam) -> None:
    if step == "take_back":
        follow_ups.take_back(call, version=call.version, by=sam)
        return
    later = timezone.now() + timedelta(days=1) if step == "again" else None
    more = {"key": uuid.uuid4(), "version": line.version, "again_at": later}
    follow_ups.do_follow_up(line, result="He is content.", by=sam, **more)


def state_of(line) -> str:
    if line.callback_at is None:
        return "none"
    return "kept" if line.called_back_at else "due"


def test_the_tables_name_every_state():
    assert set(FEEDBACK) == set(Feedback.values)
    assert FollowUp._meta.get_field("satisfaction").null
