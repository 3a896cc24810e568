"""Jobs that fail are tried again after growing pauses, and then given up where one can see it.

The record of a job keeps what went wrong, the kind of error and the places in the source, but
never its words: those may hold what people typed.
"""

from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from traceback import format_tb
from typing import Any

import structlog
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

log = structlog.get_logger("tala.worker")

TRIES = 6
"""How often a job is begun, by whichever worker, before it counts as failed."""

PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
"""Before the second try, the third …; the last one again and again."""


AGAIN = ("worker_ids", "status", "started_at", "run_after")

NOTED = "failed: "
"""Stands before a worker's id in a job's record when that worker lived to tell what went wrong."""


def deaths(job: DBTaskResult[Any, Any]) -> int:
    """Return how many workers died over a job, the one that has it now included."""
    return sum(not worker.startswith(NOTED) for worker in job.worker_ids)


def pause_after(begun: int) -> timedelta:
    """How long to wait after a job failed that was begun so often."""
    return PAUSES[min(begun, len(PAUSES)) - 1]


def note_failure(job: DBTaskResult[Any, Any], error: BaseException) -> None:
    """Have a job that raised `error` tried again later, or give it up.

    A worker that was told to stop in the midst leaves the job for the next one at once.
    """
    job.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    job.traceback = "".join(format_tb(error.__traceback__))
    if isinstance(error, SystemExit | KeyboardInterrupt):
        _again(job, timedelta(0))
    elif len(job.worker_ids) < TRIES:
        _again(job, pause_after(len(job.worker_ids)))
    else:
        give_up(job)


def _again(job: DBTaskResult[Any, Any], pause: timedelta) -> None:
    job.worker_ids = [*job.worker_ids[:-1], f"{NOTED}{job.worker_ids[-1]}"]
    job.status, job.started_at, job.run_after = "READY", None, timezone.now() + pause
    job.save(update_fields=[*AGAIN, "exception_class_path", "traceback"])
    kind = job.exception_class_path
    log.warning("job tried again later", job=str(job.id), task=job.task_path, kind=kind)


def abandon(job: DBTaskResult[Any, Any]) -> None:
    """Give up a job over which its workers keep dying."""
    job.exception_class_path, job.traceback = "its worker died", ""
    give_up(job)


def give_up(job: DBTaskResult[Any, Any]) -> None:
    """Count a job as failed for good, and let the app say so where its person looks.

    The task's module may have a table `GIVEN_UP`: the task's name → what to do with its arguments.
    """
    job.status, job.finished_at, job.return_value = "FAILED", timezone.now(), None
    outcome = ("status", "finished_at", "return_value", "exception_class_path", "traceback")
    job.save(update_fields=outcome)
    log.error("job given up", job=str(job.id), task=job.task_path, kind=job.exception_class_path)
    module, _, name = job.task_path.rpartition(".")
    with suppress(ImportError):  # its task is no more
        if tell := getattr(import_module(module), "GIVEN_UP", {}).get(name):
            tell(*job.args_kwargs["args"])
