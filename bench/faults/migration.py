"""A column is added while people log lines and a report reads the same table for seconds."""

import sys
import threading
import time

from bench.faults.load import Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand, run

SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.faults.column.settings"}

LONGEST_WRITE = 1.0
"""Seconds that nobody's line may take longer."""


def read_slowly(site: Stand, seconds: float) -> None:
    """Hold the table as a long report does: a transaction that has read it and goes on."""
    link = connect(site.database_url)
    with link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM escalations_escalation")
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
    link.rollback()
    link.close()


def migrate(site: Stand, *target: str) -> float:
    """Run the real command; return the seconds it took."""
    began = time.monotonic()
    command = [sys.executable, "manage.py", "migrate", "column", *target, "--no-input"]
    run(command, {**site.environ, **SETTINGS})
    return round(time.monotonic() - began, 2)


def hurt(site: Stand, *, reader: float, people: int) -> Figures:
    """Add the column while somebody reads for so many seconds; take it away again afterwards."""
    load = Load(site, 10**6, people)
    slow = threading.Thread(target=read_slowly, args=(site, reader))
    with load:
        time.sleep(1)
        slow.start()
        time.sleep(0.2)
        took = migrate(site)
        slow.join()
        time.sleep(1)
        load.stopped.set()
    counted = count(site.database_url, load.tally.acknowledged)
    migrate(site, "zero")
    longest = max(load.tally.waited)
    whole = nothing_lost(counted, counted["acknowledged"], load.tally.given_up)
    return {
        "migration_s": took,
        "longest_write_s": round(longest, 3),
        **counted,
        **load.tally.figures(),
        "kept": whole and longest <= LONGEST_WRITE,
    }


if __name__ == "__main__":
    sys.exit(script("migration", hurt, people=4, stands={}, reader=5.0))
