"""Deadlocks forced on people who log, then every transaction serializable: nothing is noticed."""

import sys
import threading
import time
from typing import Any

import psycopg2

from bench.faults.killed_connections import EVERYBODY
from bench.faults.load import Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand

ISOLATION = "ALTER DATABASE tala SET default_transaction_isolation TO '{level}'"


class Adversary(threading.Thread):
    """Takes locks the other way round than logging a line does: first agents, then the number."""

    def __init__(self, site: Stand) -> None:
        super().__init__(daemon=True)
        self.link = connect(site.database_url)
        self.stopped = threading.Event()
        self.beaten = 0

    def run(self) -> None:
        while not self.stopped.wait(0.1):
            try:
                with self.link, self.link.cursor() as cursor:
                    cursor.execute("SELECT id FROM people_agent FOR UPDATE")
                    time.sleep(0.1)
                    cursor.execute("UPDATE escalations_numbering SET last = last")
            except psycopg2.errors.DeadlockDetected:
                self.beaten += 1
        self.link.close()


def ask(site: Stand, *statements: str) -> Any:
    """Run statements as the database's owner; return the first value of the last one."""
    link = connect(site.database_url, user="postgres")
    link.autocommit = True
    with link.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        found = cursor.fetchone()[0] if cursor.description else None
    link.close()
    return found


def deadlocks(site: Stand) -> int:
    """How many deadlocks PostgreSQL has found in the site's database."""
    time.sleep(1.1)  # sessions report once a second
    return int(ask(site, "SELECT deadlocks FROM pg_stat_database WHERE datname = 'tala'"))


def tally(site: Stand, load: Load, known: int) -> Figures:
    """The figures of one load: given the lines that were in the log before it."""
    counted = count(site.database_url, load.tally.acknowledged)
    kept = nothing_lost(counted, load.lines, load.tally.given_up)
    return {**counted, "before": known, **load.tally.figures(), "kept": kept}


def hurt(site: Stand, *, people: int, lines: int) -> Figures:
    """Log so many lines against an adversary, then as many serializable."""
    before = deadlocks(site)
    adversary = Adversary(site)
    with Load(site, lines, people) as load:
        adversary.start()
    adversary.stopped.set()
    adversary.join()
    met = {
        "deadlocks": deadlocks(site) - before,
        "of_those_the_adversary_lost": adversary.beaten,
        **tally(site, load, 0),
    }
    try:
        ask(site, ISOLATION.format(level="serializable"), EVERYBODY)
        with Load(site, lines, people) as load:
            pass
    finally:
        ask(site, ISOLATION.format(level="read committed"), EVERYBODY)
    serializable = tally(site, load, met["in_the_log"])
    kept = met["kept"] and serializable["kept"] and met["deadlocks"] > 0
    return {"deadlocked": met, "serializable": serializable, "kept": kept}


if __name__ == "__main__":
    sys.exit(script("deadlocks", hurt, stands={}, lines=400))
