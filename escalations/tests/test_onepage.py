"""What a line's page reads at once is what the querysets say."""

import pytest

from escalations import actions
from escalations.history import story_of
from escalations.models import Escalation, Topic
from escalations.onepage import HIGHEST, line_at_once
from escalations.tests.factories import EscalationFactory
from people.models import Agent
from people.tests.factories import AgentFactory


@pytest.fixture
def line(sam):
    tina = AgentFactory(program=sam.program, employee_id="123456", name="Tina")
    return EscalationFactory(agent=tina, logged_by=sam.user, number=7)


def columns_of(model):
    return {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields}


def test_it_is_the_line_the_member_sees(sam, line, django_assert_num_queries):
    line.topic = Topic.objects.create(
        program=sam.program, name="Late fee", slug="late-fee", created_by=sam.user
    )
    line.save()
    beside = ("agent", "logged_by", "topic")
    seen = Escalation.objects.visible_to(sam).select_related(*beside).get(number=7)
    with django_assert_num_queries(1):
        found = line_at_once(sam, 7)
        assert columns_of(found) == columns_of(seen)
        assert columns_of(found.agent) == columns_of(seen.agent)
        assert columns_of(found.logged_by) == columns_of(seen.logged_by)
        assert (found.program, found.agent.program) == (sam.program, sam.program)
        assert (found.topic, found.topic.name) == (seen.topic, seen.topic.name)
        assert (found.imported_by, found.masked, found.moves) == (None, [], [])


def test_another_programs_line_and_one_that_is_not_there_are_none(sam, mona, line, harbor):
    EscalationFactory(agent=AgentFactory(program=harbor), number=8)
    for number in (0, 8, HIGHEST, HIGHEST + 1, 10**30):
        assert line_at_once(sam, number) is None
    sam.roles = []
    sam.__dict__.pop("abilities", None)
    assert line_at_once(sam, 7) is None


def test_a_story_is_read_with_one_query_however_long(sam, line, django_assert_num_queries):
    for version in range(1, 4):
        actions.edit(line, {"concern": f"text {version}"}, version=version, by=sam)
    Agent.objects.filter(pk=line.agent_id).update(name="Tina Cruz")
    found = line_at_once(sam, 7)
    with django_assert_num_queries(1):
        story = story_of(found)
    assert [(step.who, step.did) for step in story[:2]] == [(str(sam.user), "changed it")] * 2
    assert [change.after for step in story[:3] for change in step.changes] == [
        *("text 3", "text 2", "text 1")
    ]
