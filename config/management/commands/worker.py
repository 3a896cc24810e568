"""`manage.py worker`: does the background jobs, sends the mail, keeps the schedule, takes over."""

import sys
import threading
from argparse import ArgumentParser
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

import structlog
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.utils import Error, InterfaceError, InternalError, OperationalError
from django.utils.crypto import get_random_string
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult

from config import jobs, presence, schedule
from config.behind import step_behind
from config.postman import Postman
from config.presence import Presence
from config.timeouts import GRACE

log = structlog.get_logger("tala.worker")

ROUND = 8.0
"""Seconds between two looks at the schedule and at what dead workers left."""

KEPT_DAYS = 14
"""How long the record of a finished job is kept."""


@schedule.every(seconds=24 * 3600)
def tidy() -> None:
    """Remove the records of old jobs and of sessions that ended."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)
    call_command("clearsessions")


class Worker(DatabaseWorker):
    """The database's worker: quiet about being stopped, and trying again what failed."""

    def run_task(self, job: DBTaskResult[Any, Any]) -> None:
        """Do the job; when it fails, it is tried again later or given up (config/jobs.py)."""
        job.set_failed = partial(jobs.note_failure, job)  # type: ignore[method-assign]
        super().run_task(job)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job at hand and go; go at once if there is none."""
        self.running = False
        if not self.running_task:
            sys.exit(0)


class Housekeeping(threading.Thread):
    """Keeps the schedule and takes over dead workers' jobs, beside the job at hand."""

    def __init__(self) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self.stopped = threading.Event()
        self.suspects: set[str] = set()

    def run(self) -> None:
        """Go round until the process ends."""
        while not self.stopped.wait(ROUND):
            self.go_round()

    def go_round(self) -> None:
        """Do one round; a lost connection is opened anew for the next one."""
        try:
            self.suspects = presence.take_over(self.suspects)
            schedule.keep()
        except Error:
            log.warning("housekeeping lost the database")
            with suppress(Error):
                connection.close()


class Command(BaseCommand):
    """Run until told to stop, or until nothing is left to do."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--once`, for tests and for a cron job in place of a process, and `--nice`."""
        parser.add_argument("--once", action="store_true", help="stop when no job is left")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks")

        parser.add_argument("--nice", type=int, default=0, help="how far behind the pages to run")

    def handle(self, *, once: bool, interval: float, nice: int, **options: object) -> None:
        """Start the companions and work."""
        if nice:
            step_behind(nice)
        autodiscover_modules("schedule")
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        heart = Presence(worker.worker_id)
        heart.start()
        housekeeping = Housekeeping()
        housekeeping.go_round()
        postman = Postman(worker.worker_id)
        if not once:
            worker.configure_signals()
            housekeeping.start()
            postman.start()
        try:
            worker.run()
            if once:
                postman.go_round()
        except (OperationalError, InterfaceError, InternalError):
            # A new process has a new id: the job at hand is then found and taken over.
            log.warning("worker lost the database")
            sys.exit(1)
        finally:
            companions: dict[Presence | Housekeeping | Postman, float]
            companions = {heart: 2.0, housekeeping: 2.0, postman: GRACE - 3.0}
            for companion in companions:
                companion.stopped.set()
            for companion, seconds in companions.items():
                if companion.is_alive():
                    companion.join(seconds)  # the postman may be in the midst of a mail
