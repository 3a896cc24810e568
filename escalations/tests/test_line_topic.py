"""A line's own page: its topic, who may change it, what its story tells of it."""

import re
import uuid

import pytest

from escalations.actions import topics as grouping
from escalations.history import story_of
from escalations.models import Escalation, Topic, TopicStep
from escalations.onepage import line_at_once
from escalations.tests.factories import EscalationFactory
from escalations.topicstory import with_topics
from people.tests.factories import AgentFactory


@pytest.fixture
def fees(skyline, sam):
    return Topic.objects.create(
        program=skyline, name="Late fees", slug="late-fees", created_by=sam.user
    )


@pytest.fixture
def line(skyline, sam):
    agent = AgentFactory(program=skyline)
    return EscalationFactory(agent=agent, logged_by=sam.user, number=812, concern="late fee of May")


URL = "/p/skyline/log/812/"


def move(browse, person, topic: str, **more: str):
    return browse(person).post(f"{URL}topic/", {"topic": topic, "key": str(uuid.uuid4()), **more})


def test_an_sme_puts_their_own_line_under_a_topic_and_out_again(line, fees, sam, browse):
    form = browse(sam).get(f"{URL}topic/").content.decode()
    assert '<option value="late-fees">Late fees</option>' in form
    assert move(browse, sam, "late-fees").status_code == 302
    line.refresh_from_db()
    assert line.topic == fees
    page = browse(sam).get(URL).content.decode()
    assert '<a href="/p/skyline/log/?shift=all&amp;topic=late-fees">Late fees</a>' in page
    move(browse, sam, "")
    line.refresh_from_db()
    assert line.topic is None
    assert line.version == 1


def test_the_same_key_is_one_step(line, fees, sam, browse):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert move(browse, sam, "late-fees", key=key).status_code == 302
    assert TopicStep.objects.count() == 1


def test_somebody_elses_line_is_the_captains_to_group(line, fees, sol, cora, browse):
    assert move(browse, sol, "late-fees").status_code == 403
    assert browse(sol).get(f"{URL}topic/").status_code == 403
    assert "topic/" not in browse(sol).get(URL).content.decode()
    assert move(browse, cora, "late-fees").status_code == 302


@pytest.mark.parametrize("said", [{"topic": "gone"}, {"key": ""}, {"key": "x"}])
def test_what_cannot_be_read_is_refused_with_a_reason(line, fees, sam, browse, said):
    answer = move(browse, sam, **{"topic": "late-fees", **said})
    assert answer.status_code == 422
    line.refresh_from_db()
    assert line.topic is None


def test_another_programs_line_and_topic_are_not_there(line, harbor, olga, sam, browse):
    Topic.objects.create(program=harbor, name="S", slug="s", created_by=olga.user)
    assert move(browse, sam, "s").status_code == 422
    assert move(browse, olga, "s").status_code == 404
    answer = browse(sam).post("/p/skyline/log/1/topic/", {"topic": ""})
    assert answer.status_code == 404


def test_a_merged_topic_leads_to_what_it_became(line, fees, cora, browse):
    other = grouping.create("Fees", by=cora).topic
    grouping.merge(other, fees, by=cora)
    move(browse, cora, "fees")
    line.refresh_from_db()
    assert line.topic == fees


def test_the_story_tells_each_step_and_which_was_taken_back(line, fees, sam, cora, browse):
    grouping.move([line], fees, by=sam)
    other = grouping.create("Fees", by=cora).topic
    step = grouping.merge(fees, other, by=cora)
    grouping.undo(step, by=cora)
    page = browse(sam).get(URL).content.decode()
    story = re.sub(r"<[^>]+>", " ", page.split('class="timeline"')[1].split("</ol>")[0])
    told = " ".join(story.split())
    assert "put it under “Late fees”" in told
    assert "merged its topic into “Fees” (taken back by " in told
    assert "Topic: Late fees Fees" in told
    assert told.index("merged its topic") < told.index("put it under") < told.index("logged it")


def test_a_line_that_was_never_moved_costs_no_question_about_it(
    line, fees, sam, django_assert_max_num_queries
):
    found = line_at_once(sam, 812)
    story = story_of(found)
    with django_assert_max_num_queries(0):
        assert with_topics(story, found) == story
    Escalation.objects.filter(pk=line.pk).update(topic=fees)
    with django_assert_max_num_queries(1):
        assert line_at_once(sam, 812).topic.name == "Late fees"


def test_the_page_asks_for_similar_lines_by_itself(line, sam, browse):
    page = browse(sam).get(URL).content.decode()
    assert 'hx-get="/p/skyline/calibration/known/?line=812"' in page
