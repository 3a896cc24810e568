"""All connections to the database ended by an administrator, while lines are logged and read."""

import sys

from bench.faults.load import SHEET, Load, connect, count
from bench.faults.report import Figures, nothing_lost, script
from bench.floor import username
from bench.stand import Stand

EVERYBODY = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def hurt(site: Stand, *, lines: int, people: int, kills: int) -> Figures:
    """End everybody's connection so many times during so many lines; read a page after each."""
    reader = site.sign_in(username(1))
    ended, pages = [], []

    def end(_: int) -> None:
        link = connect(site.database_url, user="postgres")
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(EVERYBODY)
            ended.append(cursor.fetchone()[0])
        link.close()
        pages.append(reader.get(SHEET).status)

    with Load(site, lines, people) as load:
        load.at_each(kills, end)
    counted = count(site.database_url, load.tally.acknowledged)
    return {
        "kills": len(ended),
        "connections_ended": sum(ended),
        "pages_read_at_once_after": pages.count(200),
        **counted,
        **load.tally.figures(),
        "kept": nothing_lost(counted, lines, load.tally.given_up) and set(pages) == {200},
    }


if __name__ == "__main__":
    sys.exit(script("killed_connections", hurt, stands={}, lines=2000, kills=20))
