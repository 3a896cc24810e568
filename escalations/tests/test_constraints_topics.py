"""What the database itself refuses of topics, whoever writes."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone

from escalations.actions import topics
from escalations.models import Topic, TopicMove, TopicStep
from escalations.tests.factories import EscalationFactory
from escalations.tests.test_constraints import refuses, set_on
from people.tests.factories import AgentFactory


@pytest.fixture
def step(cora) -> TopicStep:
    line = EscalationFactory(agent=AgentFactory(program=cora.program))
    return topics.create("Late fees", [line], by=cora)


@pytest.fixture
def other(cora) -> Topic:
    return topics.create("Refunds", by=cora).topic


def test_an_address_is_one_topics(step, other):
    with refuses("topic_slug_once"):
        set_on(other, slug=step.topic.slug)


def test_two_live_topics_have_two_names_whatever_their_case(step, other):
    with refuses("topic_name_once"):
        set_on(other, name="LATE FEES")
    set_on(other, name="LATE FEES", withdrawn_at=timezone.now())


def test_a_topic_has_a_name(step):
    with refuses("topic_named"):
        set_on(step.topic, name="")


def test_a_topic_is_not_merged_into_itself(step):
    with refuses("topic_not_into_itself"):
        set_on(step.topic, merged_into=step.topic)


def test_a_key_makes_one_step_of_a_person(step):
    with refuses("topic_step_key_once"), transaction.atomic():
        TopicStep.objects.create(program=step.program, kind="group", key=step.key, by=step.by)


def test_an_undone_step_says_when_and_by_whom(step):
    with refuses("topic_step_undone_pair"):
        set_on(step, undone_at=timezone.now())


def test_a_step_is_of_a_known_kind(step):
    with refuses("topic_step_kind_known"):
        set_on(step, kind="dream")


def test_a_step_moves_a_line_once(step):
    move = step.moves.get()
    with refuses("topic_move_once"), transaction.atomic():
        TopicMove.objects.create(step=step, escalation=move.escalation, to_topic=step.topic)
    later = TopicStep.objects.create(
        program=step.program, kind="group", key=uuid.uuid4(), by=step.by
    )
    TopicMove.objects.create(step=later, escalation=move.escalation, from_topic=step.topic)
