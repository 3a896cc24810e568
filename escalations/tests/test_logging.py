"""What a person can rely on when a line is logged."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from escalations import actions
from escalations.models import Escalation, Status
from people.agentwords import match_agent
from people.models import Agent
from people.refusals import ActionRefused, KeyReused
from people.tests.factories import AgentFactory

KEY = uuid.UUID("6f2d2c1e-1111-4222-8333-944444444444")


def a_line(**said) -> actions.NewLine:
    return actions.NewLine(
        **{"occurred_at": timezone.now(), "concern": "waive all the charges", **said}
    )


def log(by, line=None, *, key=KEY, digest="d", cell="Tina / 123456", **more):
    return actions.log(
        line or a_line(),
        agent=match_agent(cell, by.program),
        key=key,
        digest=digest,
        by=by,
        **more,
    )


def test_a_logged_line_has_the_next_number_and_an_agent_on_the_roster(sam):
    line = log(sam)
    assert (line.number, line.version, line.logged_by) == (1, 1, sam.user)
    assert str(line.agent) == "Tina / 123456"
    assert log(sam, key=uuid.uuid4()).number == 2
    assert Agent.objects.count() == 1


def test_time_is_kept_to_the_minute_and_the_server_remembers_when_it_got_it(sam):
    line = log(sam)
    assert (line.occurred_at.second, line.occurred_at.microsecond) == (0, 0)
    assert line.received_at > line.occurred_at


def test_the_same_key_answers_with_the_same_line(sam):
    assert log(sam).pk == log(sam).pk
    assert Escalation.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(sam):
    log(sam)
    with pytest.raises(KeyReused):
        log(sam, digest="other")
    assert Escalation.objects.count() == 1


def test_another_person_may_have_the_same_key(sam, sol):
    assert log(sam).pk != log(sol).pk


def test_a_new_line_is_resolved_or_unresolved(sam):
    with pytest.raises(ActionRefused):
        log(sam, a_line(status=Status.FORWARDED))


def test_a_line_of_the_future_is_refused(sam):
    with pytest.raises(ActionRefused):
        log(sam, a_line(occurred_at=timezone.now() + timedelta(minutes=5)))


def test_an_id_known_under_another_name_can_be_renamed(sam):
    AgentFactory(program=sam.program, employee_id="123456", name="Tanya")
    assert log(sam).agent.name == "Tanya"
    assert log(sam, key=uuid.uuid4(), rename_agent=True).agent.name == "Tina"


def test_many_lines_skip_what_the_log_already_has(sam):
    tina = AgentFactory(program=sam.program)
    lines = [a_line(agent=tina, fingerprint=f"f{n}") for n in range(3)]
    assert actions.log_many(lines, by=sam) == 3
    assert actions.log_many([*lines, replace(lines[0], fingerprint="new")], by=sam) == 1
    assert sorted(Escalation.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
