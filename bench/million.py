"""What is promised of a million lines of one program: `python -m bench.million`.

The usual run has a million in all programs and 70 % of them in the one that is asked about. Here
that one has a million of its own: similar lines among them, and their export.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from bench.bounds import Verdict, of_files, of_grouping
from bench.cast import PROGRAMS
from bench.grouping import measure_grouping
from bench.moving import measure_exports
from bench.site import loaded_site
from config.database import PROJECT

RESULT = PROJECT / "bench" / "results" / "million-in-one-program.json"


def main() -> int:
    """Measure and keep the figures; return 1 if one is beyond its bound."""
    words = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    words.add_argument("--lines", type=int, default=1_000_000, help="of the program asked about")
    words.add_argument("--out", type=Path, default=RESULT)
    asked = words.parse_args()
    with loaded_site(round(1.01 * asked.lines / PROGRAMS[0][-1])) as site:
        found = {
            "lines": site.lines,
            "of_program": site.facts["of_program"],
            "grouping": measure_grouping(site),
            "exports": measure_exports(site),
        }
    asked.out.write_text(json.dumps(found, indent=1) + "\n")
    for one in verdicts(found):
        print(f"{one.promise}: {one.measured:.3g}{one.unit}, bound {one.bound:g}")
    return not all(one.kept for one in verdicts(found))


def verdicts(found: dict[str, Any]) -> list[Verdict]:
    """What the figures mean."""
    return [*of_grouping(found["grouping"]), *of_files(found)]


if __name__ == "__main__":
    sys.exit(main())
