"""What the database itself refuses of feedback and follow-ups, whoever writes."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from escalations.models import FeedbackNote
from escalations.tests.factories import (
    EscalationFactory,
    FeedbackNoteFactory,
    FollowUpFactory,
    QuickTextFactory,
)
from escalations.tests.test_constraints import refuses, set_on
from people.tests.factories import AgentFactory, UserFactory


@pytest.fixture
def note(sam) -> FeedbackNote:
    agent = AgentFactory(program=sam.program)
    line = EscalationFactory(agent=agent, logged_by=sam.user, feedback="given")
    return FeedbackNoteFactory(escalation=line)


def withdrawn(note) -> dict[str, object]:
    return {"withdrawn_at": timezone.now(), "withdrawn_by": note.given_by}


def test_a_round_is_told_once(note):
    set_on(note, **withdrawn(note))
    with refuses("note_round_once"), transaction.atomic():
        FeedbackNoteFactory(escalation=note.escalation)


def test_a_key_makes_one_note_of_a_person(note):
    other = EscalationFactory(agent=note.escalation.agent)
    with refuses("note_key_once"), transaction.atomic():
        FeedbackNoteFactory(escalation=other, given_by=note.given_by, key=note.key)


def test_one_note_of_a_line_stands(note):
    with refuses("note_one_standing"), transaction.atomic():
        FeedbackNoteFactory(escalation=note.escalation, round=2)
    set_on(note, **withdrawn(note))
    FeedbackNoteFactory(escalation=note.escalation, round=2)


def test_a_note_says_something_or_was_told_in_person(note):
    with refuses("note_says_something"):
        set_on(note, text="")
    set_on(note, text="", in_person=True)


@pytest.mark.parametrize("facts", [{"words": "I will."}, {"helped": True}])
def test_an_answer_has_its_moment_and_its_person(note, facts):
    with refuses("note_acknowledged_pair"):
        set_on(note, **facts)
    with refuses("note_acknowledged_pair"):
        set_on(note, acknowledged_at=timezone.now())
    set_on(note, acknowledged_at=timezone.now(), acknowledged_by=note.given_by, **facts)


def test_a_note_is_taken_back_by_somebody(note):
    with refuses("note_withdrawn_pair"):
        set_on(note, withdrawn_at=timezone.now())


def test_a_quick_text_is_kept_once_and_says_something(skyline):
    quick = QuickTextFactory(program=skyline)
    with refuses("quick_text_key_once"), transaction.atomic():
        QuickTextFactory(program=skyline, added_by=quick.added_by, key=quick.key)
    with refuses("quick_text_said"):
        set_on(quick, text="")


def test_a_line_is_called_back_only_as_promised(note):
    with refuses("escalation_called_back_as_promised"):
        set_on(note.escalation, called_back_at=timezone.now())
    set_on(note.escalation, called_back_at=timezone.now(), callback_at=timezone.now())


def test_a_call_is_noted_once_with_a_result(note):
    call = FollowUpFactory(escalation=note.escalation)
    with refuses("follow_up_key_once"), transaction.atomic():
        FollowUpFactory(escalation=note.escalation, done_by=call.done_by, key=call.key)
    with refuses("follow_up_has_result"):
        set_on(call, result="")


def test_satisfaction_is_one_to_five_or_not_asked(note):
    call = FollowUpFactory(escalation=note.escalation)
    for number in (0, 6):
        with refuses("follow_up_content_1_to_5"):
            set_on(call, satisfaction=number)
    set_on(call, satisfaction=5)


def test_a_new_promise_comes_after_the_call(note):
    call = FollowUpFactory(escalation=note.escalation)
    with refuses("follow_up_again_later"):
        set_on(call, again_at=call.done_at - timedelta(minutes=1))


def test_a_call_is_taken_back_by_somebody(note):
    call = FollowUpFactory(escalation=note.escalation)
    with refuses("follow_up_withdrawn_pair"):
        set_on(call, withdrawn_by=UserFactory())
