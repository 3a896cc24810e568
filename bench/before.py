"""Saving a line as an earlier commit did, in turns with saving it today: `python -m bench.before`.

The earlier site is that commit's own, unpacked into a folder of its own, with its own migrations,
server and loader; both have as many lines. It prints and keeps the figures, and
`python -m bench.report` puts them beside the others.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.cast import TOPIC
from bench.create import creation
from bench.measure import in_turns
from bench.site import Site, loaded_site
from config.database import PROJECT

BEFORE_TOPICS = "3833c4b"
"""The last commit whose lines had no topic."""

HELD = """
import json, sys
from bench.site import loaded_site
with loaded_site(int(sys.argv[1])) as site:
    print(json.dumps({"port": site.stand.port, "cookies": site.cookies, "facts": site.facts}))
    sys.stdout.flush()
    sys.stdin.read()
"""
"""Run in the earlier commit's folder: its site stands until there is no more to read."""


def main() -> int:
    """Measure both and keep the figures; return the exit code."""
    words = argparse.ArgumentParser(prog="python -m bench.before", description=__doc__)
    words.add_argument("--lines", type=int, default=1_000_000)
    words.add_argument("--requests", type=int, default=200)
    words.add_argument("--commit", default=BEFORE_TOPICS)
    words.add_argument("--out", type=Path, default=PROJECT / "bench/results/before-topics.json")
    asked = words.parse_args()
    with earlier(asked.commit, asked.lines) as before, loaded_site(asked.lines) as today:
        taken = measured(before, today, asked.requests)
    figures = {"lines": asked.lines, "commit": asked.commit, **taken}
    asked.out.write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))
    return 0


@contextmanager
def earlier(commit: str, lines: int) -> Iterator[dict[str, Any]]:
    """The site of an earlier commit: its port, an SME's cookies, the facts of its log."""
    with TemporaryDirectory() as folder:
        command = ["git", "-C", str(PROJECT), "archive", commit]
        packed = subprocess.run(command, capture_output=True, check=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as tree:
            tree.extractall(folder, filter="data")
        command = [sys.executable, "-c", HELD, str(lines)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, text=True) as held:
            said = held.stdout.readline() if held.stdout else ""
            if not said:
                raise RuntimeError(f"The site of {commit} did not stand.")
            try:
                yield json.loads(said)
            finally:
                held.communicate()


def measured(before: dict[str, Any], today: Site, rounds: int) -> dict[str, Any]:
    """Median and 95th percentile of saving: before, today without a topic, today with one."""
    mine = (today.stand.port, today.cookies, today.facts)
    return in_turns(
        {
            "before": creation(before["port"], before["cookies"], before["facts"]),
            "none": creation(*mine),
            "one": creation(*mine, TOPIC),
        },
        rounds,
        patience=600.0,
    )


if __name__ == "__main__":
    sys.exit(main())
