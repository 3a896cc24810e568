"""What the figures must not exceed, and what they are: one verdict for each promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

FLOOR_BOUNDS = {"page": 2.0, "search": 4.0, "line": 1.5}
"""A page's median in floor pages, by its kind."""

GROWTH = {1_000_000: 1.3, 10_000_000: 1.5}
"""A page's median at this size in its own at the smallest."""

MOST_QUERIES, MOST_WITH_MANY = 8, 12
CREATION = 2.0
UNCHANGED = 1.1
FASTER_THAN_ADMIN = 30.0
NOT_PROMISED = frozenset({"admin: newest page of the program"})
"""Measured for honesty: a change list filtered so that the sheet's own index serves it."""

CROWD = 0.6
WORKER_MIB = 150.0
EXPORT = {"csv": 15.0, "xlsx": 60.0}
"""Seconds for a million lines."""

EXPORT_MIB = 64.0
IMPORT_SECONDS, IMPORT_SLOWS = 60.0, 2.0
SUGGEST_MS, SIMILAR_MS, DISCOVER_SECONDS, GROUPING_MIB = 40.0, 100.0, 10.0, 300.0


@dataclass(frozen=True)
class Verdict:
    """One promise: what was measured, the bound, and whether it may not be lower or not higher."""

    promise: str
    measured: float
    bound: float
    at_least: bool = False
    unit: str = "×"

    @property
    def kept(self) -> bool:
        """Whether the figure is within its bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


def verdicts(result: dict[str, Any]) -> list[Verdict]:
    """Every promise that this result can say something about, for its largest size."""
    sizes = {int(lines): found for lines, found in result["sizes"].items()}
    largest, smallest = max(sizes), min(sizes)
    found = sizes[largest]
    pages = answered(found)
    said = [*_of_pages(pages), *_of_the_rest(found)]
    if largest != smallest:
        limit = GROWTH.get(largest, GROWTH[1_000_000])
        said += _of_growth(pages, answered(sizes[smallest]), limit)
    for name in found["pages"].keys() - pages.keys():
        status = found["pages"][name]["status"]
        said.append(Verdict(f"{name}: answers", status, 200, unit=""))
    return said


def answered(found: dict[str, Any]) -> dict[str, Any]:
    """The pages of one size that could be measured at all."""
    return {name: page for name, page in found["pages"].items() if "page" in page}


def floors(page: dict[str, Any]) -> float:
    """How many floor pages a page's median is."""
    return float(page["page"]["p50"] / page["floor"]["p50"])


def growth(page: dict[str, Any], small: dict[str, Any]) -> float | None:
    """A page's median in its own at the smallest size; None where fewer rows were shown there."""
    if not page["same_size"] or small["rows"] != page["rows"]:
        return None
    return float(page["page"]["p50"] / small["page"]["p50"])


def _of_pages(pages: dict[str, Any]) -> Iterator[Verdict]:
    for kind, bound in FLOOR_BOUNDS.items():
        of_kind = {name: floors(page) for name, page in pages.items() if page["kind"] == kind}
        if not of_kind:
            continue
        worst = max(of_kind, key=of_kind.__getitem__)
        said = f"{_KINDS[kind]}, in floor pages (most: {worst})"
        yield Verdict(said, of_kind[worst], bound)
    for said, bound, kinds in (
        ("a reading page", MOST_QUERIES, pages.keys() - _waiting(pages)),
        ("a page with 100,000 waiting", MOST_WITH_MANY, _waiting(pages)),
    ):
        if kinds:
            most = max(sorted(kinds), key=lambda name: pages[name]["queries"])
            asked = pages[most]["queries"]
            yield Verdict(f"queries of {said} (most: {most})", asked, bound, unit="")


def _waiting(pages: dict[str, Any]) -> set[str]:
    return {name for name, page in pages.items() if page["kind"] == "waiting"}


_KINDS = {"page": "sheet, any filter, any page", "search": "any search", "line": "one escalation"}


def _of_growth(pages: dict[str, Any], small: dict[str, Any], limit: float) -> Iterator[Verdict]:
    grown = {name: growth(page, small[name]) for name, page in pages.items() if name in small}
    known = {
        name: ratio
        for name, ratio in grown.items()
        if ratio is not None and pages[name]["kind"] == "page"
    }
    if known:
        worst = max(known, key=known.__getitem__)
        said = f"sheet, any filter, any page, in its own at the smallest size (most: {worst})"
        yield Verdict(said, known[worst], limit)


def _of_the_rest(found: dict[str, Any]) -> Iterator[Verdict]:
    made = found["creation"]
    alone = made["raw"]["p50"] + made["empty"]["p50"]
    yield Verdict(
        "saving a line, in raw insert + empty view", made["page"]["p50"] / alone, CREATION
    )
    yield Verdict("queries of saving a line", made["queries"], MOST_QUERIES, unit="")
    times = made["with a topic"]["p50"] / made["page"]["p50"]
    yield Verdict("saving a line with a topic, in saving one without", times, UNCHANGED)
    for name, admin in found["admin"].items():
        if "admin" in admin and name not in NOT_PROMISED:
            times = admin["admin"]["p50"] / admin["page"]["p50"]
            yield Verdict(f"faster than the {name}", times, FASTER_THAN_ADMIN, at_least=True)
    crowd = found["crowd"]
    rate = crowd["sheet"]["per_second"] / crowd["floor"]["per_second"]
    said = "the sheet at 8 at a time, in the floor page’s rate"
    yield Verdict(said, rate, CROWD, at_least=True)
    yield Verdict("memory of a web worker", found["memory"]["rss"], WORKER_MIB, unit=" MiB")
    if "grouping" in found:
        yield from of_grouping(found["grouping"])
    yield from of_files(found)


def of_grouping(found: dict[str, Any]) -> Iterator[Verdict]:
    """What was promised of topics and similar lines."""
    taken = found["suggest"]["p95"]
    yield Verdict("suggesting a topic, p95 of processor time", taken, SUGGEST_MS, unit=" ms")
    said = f"lines similar to a typed concern, of {found['of_program']:,}, p95"
    yield Verdict(said, found["similar"]["p95"], SIMILAR_MS, unit=" ms")
    said = f"new topics among {found['discover']['pool']:,} lines"
    yield Verdict(said, found["discover"]["seconds"], DISCOVER_SECONDS, unit=" s")
    for what in ("asking", "discovering"):
        said = f"memory that {what} adds to a process"
        yield Verdict(said, found["memory"][what], GROUPING_MIB, unit=" MiB")


def of_files(found: dict[str, Any]) -> Iterator[Verdict]:
    """What was promised of exports and imports, of those that were measured."""
    for kind, export in found.get("exports", {}).items():
        said = f"export as {kind.upper()}, a million lines at the pace of {export['lines']:,}"
        yield Verdict(said, export["seconds_per_million"], EXPORT[kind], unit=" s")
        said = f"memory it adds to a worker ({kind.upper()})"
        yield Verdict(said, export["memory"]["rise"], EXPORT_MIB, unit=" MiB")
    imports = found.get("imports", {})
    for kind in ("csv", "xlsx"):
        if kind in imports:
            one = imports[kind]
            said = f"import of {one['rows']:,} rows as {kind.upper()}"
            yield Verdict(said, one["seconds"], IMPORT_SECONDS, unit=" s")
            slower = one["sheet_meanwhile"]["p95"] / imports["sheet_before"]["p95"]
            yield Verdict(
                f"the sheet’s p95 meanwhile ({kind.upper()}), in the one before",
                slower,
                IMPORT_SLOWS,
            )
