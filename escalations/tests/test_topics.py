"""What a captain can rely on when grouping lines, and what nobody else can do."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from escalations.actions import topics
from escalations.models import Escalation, Topic
from escalations.tests.factories import EscalationFactory
from people.refusals import ActionRefused, KeyReused
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(skyline):
    return AgentFactory(program=skyline)


@pytest.fixture
def line(agent):
    return EscalationFactory(agent=agent)


@pytest.fixture
def fees(cora):
    return topics.create("Late fees", by=cora).topic


@pytest.fixture
def refunds(cora):
    return topics.create("Refunds", by=cora).topic


def place(line):
    return Escalation.objects.get(pk=line.pk).topic


def test_a_line_follows_a_topic_that_was_merged_while_it_was_elsewhere(cora, line, fees, refunds):
    topics.move([line], fees, by=cora)
    out = topics.move([line], None, by=cora)
    merged = topics.merge(fees, refunds, by=cora)
    topics.undo(out, by=cora)
    assert place(line) == refunds
    topics.undo(merged, by=cora)
    assert place(line) == fees


def test_lines_logged_after_a_merge_stay_when_it_is_taken_back(cora, line, agent, fees, refunds):
    topics.move([line], fees, by=cora)
    merged = topics.merge(fees, refunds, by=cora)
    later = EscalationFactory(agent=agent, topic=refunds)
    topics.undo(merged, by=cora)
    assert (place(line), place(later)) == (fees, refunds)


def test_a_name_taken_meanwhile_gets_a_number_when_a_merge_is_taken_back(cora, fees, refunds):
    merged = topics.merge(fees, refunds, by=cora)
    topics.rename(refunds, "Late fees", by=cora)
    topics.undo(merged, by=cora)
    names = set(Topic.objects.live().values_list("name", flat=True))
    assert names == {"Late fees", "Late fees (2)"}


def test_a_split_that_is_taken_back_takes_its_empty_topic_away(cora, line, fees):
    topics.move([line], fees, by=cora)
    step = topics.split(fees, [line], "Waived fees", by=cora)
    assert place(line).name == "Waived fees"
    topics.undo(step, by=cora)
    assert place(line) == fees
    assert set(Topic.objects.live()) == {fees}


def test_a_split_topic_with_other_lines_stays(cora, line, agent, fees):
    topics.move([line], fees, by=cora)
    step = topics.split(fees, [line], "Waived fees", by=cora)
    other = EscalationFactory(agent=agent)
    topics.move([other], step.topic, by=cora)
    topics.undo(step, by=cora)
    assert (place(line), place(other)) == (fees, step.topic)
    assert set(Topic.objects.live()) == {fees, step.topic}


def test_a_rename_is_taken_back_unless_it_was_renamed_again(cora, fees):
    first = topics.rename(fees, "Fees", by=cora)
    second = topics.rename(fees, "All fees", by=cora)
    topics.undo(first, by=cora)
    assert Topic.objects.get(pk=fees.pk).name == "All fees"
    topics.undo(second, by=cora)
    assert Topic.objects.get(pk=fees.pk).name == "Fees"


def test_the_address_of_a_merged_topic_leads_to_where_its_lines_are(cora, skyline, fees, refunds):
    topics.merge(fees, refunds, by=cora)
    assert Topic.objects.at("late-fees", skyline) == refunds
    assert Topic.objects.at("nothing", skyline) is None


def test_the_same_form_sent_twice_is_one_step(cora, line):
    key = uuid.uuid4()
    one = topics.create("Outage", [line], by=cora, key=key)
    assert topics.create("Outage", [line], by=cora, key=key) == one
    with pytest.raises(KeyReused):
        topics.move([line], None, by=cora, key=key)


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 81, "LATE fees"])
def test_a_name_must_be_one(cora, fees, name):
    with pytest.raises(ActionRefused):
        topics.create(name, by=cora)


def test_a_card_number_is_no_name(cora):
    step = topics.create("Card 4111 1111 1111 1111", by=cora)
    assert "4111 1111 1111" not in step.topic.name


def test_nothing_happens_to_a_topic_that_is_gone(cora, line, fees, refunds):
    topics.merge(fees, refunds, by=cora)
    for again in (
        lambda: topics.merge(fees, refunds, by=cora),
        lambda: topics.rename(fees, "Other", by=cora),
        lambda: topics.split(fees, [line], "Other", by=cora),
        lambda: topics.merge(refunds, refunds, by=cora),
    ):
        with pytest.raises(ActionRefused):
            again()
    assert topics.move([line], fees, by=cora).topic == refunds


def test_only_the_captain_groups_but_an_sme_says_the_topic_of_the_own_line(sam, sol, agent, fees):
    own = EscalationFactory(agent=agent, logged_by=sam.user)
    topics.move([own], fees, by=sam)
    assert place(own) == fees
    for refused in (
        lambda: topics.move([own], None, by=sol),
        lambda: topics.create("Mine", by=sam),
        lambda: topics.merge(fees, fees, by=sam),
        lambda: topics.undo(fees.steps.get(kind="group"), by=sol),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    topics.undo(fees.steps.get(kind="group"), by=sam)
    assert place(own) is None


def test_another_programs_topics_and_lines_are_out_of_reach(cora, mona, harbor, olga, fees):
    foreign = EscalationFactory(agent=AgentFactory(program=harbor), logged_by=olga.user)
    assert topics.move([foreign], fees, by=cora).lines == 0
    assert not Topic.objects.visible_to(olga)
    with pytest.raises(ActionRefused):
        topics.move([foreign], fees, by=olga)


def test_history_keeps_each_line_of_each_step(cora, line, fees, refunds):
    topics.move([line], fees, by=cora)
    topics.merge(fees, refunds, by=cora)
    moves = line.topic_moves.order_by("pk").values_list("from_topic", "to_topic", "step__kind")
    assert list(moves) == [(None, fees.pk, "group"), (fees.pk, refunds.pk, "merge")]
