"""Reads every hostile or odd sheet of the tests, prints seconds and memory: `-m bench.hostile`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from escalations.tests.hostile import BOOKS, TEXTS, measured

RESULT = Path(__file__).parent / "results" / "hostile.json"


def main() -> int:
    """Measure, print and keep the figures; return the exit code."""
    found = {}
    for sheet in (*BOOKS, *TEXTS):
        outcome = measured(sheet)
        outcome.reads = outcome.reads[:40]
        found[sheet.name] = asdict(outcome)
        ended = "refused" if outcome.refused else "read"
        print(f"{sheet.name:42} {ended:8} {outcome.seconds:6.2f} s {outcome.mib:7.1f} MiB")
    RESULT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
