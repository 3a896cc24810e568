"""The child process that reads a sheet and packs it: see `packed`, whose answer it gives."""

from __future__ import annotations

import os
import sys
from pathlib import Path

BEHIND = 3
"""How far behind the pages it runs, as `nice` counts: little, for a person is waiting for it."""

if __name__ == "__main__":  # pragma: no cover (run by path, isolated)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

    from escalations.reading.limited import answer_under_limits
    from escalations.reading.packed import answer

    os.nice(BEHIND)
    answer_under_limits(answer)
