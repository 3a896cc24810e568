"""`/healthz`: how database, worker, mail, migrations, backups are; a word each, no secrets."""

import time
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.presence import is_anyone_working
from people.models import Message
from people.retries import code_of

OLD = 26 * 3600
"""Seconds after which a daily backup is overdue."""

_SPILL = """
    SELECT count(*) FROM
    (SELECT n FROM generate_series(1, 4000) n ORDER BY md5(n::text) OFFSET 0) spilled
"""
"""A sort too big for the least memory: it writes some 200 kB to the disk and leaves nothing."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while pages can be read, 503 when the database does not answer.

    What else is amiss is only reported: people can log all the same, jobs wait in the database.
    """
    unknown = dict.fromkeys(("worker", "mail", "migrations"), "unknown")
    said = {"database": "down", **unknown, "backup": backups()}
    try:
        connection.ensure_connection()
        said["worker"] = "running" if is_anyone_working() else "not running"
        said["mail"] = "late" if Message.objects.late() else "flowing"
        said["migrations"] = "pending" if is_migration_pending() else "done"
        said["database"] = how_is_the_database()
    except Error:
        connection.close()
        return JsonResponse(said, status=503)
    return JsonResponse(said)


def how_is_the_database() -> str:
    """Return "up", "read only" or "disk full"; raises Error when it does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('transaction_read_only')")
            if cursor.fetchone()[0] == "on":
                return "read only"
            cursor.execute("SELECT set_config('work_mem', '64kB', false)")
            try:
                cursor.execute(_SPILL)
            finally:
                cursor.execute("RESET work_mem")
    except Error as error:
        if code_of(error) != "53100":
            raise
        return "disk full"
    return "up"


@cache
def _migrations_here() -> frozenset[tuple[str, str]]:
    """The migrations of this source: looked for once per process."""
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations)


def is_migration_pending() -> bool:
    """Tell whether this source has migrations that the database has not."""
    labels = {config.label for config in apps.get_app_configs()}
    wanted = {known for known in _migrations_here() if known[0] in labels}
    return bool(wanted - MigrationRecorder(connection).applied_migrations().keys())


def backups() -> str:
    """Return "fresh", "old" or "none" for the newest backup in the run's own folder."""
    folder = Path(settings.DATA_DIR) / "backups"
    try:
        newest = max(path.stat().st_mtime for path in folder.glob("*.zip"))
    except (OSError, ValueError):
        return "none"
    return "old" if time.time() - newest > OLD else "fresh"
