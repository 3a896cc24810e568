"""A worker killed outright at any step of an import leaves what the next one ends whole."""

import os
import signal
import threading

import pytest
from django.db.models import Max

from escalations import tasks
from escalations.actions import import_steps, imports
from escalations.models import Escalation, Import
from escalations.tests.test_import_steps import confirm, stage
from people.models import Agent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(imports, "BIG", 5)
    monkeypatch.setattr(import_steps, "PIECE", 3)


def killed(batch, at, monkeypatch):
    """Work on an import in a process that is killed -9 just before its n-th piece is committed."""
    calls = 0
    alive = import_steps._alive

    def die(batch, *, done):
        nonlocal calls
        calls += 1
        alive(batch, done=done)
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)

    pid = os.fork()
    if not pid:
        try:
            monkeypatch.setattr(import_steps, "_alive", die)
            # A new thread has a connection of its own; the one here is the parent's.
            worker = threading.Thread(target=tasks.work_on_import.call, args=(batch.pk,))
            worker.start()
            worker.join()
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize("at", [1, 2, 3])
def test_while_it_reads(marta, monkeypatch, at):
    batch = killed(stage(marta), at, monkeypatch)
    assert (batch.state, batch.rows.count()) == ("reading", 3 * (at - 1))
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["add"], batch.rows.count()) == ("staged", 8, 8)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_while_it_writes(marta, monkeypatch, at):
    batch = stage(marta)
    tasks.work_on_import.call(batch.pk)
    batch = killed(confirm(Import.objects.get(pk=batch.pk), marta), at, monkeypatch)
    assert (batch.state, Escalation.objects.count()) == ("writing", 3 * (at - 1))
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["added"], Escalation.objects.count()) == ("done", 8, 8)
    assert Escalation.objects.aggregate(last=Max("number"))["last"] == 8
    assert Agent.objects.count() == 8


@pytest.mark.parametrize("at", [1, 2, 3])
def test_while_it_is_undone(marta, monkeypatch, at):
    batch = stage(marta)
    tasks.work_on_import.call(batch.pk)
    confirm(Import.objects.get(pk=batch.pk), marta)
    tasks.work_on_import.call(batch.pk)
    batch = killed(imports.undo(batch, by=marta), at, monkeypatch)
    assert (batch.state, Escalation.objects.count()) == ("undoing", 8 - 3 * (at - 1))
    tasks.work_on_import.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["removed"], Escalation.objects.count()) == ("undone", 8, 0)
