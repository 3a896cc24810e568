"""Whatever is killed while people log, what they were told is saved is there, once: short forms.

The full ones, and what they measured: bench/faults/ and docs/reliability.md.
"""

from collections.abc import Iterator

import pytest

from bench.faults import (
    database_restarts,
    dropped_answers,
    killed_connections,
    killed_workers,
)
from bench.stand import Stand, stand

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

PEOPLE = 3


@pytest.fixture(scope="module")
def site() -> Iterator[Stand]:
    """The production server on a database that is as safe as a real one."""
    with stand(smes=PEOPLE) as site:
        yield site


def test_dropped_answers_lose_and_double_nothing(site: Stand) -> None:
    figures = dropped_answers.hurt(site, lines=60, people=PEOPLE, share=0.2)
    assert figures["kept"], figures
    assert figures["dropped"] > 0


def test_killed_web_workers_lose_and_double_nothing(site: Stand) -> None:
    figures = killed_workers.hurt(site, lines=60, people=PEOPLE, kills=4)
    assert figures["kept"], figures


def test_killed_connections_lose_nothing_and_pages_come_at_once(site: Stand) -> None:
    figures = killed_connections.hurt(site, lines=60, people=PEOPLE, kills=4)
    assert figures["kept"], figures


def test_a_restarted_database_loses_nothing_and_the_site_is_back_in_three_seconds(
    site: Stand,
) -> None:
    figures = database_restarts.hurt(site, lines=60, people=PEOPLE, restarts=1)
    assert figures["kept"], figures
