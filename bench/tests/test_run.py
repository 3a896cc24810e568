"""The whole bench, very small: that it runs and says all it should; nothing about speed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.bounds import verdicts
from bench.report import say
from config.database import PROJECT
from config.throwaway import throwaway_cluster

SMALL = ("--lines", "2000", "--requests", "1", "--at-once", "8", "--import-rows", "40")


@pytest.mark.slow
def test_a_very_small_bench_measures_everything(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    dropped = {"TALA_TESTING", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environ = {name: value for name, value in os.environ.items() if name not in dropped}
    with throwaway_cluster() as url:
        command = [sys.executable, "-m", "bench.run", *SMALL, "--out", str(out)]
        done = subprocess.run(
            [*command, "--database-url", url],
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
