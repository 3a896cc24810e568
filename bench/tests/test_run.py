"""The whole bench, very small: that it runs and says all it should; nothing about speed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection, connections

from bench.bounds import verdicts
from bench.report import say
from config.database import PROJECT

SMALL = ("--lines", "2000", "--requests", "1", "--at-once", "8", "--import-rows", "40")


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a copy of the empty test database: its migrations need not run again."""
    name = f"bench_{os.getpid()}"
    with django_db_blocker.unblock():
        pattern = connection.settings_dict["NAME"]
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}"')
        where = urlsplit(os.environ["TEST_DATABASE_URL"])
        yield where._replace(path=f"{where.path.rpartition('/')[0]}/{name}").geturl()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.slow
def test_a_very_small_bench_measures_everything(own_database: str, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    dropped = {"TALA_TESTING", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environ = {name: value for name, value in os.environ.items() if name not in dropped}
    command = [sys.executable, "-m", "bench.run", *SMALL, "--out", str(out)]
    done = subprocess.run(
        [*command, "--database-url", own_database],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    result = json.loads(out.read_text())
    found = result["sizes"]["2000"]
    assert len(found["pages"]) > 18
    assert all(page["page"]["p50"] > 0 for page in found["pages"].values())
    assert {
        name: page["queries"] for name, page in found["pages"].items() if not page["queries"]
    } == {}
    assert set(found["exports"]) == {"csv", "xlsx"}
    assert found["imports"]["csv"]["rows"] == 40
    assert all("admin" in one for one in found["admin"].values())
    assert len(verdicts(result)) > 14
    assert "2,000 lines" in say(result)
