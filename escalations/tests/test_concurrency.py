"""Many at the same moment: one line per key, one winner per version, each imported line once."""

import uuid
from collections import Counter

import pytest
from django.utils import timezone

from escalations import actions
from escalations.actions import topics as grouping
from escalations.models import Escalation, Topic
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory
from people.agentwords import match_agent
from people.models import Agent, Membership
from people.refusals import KeyReused, StaleVersion
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

KEY = uuid.UUID("6f2d2c1e-1111-4222-8333-944444444444")


def fresh(by: Membership) -> Membership:
    """The membership as a request of its own would read it."""
    return Membership.objects.of(by.user).get(program=by.program_id)


def log(by: Membership, *, key=KEY, digest="d", cell="Tina / 123456") -> Escalation:
    by = fresh(by)
    return actions.log(
        actions.NewLine(occurred_at=timezone.now(), concern="waive all the charges"),
        agent=match_agent(cell, by.program),
        key=key,
        digest=digest,
        by=by,
    )


def test_sixteen_posts_of_one_key_make_one_line_and_all_get_it(sam):
    answers = at_once(16, lambda _: log(sam))
    assert {line.pk for line in answers} == {Escalation.objects.get().pk}
    assert {line.number for line in answers} == {1}
    assert Agent.objects.count() == 1


def test_lines_logged_while_their_topic_is_merged_are_under_the_one_it_became(sam, cora):
    late, fees = (
        Topic.objects.create(program=sam.program, name=name, slug=name, created_by=sam.user)
        for name in ("late", "fees")
    )
    AgentFactory(program=sam.program, employee_id="123456", name="Tina")

    def do(which: int) -> object:
        if which == 4:
            return grouping.merge(late, fees, by=fresh(cora))
        line = actions.NewLine(occurred_at=timezone.now(), concern=f"fee {which}", topic=late)
        agent = match_agent("Tina / 123456", sam.program)
        return actions.log(line, agent=agent, key=uuid.uuid4(), digest="d", by=fresh(sam))

    answers = at_once(9, do)
    assert [one for one in answers if isinstance(one, Exception)] == []
    assert {line.topic for line in Escalation.objects.all()} == {fees}
    assert sorted(line.number for line in Escalation.objects.all()) == list(range(1, 9))


def test_of_sixteen_posts_of_one_key_with_different_words_one_is_kept(sam):
    answers = at_once(16, lambda which: log(sam, digest=f"said {which}"))
    kept = [answer for answer in answers if isinstance(answer, Escalation)]
    assert [line.pk for line in kept] == [Escalation.objects.get().pk]
    assert Counter(type(answer) for answer in answers)[KeyReused] == 15


def test_sixteen_lines_at_once_have_sixteen_numbers(sam, sol):
    answers = at_once(16, lambda which: log((sam, sol)[which % 2], key=uuid.uuid4()))
    assert sorted(line.number for line in answers) == list(range(1, 17))
    assert Agent.objects.count() == 1


def test_of_fifty_saves_of_one_version_one_wins_and_the_others_see_it(sam):
    line = EscalationFactory(agent=AgentFactory(program=sam.program), logged_by=sam.user)

    def save(which: int) -> Escalation:
        return actions.edit(line, {"concern": f"text {which}"}, version=1, by=fresh(sam))

    answers = at_once(50, save)
    won = [answer for answer in answers if isinstance(answer, Escalation)]
    lost = [answer for answer in answers if isinstance(answer, StaleVersion)]
    assert (len(won), len(lost)) == (1, 49)
    assert {refusal.theirs.concern for refusal in lost} == {won[0].concern}
    line.refresh_from_db()
    assert (line.concern, line.version) == (won[0].concern, 2)
    assert line.past.count() == 1


def test_an_edit_and_a_void_of_one_version_do_not_both_happen(sam, cora):
    line = EscalationFactory(agent=AgentFactory(program=sam.program), logged_by=sam.user)

    def change(which: int) -> Escalation:
        if which % 2:
            return actions.void(line, reason=f"twice, {which}", version=1, by=fresh(cora))
        return actions.edit(line, {"concern": "mine"}, version=1, by=fresh(sam))

    answers = at_once(8, change)
    assert Counter(type(answer) for answer in answers) == {Escalation: 1, StaleVersion: 7}


def test_two_imports_of_the_same_lines_add_each_once(mona):
    tina = AgentFactory(program=mona.program)
    now = timezone.now()
    lines = [
        actions.NewLine(occurred_at=now, concern=f"c{n}", agent=tina, fingerprint=f"f{n}")
        for n in range(300)
    ]
    added = at_once(4, lambda _: actions.log_many(lines, by=fresh(mona)))
    assert sorted(added) == [0, 0, 0, 300]
    assert Escalation.objects.count() == 300
    numbers = Escalation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 301))


def test_logging_while_importing_gives_no_number_twice(sam, mona):
    tina = AgentFactory(program=mona.program)
    now = timezone.now()

    def work(which: int) -> object:
        if which:
            return log(sam, key=uuid.uuid4(), cell=str(tina))
        lines = [
            actions.NewLine(occurred_at=now, concern=f"c{n}", agent=tina, fingerprint=f"f{n}")
            for n in range(200)
        ]
        return actions.log_many(lines, by=fresh(mona))

    answers = at_once(9, work)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    numbers = Escalation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 209))
