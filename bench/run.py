"""`make bench`: loads, serves, measures, writes bench/results/*.json and prints the table.

All sizes stand side by side and take turns, so that one's figures may be divided by another's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.cast import TOPIC
from bench.create import creation, raw_insert
from bench.grouping import measure_grouping
from bench.loop import measure_loop
from bench.machine import machine
from bench.measure import in_turns
from bench.memory import watched
from bench.moving import measure_exports, measure_imports
from bench.reading import (
    EMPTY,
    measure_admin,
    measure_crowd,
    measure_pages,
    measure_saving_crowd,
)
from bench.report import say, write_down
from bench.site import Site, loaded_site
from config.database import PROJECT

RESULTS = PROJECT / "bench" / "results"
IMPORTED = 100_000


def main(arguments: list[str] | None = None) -> int:
    """Measure as the command line says; return the exit code."""
    asked = _asked(arguments)
    began = time.monotonic()
    result: dict[str, Any] = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}", "machine": machine()}
    with ExitStack() as held:
        sites = []
        urls = asked.database_url or [""] * len(asked.lines)
        for lines, url in sorted(zip(asked.lines, urls, strict=True)):
            _tell(f"{lines:,} lines: loading")
            sites.append(held.enter_context(loaded_site(lines, url)))
            _tell(f"{lines:,} lines: {sites[-1].loaded}")
        result["postgres"] = sites[0].facts["postgres"]
        path = Path(asked.out or RESULTS / f"{result['at'][:10]}-{max(asked.lines)}.json")
        for result["sizes"] in _measured(sites, asked):
            result["seconds"] = round(time.monotonic() - began)
            path.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
    print(say(result))
    if not asked.out:
        write_down()
    _tell(f"written to {path.name} after {result['seconds']} s")
    return 0


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--requests", type=int, default=50, help="per page and size")
    parser.add_argument("--at-once", type=int, default=120, help="requests per block of a crowd")
    parser.add_argument("--import-rows", type=int, default=IMPORTED, help="0 leaves imports out")
    parser.add_argument("--no-grouping", action="store_true", help="leaves topics out")
    parser.add_argument("--no-files", action="store_true", help="leaves exports and imports out")
    parser.add_argument("--database-url", nargs="*", default=_named())
    parser.add_argument("--out", help="where to write the figures; else bench/results/")
    asked = parser.parse_args(arguments)
    if asked.database_url and len(asked.lines) != len(asked.database_url):
        parser.error("name one empty, or so far loaded, database for each size")
    return asked


def _named() -> list[str]:
    return [url] if (url := os.environ.get("DATABASE_URL")) else []


def _measured(sites: list[Site], asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Give what was found so far, more each time: what breaks off late loses little."""
    found: dict[str, Any] = {
        str(site.lines): {"load": site.loaded, "of_program": site.facts["of_program"]}
        for site in sites
    }
    _tell("pages")
    with ExitStack() as held:
        seen = {s.lines: held.enter_context(watched(s.stand.web_workers, 1.0)) for s in sites}
        for lines, pages in measure_pages(sites, asked.requests).items():
            found[str(lines)]["pages"] = pages
        for site in sites:
            here = found[str(site.lines)]
            _tell(f"{site.lines:,} lines: eight at a time, saving")
            _settle(sites)
            here["crowd"] = measure_crowd(site, asked.at_once)
            here["creation"] = _measure_creation(site, asked.requests)
            here["crowd"] |= measure_saving_crowd(site, asked.at_once)
    for site in sites:
        here = found[str(site.lines)]
        _settle(sites)
        here["memory"] = seen[site.lines].said()
        _tell(f"{site.lines:,} lines: the admin's change list")
        here["admin"] = measure_admin(site, min(asked.requests, 11))
    yield found
    site, here = sites[-1], found[str(sites[-1].lines)]
    if not asked.no_grouping:
        _tell(f"{site.lines:,} lines: topics and similar lines")
        here["grouping"] = measure_grouping(site)
        yield found
    if not asked.no_files:
        _tell(f"{site.lines:,} lines: exports")
        _settle(sites)
        here["exports"] = measure_exports(site)
        yield found
        if asked.import_rows:
            _tell(f"{site.lines:,} lines: imports")
            here["imports"] = measure_imports(site, asked.import_rows, asked.requests)
            yield found
    _tell(f"{site.lines:,} lines: the pages of the loop")
    here["pages"] |= measure_loop(site, asked.requests)
    yield found


def _measure_creation(site: Site, rounds: int) -> dict[str, Any]:
    def logging(topic: str = "") -> Callable[[], float]:
        return creation(site.stand.port, site.cookies, site.facts, topic)

    things = {
        "page": logging(),
        "with a topic": logging(TOPIC),
        "empty": site.page(EMPTY),
        "raw": raw_insert(site.link, site.facts, time.perf_counter),
    }
    return {
        **in_turns(things, rounds),
        "queries": site.facts["queries"]["creation"],
    }


def _settle(sites: Sequence[Site]) -> None:
    """No worker is busy with what was measured before."""
    for site in sites:
        site.settle()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
