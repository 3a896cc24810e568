"""A form about topics that is sent again: the same again is done once, other content is refused."""

import uuid

import pytest

from escalations.actions import topics
from escalations.models import Escalation, TopicStep
from escalations.tests.factories import EscalationFactory
from people.refusals import KeyReused
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(skyline):
    agent = AgentFactory(program=skyline)
    return [EscalationFactory(agent=agent) for _ in range(3)]


@pytest.fixture
def made(cora):
    return [topics.create(name, by=cora).topic for name in ("Late fees", "Refunds")]


def test_a_key_moves_its_lines_once_and_no_others_and_nowhere_else(cora, lines, made):
    (fees, refunds), key = made, uuid.uuid4()
    step = topics.move(lines[:2], fees, by=cora, key=key)
    for again in (lines[:2], lines[:1], []):
        assert topics.move(again, fees, by=cora, key=key) == step
    for others, to in ((lines[2:], fees), (lines, fees), (lines[:2], refunds), (lines[:2], None)):
        with pytest.raises(KeyReused):
            topics.move(others, to, by=cora, key=key)
    placed = Escalation.objects.order_by("pk").values_list("topic", flat=True)
    assert list(placed) == [fees.pk, fees.pk, None]


def test_a_line_that_was_there_already_may_be_named_again(cora, lines, made):
    (fees, _), key = made, uuid.uuid4()
    topics.move(lines[:1], fees, by=cora)
    step = topics.move(lines[:2], fees, by=cora, key=key)
    assert (step.lines, topics.move(lines[:2], fees, by=cora, key=key)) == (1, step)


def test_a_key_makes_one_topic_under_one_name(cora, lines):
    key = uuid.uuid4()
    step = topics.create("Outage", lines[:1], by=cora, key=key)
    assert topics.create(" Outage ", lines[:1], by=cora, key=key) == step
    for name, others in (("Outages", lines[:1]), ("Outage", lines)):
        with pytest.raises(KeyReused):
            topics.create(name, others, by=cora, key=key)
    of, key = step.topic, uuid.uuid4()
    parted = topics.split(of, lines[:1], "Storm", by=cora, key=key)
    assert topics.split(of, lines[:1], "Storm", by=cora, key=key) == parted
    for name, topic in (("Flood", of), ("Storm", parted.topic)):
        with pytest.raises(KeyReused):
            topics.split(topic, lines[:1], name, by=cora, key=key)


def test_a_key_renames_and_merges_as_it_did(cora, made):
    (fees, refunds), names, key = made, uuid.uuid4(), uuid.uuid4()
    step = topics.rename(fees, "Fees", by=cora, key=names)
    assert topics.rename(fees, "Fees", by=cora, key=names) == step
    for topic, name in ((fees, "All fees"), (refunds, "Fees")):
        with pytest.raises(KeyReused):
            topics.rename(topic, name, by=cora, key=names)
    other = topics.create("Billing", by=cora).topic
    step = topics.merge(fees, refunds, by=cora, key=key)
    for gone in (fees, refunds):  # its address leads to where it is now
        assert topics.merge(gone, refunds, by=cora, key=key) == step
    for gone, into in ((fees, other), (other, refunds)):
        with pytest.raises(KeyReused):
            topics.merge(gone, into, by=cora, key=key)
    topics.undo(step, by=cora)
    assert topics.merge(fees, refunds, by=cora, key=key) == step


def test_the_workbench_says_so_and_moves_nothing(cora, lines, made, browse):
    bench, key = "/p/skyline/calibration/topics/", uuid.uuid4()
    sent = {"key": key, "do": "move", "to": "late-fees"}
    page, htmx = browse(cora), {"HX-Request": "true"}
    for status, line in ((200, lines[0]), (200, lines[0]), (422, lines[1])):
        answer = page.post(bench, {**sent, "line": line.number}, headers=htmx)
        assert answer.status_code == status
    assert "Reload the page" in answer.content.decode()
    assert TopicStep.objects.filter(kind="group").count() == 1
    lines[1].refresh_from_db()
    assert lines[1].topic is None
