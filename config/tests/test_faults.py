"""Whatever is killed while people log, what they were told is saved is there, once: short forms.

The full ones, and what they measured: bench/faults/ and docs/reliability.md.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bench.faults import (
    backup_under_load,
    clock_steps,
    database_restarts,
    deadlocks,
    deploy_reload,
    disk_full,
    dropped_answers,
    killed_connections,
    killed_workers,
    migration,
)
from bench.faults.__main__ import rows
from bench.stand import Stand, stand

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

PEOPLE = 3


def kept(name: str, figures: dict[str, Any]) -> None:
    """The promise held, and the table of the docs can say so."""
    assert figures["kept"], figures
    assert all(f"`{name}`" in row for row in rows(name, figures))


@pytest.fixture(scope="module")
def site() -> Iterator[Stand]:
    """The production server on a database that is as safe as a real one."""
    with stand(smes=PEOPLE) as site:
        yield site


def test_dropped_answers_lose_and_double_nothing(site: Stand) -> None:
    figures = dropped_answers.hurt(site, lines=60, people=PEOPLE, share=0.2)
    kept("dropped_answers", figures)
    assert figures["dropped"] > 0


def test_killed_web_workers_lose_and_double_nothing(site: Stand) -> None:
    kept("killed_workers", killed_workers.hurt(site, lines=60, people=PEOPLE, kills=4))


def test_killed_connections_lose_nothing_and_pages_come_at_once(site: Stand) -> None:
    kept("killed_connections", killed_connections.hurt(site, lines=60, people=PEOPLE, kills=4))


def test_a_restarted_database_loses_nothing_and_the_site_is_back_soon(
    site: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_restarts, "BACK", 15.0)  # other tests run beside this one
    kept("database_restarts", database_restarts.hurt(site, lines=60, people=PEOPLE, restarts=1))


def test_deadlocks_are_not_noticed(site: Stand) -> None:
    kept("deadlocks", deadlocks.hurt(site, lines=20, people=PEOPLE))


def test_a_migration_makes_nobody_wait(site: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "LONGEST_WRITE", 5.0)  # other tests run beside this one
    kept("migration", migration.hurt(site, reader=1.5, people=PEOPLE))


def test_a_backup_under_load_has_every_line_acknowledged_before_it(site: Stand) -> None:
    kept("backup_under_load", backup_under_load.hurt(site, seconds=2, people=PEOPLE))


def test_a_restarted_web_server_refuses_nobody(site: Stand) -> None:
    kept("deploy_reload", deploy_reload.hurt(site, reloads=1, handovers=0, people=PEOPLE))


def test_a_clock_that_steps_harms_nothing() -> None:
    kept("clock_steps", clock_steps.hurt(people=2, seconds=0.5))


def test_a_full_disk_refuses_in_words_and_pages_are_read() -> None:
    try:
        figures = disk_full.hurt(people=2, seconds=4.5, unguarded=0)
    except disk_full.NoSmallDisk as reason:
        pytest.skip(str(reason))
    kept("disk_full", figures)
