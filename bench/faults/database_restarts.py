"""PostgreSQL restarted as by a crash while lines are logged: how soon is the site back?"""

import sys
import time

import psycopg2

from bench.faults.load import SHEET, Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.floor import username
from bench.stand import Stand
from config import binaries

BACK = 3.0
"""Seconds after the database in which a page must be there."""


def restart(site: Stand) -> None:
    """`pg_ctl restart -m immediate`: no checkpoint, as if the process had been killed."""
    assert site.cluster  # noqa: S101
    cluster = site.cluster
    command = [cluster.programs / "pg_ctl", "restart", "-W", "-s", "-m", "immediate"]
    command += ["-D", cluster.files, "-l", cluster.files / "server.log"]
    binaries.run(command, cluster.account)


def wait_for_database(url: str) -> float:
    """Wait until the database answers a question; return when that was (monotonic seconds)."""
    while True:
        try:
            link = connect(url)
        except psycopg2.OperationalError:
            time.sleep(0.005)
            continue
        link.close()
        return time.monotonic()


def hurt(site: Stand, *, lines: int, people: int, restarts: int) -> Figures:
    """Restart PostgreSQL so many times during so many lines."""
    reader = site.sign_in(username(1))
    away, behind = [], []

    def once(_: int) -> None:
        began = time.monotonic()
        restart(site)
        back = wait_for_database(site.database_url)
        away.append(round(back - began, 3))
        while reader.get(SHEET).status != 200:
            time.sleep(0.01)
        behind.append(round(time.monotonic() - back, 3))

    with Load(site, lines, people) as load:
        load.at_each(restarts, once)
    counted = count(site.database_url, load.tally.acknowledged)
    return {
        "database_away_s": away,
        "page_after_database_s": behind,
        **counted,
        **load.tally.figures(),
        "kept": nothing_lost(counted, lines, load.tally.given_up) and max(behind) <= BACK,
    }


if __name__ == "__main__":
    sys.exit(script("database_restarts", hurt, stands={}, lines=1500, restarts=5))
