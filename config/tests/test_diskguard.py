"""Before the disk is full nothing more is saved, reading goes on, and later all goes on again."""

from types import SimpleNamespace

import psycopg2
import pytest

from config import diskguard
from config.diskguard import ENOUGH, LOW, DiskGuard
from config.throwaway import throwaway


@pytest.fixture(scope="module")
def cluster():
    with throwaway() as cluster:
        yield cluster


@pytest.fixture
def guard(cluster, monkeypatch):
    monkeypatch.setattr(diskguard, "ROUND", 0)
    return DiskGuard(cluster)


def with_free(monkeypatch, free: int) -> None:
    usage = SimpleNamespace(free=free)
    monkeypatch.setattr(diskguard.psutil, "disk_usage", lambda path: usage)


def is_read_only(link) -> bool:
    with link, link.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return cursor.fetchone()[0] == "on"


def settles(link, wanted: bool) -> bool:
    """Whether an open session gets to know: PostgreSQL tells it before its next statement."""
    return any(is_read_only(link) is wanted for _ in range(500))


def test_who_is_connected_already_is_refused_and_let_in_again(guard, cluster, monkeypatch):
    link = psycopg2.connect(host=str(cluster.socket), user="tala", dbname="tala")
    with_free(monkeypatch, ENOUGH + 1)
    assert guard.look() == ""
    with_free(monkeypatch, LOW - 1)
    assert "nearly full (127 MB left)" in guard.look()
    assert settles(link, True)
    assert guard.look() == ""
    with_free(monkeypatch, LOW + 1)  # not enough yet to begin again
    assert guard.look() == ""
    with_free(monkeypatch, ENOUGH + 1)
    assert "saving goes on" in guard.look()
    assert settles(link, False)
    link.close()


def test_what_an_earlier_run_left_closed_is_opened(cluster, monkeypatch):
    with_free(monkeypatch, LOW - 1)
    assert DiskGuard(cluster).look()
    with_free(monkeypatch, ENOUGH + 1)
    assert DiskGuard(cluster).look() == ""
    link = psycopg2.connect(host=str(cluster.socket), user="tala", dbname="tala")
    assert settles(link, False)
    link.close()


def test_it_looks_once_a_second(cluster, monkeypatch):
    guard = DiskGuard(cluster)
    with_free(monkeypatch, ENOUGH + 1)
    guard.look()
    with_free(monkeypatch, 0)
    assert guard.look() == ""


def test_a_database_that_is_away_is_told_later(guard, monkeypatch):
    def away(*args, **kwargs):
        raise psycopg2.OperationalError("away")

    with_free(monkeypatch, 0)
    with monkeypatch.context() as for_now:
        for_now.setattr(diskguard.psycopg2, "connect", away)
        assert guard.look() == ""
    assert "nearly full" in guard.look()
    with_free(monkeypatch, ENOUGH + 1)
    assert guard.look()
