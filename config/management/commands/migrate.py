"""`manage.py migrate`, polite: it never makes people wait behind it, and tries again instead.

A migration that waits for a table has everybody who comes later wait behind it, readers too. So
it waits a moment only, lets the others through, and tries again. A migration that is not one
transaction builds indexes concurrently: that blocks nobody, and may wait.
"""

import time
from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import Error, OperationalError, connections

from config.timeouts import MIGRATION_LOCK_MS, MIGRATION_PATIENCE, MIGRATION_PAUSE
from people.retries import code_of

TRY_AGAIN = frozenset({"55P03", "40P01"})
"""PostgreSQL's codes for a lock that could not be had in time, and for a deadlock."""


class Command(migrate.Command):
    """Django's own, with a short lock_timeout and many tries."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; a migration that could not get its locks has changed nothing."""
        self.connection = connections[options["database"]]
        deadline = time.monotonic() + MIGRATION_PATIENCE
        tries = 1
        while True:
            try:
                super().handle(*args, **options)
            except OperationalError as error:
                if code_of(error) not in TRY_AGAIN:
                    raise
                if time.monotonic() > deadline:
                    raise CommandError(
                        f"Others were at the tables for {MIGRATION_PATIENCE} s, in {tries} tries: "
                        "nothing was changed by this migration. Try again when it is quieter."
                    ) from error
                tries += 1
                time.sleep(MIGRATION_PAUSE)
            else:
                return
            finally:
                self._wait_for_locks("DEFAULT")

    def migration_progress_callback(self, action: str, migration: Any = None, *more: Any) -> None:
        """Before each migration, say how long it may wait for a table."""
        if action in {"apply_start", "unapply_start"}:
            self._wait_for_locks(f"{MIGRATION_LOCK_MS}" if migration.atomic else "0")
        super().migration_progress_callback(action, migration, *more)

    def _wait_for_locks(self, milliseconds: str) -> None:
        with suppress(Error), self.connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout TO {milliseconds}")
