"""The database of a run: which one is used, and the embedded PostgreSQL through all its deaths."""

import os
import pwd
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from config import binaries, database
from config.cluster import Cluster
from config.database import DatabaseRefused, from_url, settings_dict
from config.throwaway import throwaway_cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands PostgreSQL to another")


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that PostgreSQL's account can enter, as a project's folder usually is."""
    folder = Path("/tmp") / f"tala-room-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir(mode=0o755)
    yield folder
    binaries.shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def cluster(room: Path) -> Iterator[Cluster]:
    """A running cluster of its own."""
    cluster = Cluster(room / "data", durable=False, outside=room / "outside")
    cluster.start()
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, question: str) -> object:
    link = psycopg2.connect(cluster.url())
    with link.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()[0]
    link.close()
    return answer


def test_django_speaks_through_psycopg2():
    assert is_psycopg3 is False


def test_pages_have_limits_and_check_their_connection(db):
    given = settings_dict({"DATABASE_URL": "postgres://ana:s%40fe@db.example:6543/floor"})
    assert (given["USER"], given["PASSWORD"], given["HOST"]) == ("ana", "s@fe", "db.example")
    assert (given["PORT"], given["NAME"]) == ("6543", "floor")
    assert given["CONN_HEALTH_CHECKS"]
    assert given["CONN_MAX_AGE"] > 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting::int FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]],
        )
        assert all(milliseconds > 0 for _, milliseconds in cursor.fetchall())


def test_a_command_may_lift_the_statement_limit():
    given = settings_dict({"STATEMENT_TIMEOUT_MS": "0", "DATABASE_URL": "postgres:///floor"})
    assert "statement_timeout=0" in given["OPTIONS"]["options"]


def test_own_options_are_kept_beside_ours():
    url = "postgres://h/floor?sslmode=require&options=-c%20search_path%3Dtala"
    options = settings_dict({"DATABASE_URL": url})["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["options"].endswith("-c search_path=tala")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgres:///floor?host=/run/Pg", "/run/Pg"),
        ("postgres://ana@%2Frun%2FPg/floor", "/run/Pg"),
        ("postgres:////run/Pg/floor", "/run/Pg"),
        ("postgresql://ana@[::1]:5432/floor", "::1"),
    ],
)
def test_a_socket_is_written_in_any_of_the_usual_ways(url, host):
    assert (from_url(url)["HOST"], from_url(url)["NAME"]) == (host, "floor")


@pytest.mark.parametrize(
    "url",
    ["mysql://ana:secret@h/floor", "postgres://ana:secret@h/", "postgres://ana:secret@h:x/floor"],
)
def test_a_wrong_address_is_refused_without_showing_the_password(url):
    with pytest.raises(DatabaseRefused) as refused:
        from_url(url)
    assert "DATABASE_URL" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_embedded_database_is_used_without_an_address(room):
    given = settings_dict({"TALA_DATA": str(room)})
    assert given["HOST"] == str(room / "socket")
    assert database.is_embedded({})
    assert not database.is_embedded({"DATABASE_URL": "postgres:///floor"})
    assert not database.is_embedded({"TALA_TESTING": "1"})


def test_a_deep_folder_gets_a_short_socket():
    deep = Path("/srv") / ("deep/" * 30)
    assert len(os.fsencode(database.socket_dir(deep) / ".s.PGSQL.5432.lock")) < 107
    assert database.socket_dir(deep) != database.socket_dir(deep / "er")


def test_the_secret_key_is_made_once_and_closed(room):
    database.keep_secret_key(room / "data")
    first = (room / "data" / "secret_key").read_text()
    database.keep_secret_key(room / "data")
    assert (room / "data" / "secret_key").read_text() == first
    assert len(first) > 50
    assert stat.S_IMODE((room / "data" / "secret_key").stat().st_mode) == 0o600


def test_the_cluster_is_ours_alone_and_no_superuser(cluster):
    assert ask(cluster, "SELECT current_setting('server_encoding')") == "UTF8"
    assert ask(cluster, "SELECT current_setting('listen_addresses')") == ""
    assert ask(cluster, "SELECT current_setting('is_superuser')") == "off"
    assert stat.S_IMODE(cluster.socket.stat().st_mode) == 0o700
    assert cluster.start() is False  # it runs already


def test_postgres_killed_with_its_children_left_is_recovered(cluster, monkeypatch):
    monkeypatch.setattr("config.cluster.ORPHANS", 0.5)
    ask(cluster, "SELECT 1")
    children = psutil.Process(cluster.pid()).children()
    for child in children[:2]:
        child.suspend()  # so that it cannot notice by itself
    os.kill(cluster.pid(), signal.SIGKILL)
    while cluster.pid():
        time.sleep(0.05)
    assert cluster.start() is True
    assert ask(cluster, "SELECT 1") == 1


def test_a_number_that_is_somebody_elses_by_now_is_no_postgres(cluster):
    cluster.stop()
    (cluster.files / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.pid() is None
    assert cluster.start() is True


def test_a_postgres_that_hangs_is_replaced(cluster, monkeypatch):
    before = cluster.pid()
    monkeypatch.setattr(Cluster, "_answers", lambda self: False)
    assert cluster.start() is True
    assert cluster.pid() != before


def test_an_interrupted_first_start_begins_again(room):
    cluster = Cluster(room / "data", durable=False)
    (cluster.base / "postgres.new").mkdir()
    (cluster.base / "postgres.new" / "half").touch()
    (cluster.base / "postgres").mkdir()
    with throw_away(cluster):
        assert ask(cluster, "SELECT 1") == 1
        assert (cluster.base / "first-start").exists()
        assert list(cluster.base.glob("postgres.broken-*"))


def test_the_files_of_another_major_version_are_refused_in_a_sentence(cluster):
    cluster.stop()
    (cluster.files / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseRefused, match="was made by PostgreSQL 9, this is PostgreSQL"):
        cluster.start()


def test_what_postgres_complains_of_is_passed_on(cluster):
    cluster.stop()
    with (cluster.files / "postgresql.conf").open("a") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(DatabaseRefused, match=r"PostgreSQL did not start: .*server\.log"):
        cluster.start()


def test_the_last_to_leave_stops_it(cluster):
    with cluster.needed():
        with Cluster(cluster.data).needed():
            pass
        assert cluster.pid()
    assert cluster.pid() is None


@as_root
def test_a_closed_folder_of_root_keeps_its_permissions(room):
    closed = room / "root"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "data", durable=False, outside=room / "outside")
    with throw_away(cluster):
        assert cluster.base.parent == room / "outside"
        assert ask(cluster, "SELECT 1") == 1
        assert Cluster(closed / "data").base == cluster.base
        assert settings_dict({"TALA_DATA": str(closed / "data")})["HOST"] == str(cluster.socket)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_programs_out_of_reach_are_copied(room):
    closed = room / "closed"
    closed.mkdir(mode=0o700)
    package = binaries._wheel().parent.parent
    binaries.shutil.copytree(package, closed / package.name, symlinks=True)
    account = binaries.account_for(room / "none")
    copied = binaries._copied(closed / package.name / "pginstall" / "bin", room)
    assert binaries.can_enter(copied, account)
    assert binaries._copied(closed / package.name / "pginstall" / "bin", room) == copied


@as_root
def test_a_folder_closed_later_is_said_to_be(cluster, room):
    cluster.stop()
    room.chmod(0o700)
    with pytest.raises(DatabaseRefused, match="can no longer enter"):
        Cluster(cluster.data).start()


@as_root
def test_nowhere_to_go_is_said_in_a_sentence(room):
    closed = room / "root"
    closed.mkdir(mode=0o700)
    (room / "file").touch()
    with pytest.raises(DatabaseRefused, match="move the project out"):
        Cluster(closed / "data", outside=room / "file").start()
    with pytest.raises(DatabaseRefused, match="can enter neither"):
        Cluster(closed / "data", outside=closed / "outside").start()


@as_root
def test_a_machine_without_an_unprivileged_account_is_told(room, monkeypatch):
    monkeypatch.setattr(pwd, "getpwnam", lambda name: {}[name])
    with pytest.raises(DatabaseRefused, match="no account `postgres`"):
        binaries.account_for(room / "none")


def test_the_files_of_another_account_are_left_alone(room, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000)
    with pytest.raises(DatabaseRefused, match="belongs to another account"):
        binaries.account_for(room)
    assert binaries.account_for(room / "none") is None


def test_a_socket_folder_of_somebody_else_is_not_used(cluster, room):
    cluster.stop()
    binaries.shutil.rmtree(cluster.socket)
    cluster.socket.symlink_to(room)
    with pytest.raises(DatabaseRefused, match="belongs to somebody else"):
        cluster.start()
    cluster.socket.unlink()


def test_without_the_wheel_the_machines_own_programs_do(monkeypatch, room):
    bin_ = binaries._wheel()
    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries.shutil, "which", lambda name: str(bin_ / name))
    assert binaries.major(binaries.find(room, None)) >= binaries.OLDEST
    monkeypatch.setattr(binaries, "OLDEST", 99)
    with pytest.raises(DatabaseRefused, match="install PostgreSQL 99 or newer"):
        binaries.find(room, None)


def test_a_killed_test_run_is_swept_up(monkeypatch, room):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(room))
    left = Cluster(room / "tala-test-4194305-left", durable=False)
    left.start()
    with throwaway_cluster() as url:
        assert psycopg2.connect(url).close() is None
    assert not left.data.exists()
    assert list(room.glob("tala-test-*")) == []


class throw_away:  # noqa: N801
    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def __enter__(self) -> None:
        self.cluster.start()

    def __exit__(self, *args: object) -> None:
        self.cluster.stop()
