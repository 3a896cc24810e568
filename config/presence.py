"""Who works in the background right now: every worker holds a lock that dies with it, and beats.

No table is written for it. A worker keeps one database connection on which it holds an advisory
lock named after its id, and asks something trivial every few seconds: PostgreSQL itself knows
then who is there (the lock) and when it last beat (the connection's last state change).
"""

import threading
from contextlib import suppress

import structlog
from django.db import connection, transaction
from django.db.utils import Error
from django_tasks_db.models import DBTaskResult

from config import jobs

BEAT = 5.0
"""Seconds between two beats."""

SILENT = "30 seconds"
"""After so long without a beat a worker counts as gone, though its connection may stand."""

TRIES = 3
"""How often a job is begun whose worker dies over it, before it counts as failed."""

_CLASS = 0x7A1A
"""The first half of the advisory locks' name; the second is the worker's id, hashed."""

_ALIVE = f"""
    SELECT held.objid::bigint FROM pg_locks held JOIN pg_stat_activity talk USING (pid)
    WHERE held.locktype = 'advisory' AND held.classid = {_CLASS} AND held.granted
    AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND talk.state_change > clock_timestamp() - interval '{SILENT}'
"""  # noqa: S608

_DEAD = f"""
    SELECT id FROM {DBTaskResult._meta.db_table} WHERE status = 'RUNNING'
    AND hashtext(worker_ids->>-1)::bigint & 4294967295 NOT IN ({_ALIVE})
"""  # noqa: S608

log = structlog.get_logger("tala.worker")


class Presence(threading.Thread):
    """The beating heart of one worker; ends with its process."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="presence", daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self) -> None:
        """Hold the lock and beat; after a lost connection, on a new one."""
        while not self.stopped.is_set():
            with suppress(Error):
                self.hold()
                while not self.stopped.wait(BEAT):
                    with connection.cursor() as cursor:
                        cursor.execute("SELECT 1")
            with suppress(Error):
                connection.close()
            self.stopped.wait(1)

    def hold(self) -> None:
        """Take the lock that says that this worker lives."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_CLASS, self.worker_id]
            )


def is_anyone_working() -> bool:
    """Tell whether at least one worker lives; for the health page."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({_ALIVE})")
        return bool(cursor.fetchone()[0])


@transaction.atomic
def take_over(suspects: set[str]) -> set[str]:
    """Make the jobs of dead workers ready again; return those to be suspected next time.

    A job is taken over the second time it is found without its worker, as a worker may be just
    about to come back on a new connection. After TRIES beginnings it counts as failed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DEAD)
        ids = [row[0] for row in cursor.fetchall()]
    orphaned = DBTaskResult.objects.running().filter(pk__in=ids).order_by("pk")
    dead = list(orphaned.select_for_update(skip_locked=True))
    for job in dead:
        if str(job.id) not in suspects:
            continue
        if jobs.deaths(job) < TRIES:
            job.status, job.started_at = "READY", None
            job.save(update_fields=["status", "started_at"])
            log.warning("job taken over", job=str(job.id), task=job.task_path)
        else:
            jobs.abandon(job)
    return {str(job.id) for job in dead}
