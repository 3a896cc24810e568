"""The reading pages, each beside its floor, the empty view and the raw SQL; all sizes in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bench.cast import ADMIN
from bench.create import creation
from bench.measure import Timed, in_turns, rates_in_turns
from bench.questions import LOG, Question, admin_pages, pages
from bench.site import Site

EMPTY, FLOOR = "/bench/empty/", "/bench/floor/"
ROW = re.compile(rb'id="line-\d+"')
CROWDED = (
    *("filter: status", "search: a common word", "search: a rare number"),
    *("deep page: the last one", "one escalation", "agent combobox"),
)
"""Pages asked for eight at a time, beside the sheet."""
SLOW = 30.0
"""Seconds after which a page of the admin has been asked often enough."""


def measure_pages(sites: Sequence[Site], rounds: int) -> dict[int, dict[str, Any]]:
    """Per size and page: times, rows, bytes, queries; all sizes of one page take turns."""
    found: dict[int, dict[str, Any]] = {site.lines: {} for site in sites}
    asked = [pages(site.facts) for site in sites]
    for same in zip(*asked, strict=True):
        if failed := _failed(sites, same):
            for size, status in failed.items():
                found[size][same[0].name] = {"kind": same[0].kind, "status": status}
            continue
        things: dict[str, Timed] = {}
        for site, question in zip(sites, same, strict=True):
            found[site.lines][question.name] = _looked_at(site, question)
            things |= {
                f"page {site.lines}": site.page(question.path, headers=question.headers),
                f"floor {site.lines}": site.page(FLOOR),
                f"empty {site.lines}": site.page(EMPTY),
                f"raw {site.lines}": site.raw(question),
            }
        for name, taken in in_turns(things, rounds).items():
            what, lines = name.split()
            found[int(lines)][same[0].name][what] = taken
        print(".", end="", flush=True)
    print()
    return found


def _failed(sites: Sequence[Site], same: Sequence[Question]) -> dict[int, int]:
    """Per size the status of a page that does not answer with 200: it may have taken too long."""
    statuses = {
        site.lines: site.fetch(site.ask(question.path, headers=question.headers)).status
        for site, question in zip(sites, same, strict=True)
    }
    return {lines: status for lines, status in statuses.items() if status != 200}


def _looked_at(site: Site, question: Question) -> dict[str, Any]:
    """What the page shows, and that it is what the raw SQL finds."""
    reply = site.fetch(site.ask(question.path, headers=question.headers))
    with site.link.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        wanted = len(cursor.fetchall())
    rows = len(ROW.findall(reply.body))
    is_right = rows == wanted if question.is_exact else bool(rows) == bool(wanted)
    if question.kind in {"page", "search"} and not is_right:
        raise RuntimeError(f"{question.name}: the page shows {rows} lines, the SQL finds {wanted}")
    return {
        "kind": question.kind,
        "same_size": question.same_size,
        "rows": rows if question.kind in {"page", "search"} else wanted,
        "bytes": len(reply.body),
        "queries": site.facts["queries"][question.name],
    }


def measure_admin(site: Site, rounds: int) -> dict[str, Any]:
    """The admin's change list of the same table, in turns with the site's own pages."""
    own = {question.name: question for question in pages(site.facts)}
    found = {}
    for name, path, beside in admin_pages(site.facts):
        status = site.fetch(site.ask(path, ADMIN)).status
        if status != 200:
            found[name] = {"status": status, "beside": beside}
            continue
        ours = own[beside]
        things = {"admin": site.page(path, ADMIN), "page": site.page(ours.path)}
        found[name] = {"beside": beside, **in_turns(things, rounds, SLOW)}
    return found


def measure_crowd(site: Site, count: int) -> dict[str, Any]:
    """The sheet and other pages, the floor page and the empty view; eight at a time in turns."""
    own = {question.name: question for question in pages(site.facts)}
    things = {"sheet": site.page(LOG), "floor": site.page(FLOOR), "empty": site.page(EMPTY)}
    for name in CROWDED:
        things[name] = site.page(own[name].path, headers=own[name].headers)
    return rates_in_turns(things, count)


def measure_saving_crowd(site: Site, count: int) -> dict[str, Any]:
    """Saving lines eight at a time: by itself, for it leaves the worker something to do."""
    save = creation(site.stand.port, site.cookies, site.facts)
    return rates_in_turns({"saving a line": save}, count)
