"""What a line's page reads at once is what the querysets say."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations import actions
from escalations.actions import feedback, replying, topics
from escalations.history import story_of
from escalations.models import Escalation, Topic
from escalations.onepage import HIGHEST, line_at_once
from escalations.tests.factories import EscalationFactory, MaskedNumberFactory, letter_about
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


def test_a_line_with_everything_asks_eight_times_and_shows_it_all(sam, mona, cora, line, browse):
    Escalation.objects.filter(pk=line.pk).update(status="unresolved")
    letter, _ = letter_about([line], mona)
    said = [replying.Reply(position=1, verdict="do_this", text="Waive it.")]
    replying.record(letter, said, name="Carla", key=uuid.uuid4(), by=mona)
    line.refresh_from_db()
    told = {"text": "Ask first.", "key": uuid.uuid4(), "version": line.version}
    feedback.give(line, **told, by=sam)
    MaskedNumberFactory(escalation=line, not_a_card_by=cora.user, not_a_card_at=timezone.now())
    topics.create("Late fee", [line], by=cora)
    browser = browse(sam)
    browser.get("/p/skyline/log/7/")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/p/skyline/log/7/").content.decode()
    assert len(asked) <= 8, "\n".join(query["sql"][:90] for query in asked)
    for words in (
        *("answered it", "Waive it.", "Ask first.", "not acknowledged yet", "14 days:"),
        *("A number ending <strong>1111</strong>", "says Cora", "made the topic “Late fee”"),
    ):
        assert words in page
