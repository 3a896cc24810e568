"""What `manage.py` does before Django: the database it needs, and how long a statement may take."""

import os
from collections.abc import Sequence

from config.database import DatabaseRefused, data_dir, is_embedded

WITHOUT_DATABASE = {"check", "collectstatic", "help", "version", "--help", "--version", "startapp"}

STATEMENT_TIMEOUTS_MS = {"worker": "600000"}
"""A page may take the 30 s of config/database.py, a background job ten minutes, a command all."""


def main(arguments: Sequence[str]) -> int:
    """Run one management command; the embedded PostgreSQL is started for it where it rests."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = arguments[1] if len(arguments) > 1 else "help"
    os.environ.setdefault("STATEMENT_TIMEOUT_MS", STATEMENT_TIMEOUTS_MS.get(command, "0"))
    from django.core.management import execute_from_command_line

    stop = None
    try:
        if is_embedded() and command not in WITHOUT_DATABASE:
            stop = _wake()
        execute_from_command_line(list(arguments))
    except DatabaseRefused as refusal:
        os.write(2, f"{refusal}\n".encode())
        return 1
    finally:
        if stop:
            stop()
    return 0


def _wake():  # type: ignore[no-untyped-def]
    """Start the embedded PostgreSQL if it was made before and rests; return how to stop it."""
    from config.cluster import Cluster

    cluster = Cluster(data_dir())
    return cluster.stop if cluster.exists and cluster.start() else None
