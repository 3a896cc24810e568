"""Jobs that fail are tried again after growing pauses, and given up where one can see it."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from config import jobs, presence
from escalations.actions.import_failure import STOPPED
from escalations.models import Import
from escalations.tasks import work_on_import


@task()
def fail(words: str) -> None:
    raise ValueError(words)


@task()
def go_away() -> None:
    raise SystemExit(1)


def work_once() -> None:
    call_command("worker", "--once", "--interval", "0")


def due_now(job: DBTaskResult) -> None:
    DBTaskResult.objects.filter(pk=job.pk).update(run_after=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_failing_job_is_tried_again_ever_later_and_then_given_up():
    job = DBTaskResult.objects.get(pk=fail.enqueue("Ana's card is 4111").id)
    pauses = []
    for _ in range(jobs.TRIES - 1):
        before = timezone.now()
        work_once()
        job.refresh_from_db()
        assert job.status == "READY"
        pauses.append(job.run_after - before)
        due_now(job)
    work_once()
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert len(job.worker_ids) == jobs.TRIES
    assert pauses[0] < pauses[1] < pauses[2] < pauses[3]
    assert pauses[-1] < timedelta(minutes=11)
    assert job.exception_class_path == "builtins.ValueError"
    assert "raise ValueError(words)" in job.traceback
    assert "4111" not in job.traceback


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_told_to_stop_is_left_to_the_next_one():
    job = DBTaskResult.objects.get(pk=go_away.enqueue().id)
    jobs_before = timezone.now()
    job.claim("told to stop")
    jobs.note_failure(job, SystemExit(1))
    job.refresh_from_db()
    assert job.status == "READY"
    assert job.run_after - jobs_before < timedelta(seconds=2)


def test_a_failure_that_was_told_is_no_death(db):
    job = DBTaskResult.objects.get(pk=fail.enqueue("no").id)
    for _ in range(4):
        job.claim("living")
        jobs.note_failure(job, ValueError("no"))
    job.claim("gone")
    assert jobs.deaths(job) == 1
    presence.take_over(presence.take_over(set()))
    job.refresh_from_db()
    assert job.status == "READY"


@pytest.fixture
def batch(sam) -> Import:
    return Import.objects.create(program=sam.program, by=sam.user, shift=date(2026, 1, 1))


def test_an_import_that_keeps_killing_its_workers_says_that_it_stopped(batch):
    job = DBTaskResult.objects.get(pk=work_on_import.enqueue(batch.pk).id)
    for _ in range(presence.TRIES):
        job.claim(str(uuid.uuid4()))
    presence.take_over(presence.take_over(set()))
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (Import.State.FAILED, STOPPED)


def test_an_import_that_came_to_its_end_stays_as_it_is(batch):
    Import.objects.update(state=Import.State.DONE)
    job = DBTaskResult.objects.get(pk=work_on_import.enqueue(batch.pk).id)
    jobs.abandon(job)
    batch.refresh_from_db()
    assert batch.state == Import.State.DONE


def test_a_job_whose_task_is_no_more_is_given_up_all_the_same(db):
    job = DBTaskResult.objects.get(pk=fail.enqueue("no").id)
    job.task_path = "people.nowhere.gone"
    jobs.abandon(job)
    assert DBTaskResult.objects.failed().count() == 1
