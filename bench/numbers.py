"""How fast the numbers are: `python -m bench.numbers`; a part of `make bench`.

Every report of 28 shift days and of a year, and the board, beside the floor page and beside the raw
SQL that counts the same lines; all sizes take turns.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.bounds import Verdict
from bench.cast import BIG, CAPTAIN, MANAGER, SME
from bench.machine import machine
from bench.measure import Timed, in_turns
from bench.reading import FLOOR
from bench.site import Site, loaded_site
from bench.stand import run
from config.database import PROJECT

RESULTS = PROJECT / "bench" / "results"
KINDS = (
    *("overview", "peaks", "topics", "waiting", "feedback", "callbacks", "repeats"),
    *("known", "handover"),
)
FILTERS = {
    "a topic": "topic=topic-1",
    "a team": "team=Team+1",
    "an agent": "agent=300005",
    "an SME": f"by={SME}",
    "a severity": "severity=2",
}
"""What each report is asked of besides the whole floor."""

MONTH, YEAR = 28, 365
IN_FLOORS = {MONTH: 4.0, YEAR: 10.0}
"""A page's median in floor pages, by its shift days."""

PATIENCE = 20.0
"""Seconds for all turns of a page."""

GROWTH = 1.5
"""A page's median in its own at the smallest size."""

COUNTED = """
SELECT topic_id, count(*), count(*) FILTER (WHERE status = 'unresolved'),
       count(*) FILTER (WHERE feedback = 'owed')
FROM escalations_escalation WHERE program_id = %(program)s AND status <> 'void'
AND occurred_at >= %(start)s AND occurred_at < %(end)s GROUP BY 1
"""
"""What a report would begin with if it read the lines."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, keep the figures, print them; return the exit code."""
    words = argparse.ArgumentParser(prog="python -m bench.numbers", description=__doc__)
    words.add_argument("--lines", type=int, nargs="+", default=[100_000, 1_000_000])
    words.add_argument("--requests", type=int, default=30)
    words.add_argument("--database-url", nargs="*", default=[], help="one for each size, or “new”")
    words.add_argument("--out", type=Path)
    asked = words.parse_args(arguments)
    urls = asked.database_url or ["new"] * len(asked.lines)
    with ExitStack() as held:
        sites = []
        for lines, url in sorted(zip(asked.lines, urls, strict=True)):
            print(f"{lines:,} lines: loading", file=sys.stderr, flush=True)
            place = "" if url == "new" else url
            sites.append(held.enter_context(loaded_site(lines, place, topics=True)))
            run([sys.executable, "-m", "bench.volumes"], sites[-1].stand.environ)
        for site in sites:
            site.settle()
        result = {
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}",
            "machine": machine(),
            "sizes": measure(sites, asked.requests),
        }
    out = asked.out or RESULTS / f"numbers-{max(asked.lines)}.json"
    out.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")
    for one in verdicts(result):
        print(f"{one.promise}: {one.measured:.3g}{one.unit}, bound {one.bound:g}", one.kept)
    return 0


def questions(today: date) -> Iterator[tuple[str, int, str, str]]:
    """Each page's name, its shift days, its path, and who asks."""
    for days in (MONTH, YEAR):
        asked = f"?from={today - timedelta(days=days - 1)}&to={today}"
        for kind in KINDS:
            path = "reports/" if kind == "overview" else f"reports/{kind}/"
            yield f"{kind}, {days} shift days", days, f"/p/{BIG}/{path}{asked}", MANAGER
            for of, narrowed in FILTERS.items():
                said = f"{kind} of {of}, {days} shift days"
                yield said, days, f"/p/{BIG}/{path}{asked}&{narrowed}", MANAGER
        for split in ("topic", "team", "agent", "sme", "severity"):
            said = f"overview by {split}, {days} shift days"
            yield said, days, f"/p/{BIG}/reports/{asked}&split={split}", MANAGER
    yield "board", MONTH, f"/p/{BIG}/board/", SME
    for who in (SME, CAPTAIN, MANAGER):
        yield f"first page of {who}", MONTH, f"/p/{BIG}/", who


def measure(sites: Sequence[Site], rounds: int) -> dict[str, dict[str, Any]]:
    """By size and page: times of the page, the floor and the raw SQL; bytes."""
    found: dict[str, dict[str, Any]] = {str(site.lines): {} for site in sites}
    today = date.fromisoformat(sites[0].facts["current"]["day"])
    for name, days, path, who in questions(today):
        things: dict[str, Timed] = {}
        for site in sites:
            reply = site.fetch(site.ask(path, who))
            if reply.status != 200:
                raise RuntimeError(f"{path} answered {reply.status}")
            found[str(site.lines)][name] = {"days": days, "bytes": len(reply.body)}
            if name.startswith("overview,"):
                _check(site, days, reply.body)
            things |= {
                f"page {site.lines}": site.page(path, who),
                f"floor {site.lines}": site.page(FLOOR),
            }
            if name.startswith("overview,"):
                things[f"raw {site.lines}"] = _raw(site, days)
        for which, taken in in_turns(things, rounds, PATIENCE).items():
            what, lines = which.split()
            found[lines][name][what] = taken
        print(".", end="", file=sys.stderr, flush=True)
    return found


def _asked(site: Site, days: int) -> dict[str, Any]:
    end = datetime.fromisoformat(site.facts["current"]["end"])
    facts = {"start": end - timedelta(days=days), "end": end}
    return {"program": site.facts["program"], **facts}


def _raw(site: Site, days: int) -> Timed:
    from time import perf_counter

    def once() -> float:
        began = perf_counter()
        with site.link.cursor() as cursor:
            cursor.execute(COUNTED, _asked(site, days))
            cursor.fetchall()
        return perf_counter() - began

    return once


def _check(site: Site, days: int, body: bytes) -> None:
    """The overview says how many lines there are, as the lines do."""
    with site.link.cursor() as cursor:
        cursor.execute(COUNTED, _asked(site, days))
        lines = sum(row[1] for row in cursor.fetchall())
    if f">{lines:,}<".encode() not in body:
        raise RuntimeError(f"The overview of {days} shift days does not say {lines:,} lines.")


def verdicts(result: dict[str, Any]) -> Iterator[Verdict]:
    """Each promise about the numbers, for the largest size."""
    sizes = {int(lines): pages for lines, pages in result["sizes"].items()}
    pages, small = sizes[max(sizes)], sizes[min(sizes)]
    for days, bound in IN_FLOORS.items():
        times = {
            name: page["page"]["p50"] / page["floor"]["p50"]
            for name, page in pages.items()
            if page["days"] == days
        }
        worst = max(times, key=times.__getitem__)
        said = "any report of 28 shift days, the board" if days == MONTH else "a report of a year"
        yield Verdict(f"{said}, in floor pages (most: {worst})", times[worst], bound)
    if len(sizes) > 1:
        grown = {
            name: page["page"]["p50"] / small[name]["page"]["p50"] for name, page in pages.items()
        }
        worst = max(grown, key=grown.__getitem__)
        said = f"any of them, in its own at {min(sizes):,} lines (most: {worst})"
        yield Verdict(said, grown[worst], GROWTH)


if __name__ == "__main__":
    sys.exit(main())
