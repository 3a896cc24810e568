"""A backup counts because it was restored and compared; what cannot be says so in a sentence."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from config import manifest
from config.cluster import Cluster
from config.database import PROJECT, from_url
from config.throwaway import throwaway

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("backup")]


class Floor:
    """A cluster with a small database in it, and the two commands."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def ask(self, statement: str, database: str = "tala", user: str = "tala") -> list[tuple]:
        link = psycopg2.connect(host=str(self.cluster.socket), user=user, dbname=database)
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
        link.close()
        return rows

    def run(self, command: str, *, embedded: bool = False, **environ: str) -> tuple[int, str]:
        kept = {n: v for n, v in os.environ.items() if n not in {"TALA_TESTING", "DATABASE_URL"}}
        url = {} if embedded else {"DATABASE_URL": self.cluster.url()}
        done = subprocess.run(
            [sys.executable, "-m", f"config.{command}"],
            cwd=PROJECT,
            env={**kept, "TALA_DATA": str(self.cluster.data), **url, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, f"{done.stdout}{done.stderr}".strip()

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        self.ask(f"CREATE DATABASE {name} OWNER tala", "postgres", "postgres")
        return self.cluster.url().replace("@/tala", f"@/{name}")

    def lines(self, database: str = "tala") -> list[tuple]:
        return self.ask("SELECT id, concern FROM escalations_escalation ORDER BY id", database)


@pytest.fixture(scope="module")
def floor() -> Iterator[Floor]:
    with throwaway() as cluster, cluster.needed():
        floor = Floor(cluster)
        floor.ask("CREATE EXTENSION pg_trgm")
        floor.ask("CREATE EXTENSION unaccent")
        floor.ask("CREATE TABLE django_migrations (app text, name text)")
        floor.ask("INSERT INTO django_migrations VALUES ('people', '0001_initial')")
        floor.ask(
            "CREATE TABLE escalations_escalation (id serial PRIMARY KEY, at timestamptz, "
            "concern text, half float8, raw bytea)"
        )
        floor.ask(
            "INSERT INTO escalations_escalation (at, concern, half, raw) "
            "SELECT now() - n * interval '7 s', 'Señora ' || n || E'\\n\\t\"', n / 3.0, "
            "decode(md5(n::text), 'hex') FROM generate_series(1, 3000) n"
        )
        yield floor


@pytest.fixture(scope="module")
def backup(floor: Floor, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("backup") / "one.zip"
    code, said = floor.run("backup", FILE=str(path))
    assert code == 0, said
    assert "3,000 lines" in said
    return path


def test_what_is_restored_is_what_was_there(floor: Floor, backup: Path) -> None:
    code, said = floor.run("restore", FILE=str(backup), DATABASE_URL=floor.database("other"))
    assert code == 0, said
    assert "Restored and compared" in said
    assert floor.lines("other") == floor.lines()
    # The next number is a new one.
    floor.ask("INSERT INTO escalations_escalation (concern) VALUES ('new')", "other")
    assert floor.lines("other")[-1][0] > 3000


def test_a_backup_is_closed_to_others_and_replaces_nothing(floor: Floor, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    before = backup.read_bytes()
    code, said = floor.run("backup", FILE=str(backup))
    assert (code, backup.read_bytes()) == (1, before)
    assert "exists already" in said


def test_a_database_that_is_not_empty_is_not_restored_into(floor: Floor, backup: Path) -> None:
    before = floor.lines()
    code, said = floor.run("restore", FILE=str(backup))
    assert (code, floor.lines()) == (1, before)
    assert "not empty" in said
    assert "\n" not in said


def damaged(backup: Path, where: float) -> bytes:
    """The same file with one byte changed."""
    held = bytearray(backup.read_bytes())
    held[int(len(held) * where)] ^= 0x40
    return bytes(held)


def rewritten(backup: Path, path: Path, **changed: object) -> Path:
    """The same backup with another manifest."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(path, "w") as new:
        said = json.loads(old.read("manifest.json"))
        new.writestr("database.dump", old.read("database.dump"))
        new.writestr("manifest.json", json.dumps({**said, **changed}))
    return path


def test_what_is_no_whole_backup_is_refused_in_a_sentence(
    floor: Floor, backup: Path, tmp_path: Path
) -> None:
    url = floor.database("untouched")
    whole = backup.read_bytes()
    files = {
        "flipped": damaged(backup, 0.5),
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "text": b"not a backup",
    }
    for name, held in files.items():
        (tmp_path / name).write_bytes(held)
        code, said = floor.run("restore", FILE=str(tmp_path / name), DATABASE_URL=url)
        assert code == 1, name
        assert "damaged" in said, name
        assert "\n" not in said, name
    assert "no file" in floor.run("restore", FILE=str(tmp_path / "gone"), DATABASE_URL=url)[1]
    assert "Say which" in floor.run("restore", DATABASE_URL=url)[1]
    with psycopg2.connect(url.replace("postgres:", "postgresql:")) as link:
        assert manifest.tables_of(link.cursor()) == []
    link.close()


def test_a_backup_of_another_version_is_refused_in_a_sentence(
    floor: Floor, backup: Path, tmp_path: Path
) -> None:
    url = floor.database("versions")
    newer = rewritten(backup, tmp_path / "newer.zip", migrations=["escalations.9999_later"])
    assert "newer Tala" in floor.run("restore", FILE=str(newer), DATABASE_URL=url)[1]
    other = rewritten(backup, tmp_path / "other.zip", format=99)
    assert "another version" in floor.run("restore", FILE=str(other), DATABASE_URL=url)[1]
    server = rewritten(backup, tmp_path / "server.zip", postgres=99)
    assert "PostgreSQL 99" in floor.run("restore", FILE=str(server), DATABASE_URL=url)[1]


def test_a_row_too_few_is_noticed(floor: Floor, backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    tables["public.escalations_escalation"]["rows"] += 1
    lying = rewritten(backup, tmp_path / "lying.zip", tables=tables)
    code, said = floor.run("restore", FILE=str(lying), DATABASE_URL=floor.database("short"))
    assert code == 1
    assert "3000 rows in place of 3001" in said


def test_every_kind_of_difference_is_named() -> None:
    def holding(**tables: dict) -> dict:
        return {"tables": tables}

    one, two = {"rows": 1, "sum": "1"}, {"rows": 1, "sum": "2"}
    assert manifest.differences(holding(a=one), holding(a=one)) == []
    assert manifest.differences(holding(a=one), holding(a=two)) == ["a has rows that differ"]
    assert manifest.differences(holding(a=one), holding()) == ["a is missing"]
    assert manifest.differences(holding(), holding(a=one)) == ["a is not in the backup"]


def test_the_embedded_database_changes_place_only_when_all_is_right(
    floor: Floor, tmp_path: Path
) -> None:
    path = tmp_path / "embedded.zip"
    code, said = floor.run("backup", embedded=True, FILE=str(path), CHECK="1")
    assert code == 0, said
    before = floor.lines()
    floor.ask("DELETE FROM escalations_escalation WHERE id > 10")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(damaged(path, 0.4))
    assert floor.run("restore", embedded=True, FILE=str(broken))[0] == 1
    assert len(floor.lines()) == 10
    code, said = floor.run("restore", embedded=True, FILE=str(path))
    assert code == 0, said
    floor.cluster.start()
    assert floor.lines() == before
    kept = [
        row[0] for row in floor.ask("SELECT datname FROM pg_database WHERE datname ~ '_before_'")
    ]
    assert kept[0] in said
    assert len(floor.lines(kept[0])) == 10


def test_a_running_site_is_to_be_stopped_before_a_restore(floor: Floor, backup: Path) -> None:
    import fcntl

    with (floor.cluster.data / "run.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, said = floor.run("restore", embedded=True, FILE=str(backup))
    assert code == 1
    assert "stop it with Ctrl-C" in said


def test_no_password_is_an_argument_or_said(floor: Floor, tmp_path: Path) -> None:
    url = "postgres://ana:secret@127.0.0.1:1/floor"
    code, said = floor.run("backup", DATABASE_URL=url, FILE=str(tmp_path / "x.zip"))
    assert code == 1
    assert said.startswith("The database does not answer")
    assert "secret" not in said
    assert from_url(url)["PASSWORD"] == "secret"
    assert not (tmp_path / "x.zip").exists()
