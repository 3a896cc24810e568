"""Promised call-backs: made with a result, promised again, taken back, through the actions."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations import actions
from escalations.actions import follow_ups
from escalations.history import story_of
from escalations.models import Escalation, FollowUp, MaskedNumber
from escalations.tests.factories import EscalationFactory
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing
from people.tests.factories import AgentFactory


@pytest.fixture
def line(sam) -> Escalation:
    return EscalationFactory(
        agent=AgentFactory(program=sam.program),
        logged_by=sam.user,
        callback_at=timezone.now() - timedelta(hours=2),
    )


def do(line, by, result="He is content.", **more):
    more = {"key": uuid.uuid4(), "version": line.version, "satisfaction": 4} | more
    return follow_ups.do_follow_up(line, result=result, by=by, **more)


def fresh(line) -> Escalation:
    return Escalation.objects.select_related("agent", "logged_by", "program").get(pk=line.pk)


def test_a_call_back_is_made_and_the_promise_is_kept(line, sam):
    assert list(Escalation.objects.promised()) == [line]
    call = do(line, sam)
    assert (call.due_at, call.satisfaction_said) == (line.callback_at, "4 of 5")
    now = fresh(line)
    assert (now.callback_at, now.called_back_at) == (line.callback_at, call.done_at)
    assert not Escalation.objects.promised().exists()
    step = story_of(now)[0]
    assert (step.did, step.reason) == ("called the customer back", "He is content.")


def test_nobody_asked_is_no_number(line, sam):
    assert do(line, sam, satisfaction=None).satisfaction_said == "not asked"


def test_the_same_key_notes_one_call(line, sam):
    key = uuid.uuid4()
    assert do(line, sam, key=key) == do(line, sam, key=key)
    with pytest.raises(KeyReused):
        do(line, sam, "something else", key=key)
    with pytest.raises(KeyReused):
        do(line, sam, key=key, satisfaction=1)
    assert FollowUp.objects.count() == 1


def test_a_call_without_an_answer_is_promised_again(line, sam):
    later = timezone.now() + timedelta(hours=20)
    do(line, sam, "No answer.", again_at=later, satisfaction=None)
    now = fresh(line)
    assert (now.callback_at, now.called_back_at) == (later, None)
    assert story_of(now)[0].did == "called, and promised another call"
    do(now, sam)
    assert FollowUp.objects.standing().count() == 2


def test_what_is_not_due_is_not_done(line, sam, cora):
    with pytest.raises(ActionRefused, match="Say what came"):
        do(line, sam, "  ")
    with pytest.raises(ActionRefused, match="future"):
        do(line, sam, again_at=timezone.now() - timedelta(minutes=1))
    do(line, sam)
    with pytest.raises(ActionRefused, match="No call-back is due"):
        do(fresh(line), sam)
    nothing = EscalationFactory(agent=line.agent, logged_by=sam.user)
    with pytest.raises(ActionRefused, match="No call-back is due"):
        do(nothing, sam)
    void = EscalationFactory(
        agent=line.agent, status="void", void_reason="twice", callback_at=timezone.now()
    )
    with pytest.raises(ActionRefused, match="void"):
        do(void, cora)


def test_a_call_says_from_which_version_it_was_made(line, sam, cora):
    with pytest.raises(VersionMissing):
        do(line, sam, version=None)
    actions.edit(line, {"callback_at": timezone.now()}, version=1, by=cora)
    with pytest.raises(StaleVersion):
        do(line, sam, version=1)


def test_an_agent_and_another_program_note_no_call(line, abe, olga):
    with pytest.raises(PermissionDenied):
        do(line, abe)
    with pytest.raises(Escalation.DoesNotExist):
        do(line, olga)


def test_the_last_call_is_taken_back(line, sam, sol, cora):
    call = do(line, sam)
    with pytest.raises(PermissionDenied):
        follow_ups.take_back(call, version=1, by=sol)
    with pytest.raises(VersionMissing):
        follow_ups.take_back(call, version=None, by=sam)
    back = follow_ups.take_back(call, version=1, by=cora)
    assert (back.callback_at, back.called_back_at) == (line.callback_at, None)
    assert not FollowUp.objects.standing().exists()
    with pytest.raises(ActionRefused):
        follow_ups.take_back(call, version=2, by=cora)


def test_a_call_that_another_came_after_is_not_taken_back(line, sam):
    later = timezone.now() + timedelta(hours=20)
    first = do(line, sam, "No answer.", again_at=later)
    do(fresh(line), sam)
    with pytest.raises(ActionRefused, match="since"):
        follow_ups.take_back(first, version=1, by=sam)


def test_a_new_promise_begins_anew_and_the_lines_undo_leaves_calls_alone(line, sam):
    do(line, sam)
    with pytest.raises(ActionRefused, match="follow-ups"):
        actions.undo(fresh(line), version=2, by=sam)
    later = timezone.now() + timedelta(days=2)
    again = actions.edit(fresh(line), {"callback_at": later}, version=2, by=sam)
    assert (again.callback_at, again.called_back_at) == (later, None)
    before = actions.undo(again, version=3, by=sam)
    assert before.called_back_at is not None


def test_a_card_number_is_masked_in_the_result(line, sam):
    call = do(line, sam, "Paid with 4111111111111111.")
    assert "411111111111" not in call.result
    assert MaskedNumber.objects.get().field == "result"
