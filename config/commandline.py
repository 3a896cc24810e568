"""What `manage.py` does before Django: the database it needs, and how long a statement may take."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from config.cluster import Cluster
from config.database import DatabaseRefused, data_dir, is_embedded
from config.timeouts import WORKER_STATEMENT_MS

WITHOUT_DATABASE = {"check", "collectstatic", "help", "version", "--help", "--version", "startapp"}

STATEMENT_TIMEOUTS_MS = {"worker": str(WORKER_STATEMENT_MS)}
"""A page and a background job have their limits (config/timeouts.py), other commands none."""


def main(arguments: Sequence[str]) -> int:
    """Run one management command; the embedded PostgreSQL is started for it where it rests."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = arguments[1] if len(arguments) > 1 else "help"
    os.environ.setdefault("STATEMENT_TIMEOUT_MS", STATEMENT_TIMEOUTS_MS.get(command, "0"))
    from django.core.management import execute_from_command_line

    try:
        with ExitStack() as held:
            rests = is_embedded() and not os.environ.get("TALA_SUPERVISED")
            if rests and command not in WITHOUT_DATABASE:
                _wake(held)
            execute_from_command_line(list(arguments))
    except DatabaseRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def _wake(held: ExitStack) -> None:
    """Start the embedded PostgreSQL where it rests; the last who needed it stops it again."""
    cluster = Cluster(data_dir())
    if cluster.exists:
        held.enter_context(cluster.needed())
        cluster.start()
