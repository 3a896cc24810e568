"""Reads every hostile or odd sheet of the tests, and two large honest ones: `-m bench.hostile`.

Prints and keeps seconds and memory. A sheet is read by a small process of its own, since what it
starts counts its memory as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.moving import honest_sheet
from config.database import PROJECT
from escalations.tests.hostile import BOOKS, TEXTS, Outcome, Sheet, measured, read_here

RESULT = Path(__file__).parent / "results" / "hostile.json"
ROWS = 100_000


def main(arguments: list[str]) -> int:
    """Measure, print and keep the figures; or read the one file named. Return the exit code."""
    if arguments:
        path = Path(arguments[0])
        print(json.dumps(asdict(read_here(Sheet("", path.read_bytes, file=path.name)))))
        return 0
    found = {}
    for name, outcome in _outcomes():
        outcome.reads = outcome.reads[:40]
        found[name] = asdict(outcome)
        ended = "refused" if outcome.refused else "read"
        print(f"{name:42} {ended:8} {outcome.seconds:6.2f} s {outcome.mib:7.1f} MiB", flush=True)
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _outcomes() -> Iterator[tuple[str, Outcome]]:
    for sheet in (*BOOKS, *TEXTS):
        yield sheet.name, measured(sheet)
    with TemporaryDirectory() as folder:
        for kind in ("csv", "xlsx"):
            path = Path(folder) / f"night.{kind}"
            path.write_bytes(honest_sheet(kind, ROWS))
            command = [sys.executable, "-m", "bench.hostile", str(path)]
            done = subprocess.run(command, capture_output=True, check=True, cwd=PROJECT)
            yield f"{ROWS:,} honest rows as .{kind}", Outcome(**json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
