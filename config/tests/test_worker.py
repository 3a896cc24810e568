"""The background worker: jobs get done, and those of a dead worker are taken over."""

import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import OperationalError
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from config import presence, schedule
from config.management.commands import worker as command

done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def fail() -> None:
    raise ValueError("not today")


def job_of(worker_id: str, *earlier: str) -> DBTaskResult:
    """A job that this worker began, after earlier ones had died over it."""
    job = DBTaskResult.objects.get(pk=note.enqueue("again").id)
    for name in (*earlier, worker_id):
        job.claim(name)
    return job


@pytest.mark.django_db(transaction=True)
def test_jobs_are_done_one_after_the_other():
    done.clear()
    note.enqueue("first")
    fail.enqueue()
    note.enqueue("second")
    call_command("worker", "--once", "--interval", "0")
    assert done == ["first", "second"]
    assert DBTaskResult.objects.ready().count() == 0  # the one that failed waits its pause
    assert DBTaskResult.objects.filter(status="READY").count() == 1


def test_the_job_of_a_dead_worker_is_taken_over_at_the_second_look(db):
    job = job_of("gone")
    suspects = presence.take_over(set())
    job.refresh_from_db()
    assert (job.status, suspects) == ("RUNNING", {str(job.pk)})
    presence.take_over(suspects)
    job.refresh_from_db()
    assert (job.status, job.started_at) == ("READY", None)


def test_a_job_that_keeps_killing_its_workers_is_given_up(db):
    job = job_of("third", "first", "second")
    presence.take_over(presence.take_over(set()))
    job.refresh_from_db()
    assert job.status == "FAILED"


def test_the_job_of_a_living_worker_is_left_to_it(db):
    assert not presence.is_anyone_working()
    presence.Presence("alive").hold()
    try:
        assert presence.is_anyone_working()
        job_of("alive")
        assert presence.take_over(set()) == set()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


@pytest.mark.django_db(transaction=True)
def test_a_worker_beats_on_a_connection_of_its_own(monkeypatch):
    monkeypatch.setattr(presence, "BEAT", 0.01)
    heart = presence.Presence("beating")
    heart.start()
    try:
        while not presence.is_anyone_working():
            assert heart.is_alive()
    finally:
        heart.stopped.set()
        heart.join(10)


def test_what_is_due_is_done_and_what_fails_does_not_stop_the_rest(db):
    told = []

    def broken() -> None:
        raise ValueError("broken")

    chores = [schedule.Chore(broken, 60), schedule.Chore(lambda: told.append(1), 60)]
    assert schedule.keep(chores) == 2
    assert schedule.keep(chores) == 0  # not due again yet
    assert told == [1]


def test_one_worker_at_a_time_keeps_the_schedule(db, monkeypatch):
    monkeypatch.setattr(schedule, "_locked", lambda function: False)
    assert schedule.keep([schedule.Chore(lambda: None, 60)]) == 0


def test_an_app_can_enlist_a_chore(monkeypatch):
    monkeypatch.setattr(schedule, "CHORES", [])
    chore = schedule.every(seconds=5)(lambda: None)
    assert [(known.do, known.seconds) for known in schedule.CHORES] == [(chore, 5)]


def test_old_records_are_tidied_away(db):
    job = DBTaskResult.objects.get(pk=note.enqueue("old").id)
    job.set_successful(None)
    DBTaskResult.objects.update(finished_at="2020-01-01T00:00Z")
    command.tidy()
    assert not DBTaskResult.objects.exists()


def test_housekeeping_outlives_a_lost_database(db, monkeypatch):
    def lost(suspects):
        raise OperationalError("gone")

    monkeypatch.setattr(presence, "take_over", lost)
    closed = []
    monkeypatch.setattr(command, "connection", SimpleNamespace(close=lambda: closed.append(1)))
    housekeeping = command.Housekeeping()
    monkeypatch.setattr(command, "ROUND", 0)
    housekeeping.stopped = SimpleNamespace(wait=lambda seconds: bool(closed))
    housekeeping.run()
    assert closed == [1]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_loses_the_database_ends_so_that_another_is_started(monkeypatch):
    def lost(self):
        raise OperationalError("gone")

    monkeypatch.setattr(command.Worker, "run", lost)
    monkeypatch.setattr(command.Worker, "configure_signals", lambda self: None)
    with pytest.raises(SystemExit) as ended:
        call_command("worker")
    assert ended.value.code == 1


def test_told_to_stop_it_goes_at_once_or_after_the_job_at_hand(monkeypatch):
    at_rest = command.Worker.__new__(command.Worker)
    at_rest.running, at_rest.running_task = True, False
    with pytest.raises(SystemExit):
        at_rest.shutdown(15, None)
    at_work = command.Worker.__new__(command.Worker)
    at_work.running, at_work.running_task = True, True
    at_work.shutdown(15, None)
    assert at_work.running is False
    assert sys.exc_info() == (None, None, None)
