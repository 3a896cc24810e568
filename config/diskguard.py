"""A full disk is met before it is full: reading goes on, saving is refused in words.

PostgreSQL that cannot write its log any more stops altogether, and reading with it. So the
embedded one is told to take no changes while there is still room, and to take them again later.
"""

import time
from contextlib import suppress

import psutil
import psycopg2

from config.cluster import Cluster
from config.timeouts import CONNECT

LOW = 128 * 2**20
"""Free bytes under which nothing more is saved."""

ENOUGH = 192 * 2**20
"""Free bytes above which saving begins again."""

ROUND = 1.0
"""Seconds between two looks: an import writes some 20 MB meanwhile."""


class DiskGuard:
    """Looks at the disk of one embedded cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.is_closed: bool | None = None
        self.due = 0.0

    def look(self) -> str:
        """Look, once a second at most; return what to tell the person at the terminal, if any."""
        if time.monotonic() < self.due:
            return ""
        self.due = time.monotonic() + ROUND
        free = psutil.disk_usage(str(self.cluster.files)).free
        should_close = free < (ENOUGH if self.is_closed else LOW)
        if should_close is self.is_closed:
            return ""
        was, self.is_closed = self.is_closed, None
        with suppress(psycopg2.Error):
            self._take_changes(not should_close)
            self.is_closed = should_close
        if self.is_closed:
            return f"The disk is nearly full ({free >> 20} MB left): nothing is saved for now."
        return "There is room on the disk again: saving goes on." if was else ""

    def _take_changes(self, yes: bool) -> None:  # noqa: FBT001
        """Tell PostgreSQL, for every connection that there is and that will be."""
        link = psycopg2.connect(
            host=str(self.cluster.socket),
            user="postgres",
            dbname="postgres",
            connect_timeout=CONNECT,
        )
        link.autocommit = True
        value = "off" if yes else "on"
        with link.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only TO off")
            cursor.execute(f"ALTER SYSTEM SET default_transaction_read_only TO {value}")
            cursor.execute("SELECT pg_reload_conf()")
        link.close()
