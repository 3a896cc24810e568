"""What every fault's script does around its fault: read sizes, stand the site up, write figures."""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from bench.stand import Stand, stand
from config.database import PROJECT

RESULTS = PROJECT / "bench" / "results"

Figures = dict[str, Any]


def script(
    name: str,
    hurt: Callable[..., Figures],
    *,
    people: int = 8,
    stands: dict[str, Any] | None = None,
    **sizes: float,
) -> int:
    """Run one fault with the sizes of the command line; return 1 if its promise was broken.

    `hurt(site, people=…, **sizes)` returns figures, the promise's verdict under `kept`. `stands`
    goes to bench.stand; for None `hurt` makes its own site and gets none.
    """
    words = argparse.ArgumentParser(prog=f"python -m bench.faults.{name}")
    words.add_argument("--people", type=int, default=people, help=f"at once, {people} if not given")
    for word, size in sizes.items():
        words.add_argument(f"--{word}", type=type(size), default=size, help=f"{size} if not given")
    words.add_argument("--dry", action="store_true", help="write no file of results")
    asked = vars(words.parse_args())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    is_dry = asked.pop("dry")
    began = time.monotonic()
    if stands is None:
        figures = hurt(**asked)
    else:
        with stand(smes=asked["people"], **stands) as site:
            figures = hurt(site, **asked)
    figures = {"fault": name, **asked, **figures, "took_s": round(time.monotonic() - began, 1)}
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if not is_dry:
        write(name, figures)
    return 0 if figures["kept"] else 1


def _stop(number: int, _frame: object) -> None:
    """End, but stop what was started first."""
    sys.exit(128 + number)


def write(name: str, figures: Figures) -> Path:
    """Keep the figures of the last run of this fault, with the machine they were measured on."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"faults-{name.replace('_', '-')}.json"
    memory = round(psutil.virtual_memory().total / 2**30)
    machine = {"cores": psutil.cpu_count(), "memory_gib": memory, "when": time.strftime("%Y-%m-%d")}
    path.write_text(json.dumps({**figures, "machine": machine}, indent=1) + "\n")
    return path


def nothing_lost(counted: dict[str, int], wanted: int, given_up: int) -> bool:
    """Whether every line wanted was acknowledged, and is there once."""
    return (
        counted["lost"] == counted["doubled"] == given_up == 0
        and counted["acknowledged"] == wanted
        and counted["in_the_log"] >= wanted
    )


__all__ = ["Figures", "Stand", "nothing_lost", "script", "write"]
