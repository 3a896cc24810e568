"""Two changes that wait for each other both happen; what cannot help is not repeated."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from escalations.models import Escalation
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory
from people import retries
from people.retries import whole
from people.tests.factories import AgentFactory


@pytest.mark.django_db(transaction=True)
def test_two_changes_that_lock_each_other_out_both_happen(sam):
    agent = AgentFactory(program=sam.program)
    lines = [EscalationFactory(agent=agent) for _ in range(2)]
    both_hold_one = threading.Barrier(2, timeout=30)
    tries = []

    @whole
    def change(first: Escalation, second: Escalation) -> str:
        tries.append(first.pk)
        Escalation.objects.filter(pk=first.pk).update(wanted="a credit")
        if len(tries) <= 2:
            both_hold_one.wait()
        Escalation.objects.filter(pk=second.pk).update(offered="a discount")
        return "done"

    answers = at_once(2, lambda which: change(lines[which], lines[1 - which]))
    assert answers == ["done", "done"]
    assert len(tries) == 3
    for line in lines:
        line.refresh_from_db()
        assert (line.wanted, line.offered) == ("a credit", "a discount")


def fails_with(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("code", "times"), [("40001", 4), ("40P01", 4), ("55P03", 1)])
def test_a_change_is_tried_four_times_and_only_when_that_can_help(code, times, monkeypatch):
    pauses = []
    monkeypatch.setattr(retries.time, "sleep", pauses.append)
    tries = []

    @whole
    def change() -> None:
        tries.append(code)
        fails_with(code)

    with pytest.raises(OperationalError):
        change()
    assert len(tries) == times
    assert len(pauses) == times - 1


@pytest.mark.django_db(transaction=True)
def test_half_a_transaction_is_never_repeated():
    tries = []

    @whole
    def change() -> None:
        tries.append("part")
        fails_with("40001")

    with pytest.raises(OperationalError), transaction.atomic():
        change()
    assert tries == ["part"]
