"""Figures as tables: for the terminal, and for docs/performance.md (`python -m bench.report`)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.bounds import Verdict, answered, floors, growth, of_files, of_grouping, verdicts
from bench.report_numbers import say_numbers
from config.database import PROJECT

RESULTS = PROJECT / "bench" / "results"
PAPER = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by python -m bench.report -->", "<!-- end of figures -->"
MILLION = RESULTS / "million-in-one-program.json"
BEFORE = RESULTS / "before-topics.json"
NAME = re.compile(r"\d{4}-\d\d-\d\d-(\d+)\.json$")


def write_down() -> int:
    """Write the newest figures of each size into docs/performance.md; return the exit code."""
    newest = {}
    for path in sorted(RESULTS.glob("*.json")):
        if found := NAME.search(path.name):
            newest[int(found[1])] = path
    if not newest:
        print("There are no figures yet: run make bench.", file=sys.stderr)
        return 1
    said = [say(json.loads(newest[size].read_text())) for size in sorted(newest)]
    if BEFORE.exists():
        said.append(say_before(json.loads(BEFORE.read_text())))
    if MILLION.exists():
        said.append(say_million(json.loads(MILLION.read_text())))
    said += [say_numbers(path, _table, _kept) for path in sorted(RESULTS.glob("numbers-*.json"))]
    text = "\n\n".join(said)
    head, _, rest = PAPER.read_text(encoding="utf-8").partition(BEGIN)
    PAPER.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


def say(result: dict[str, Any]) -> str:
    """One result as Markdown."""
    sizes = sorted(int(lines) for lines in result["sizes"])
    machine = result["machine"]
    pieces = [
        f"## {' and '.join(f'{lines:,}' for lines in sizes)} lines",
        f"{result['at']}, commit {machine['commit']}: {machine['cores']} cores,"
        f" {machine['memory_gib']} GiB, PostgreSQL {result['postgres']},"
        f" Python {machine['python']}; {result['seconds']} s altogether, load"
        f" {machine['load']:g} before.",
        _table(_kept(verdicts(result))),
    ]
    smallest = result["sizes"][str(sizes[0])]
    for lines in reversed(sizes):
        found = result["sizes"][str(lines)]
        pieces += [f"### {lines:,} lines", _table(_pages(found, smallest))]
        pieces += [_table(_others(found)), _files(found)]
    return "\n\n".join(piece for piece in pieces if piece)


def say_before(figures: dict[str, Any]) -> str:
    """What saving a line takes beside the commit before there were topics, as Markdown."""
    before = figures["before"]
    ways = (("none", "without a topic"), ("one", "with a topic"))
    return "\n\n".join(
        [
            "## Saving a line before there were topics",
            f"`python -m bench.before`: commit {figures['commit']} and this one side by side, each"
            f" with {figures['lines']:,} lines, {before['n']} times in turns; all that came since"
            " is in it, not topics alone.",
            _table(
                iter(
                    [
                        ("saving a line (ms)", "p50", "p95", "before p50", "before p95", "ratio"),
                        *(
                            (
                                said,
                                *(f"{figures[name][which]:.1f}" for which in ("p50", "p95")),
                                *(f"{before[which]:.1f}" for which in ("p50", "p95")),
                                f"{figures[name]['p50'] / before['p50']:.2f}",
                            )
                            for name, said in ways
                        ),
                    ]
                )
            ),
        ]
    )


def say_million(found: dict[str, Any]) -> str:
    """What was measured with a million lines in one program, as Markdown."""
    said = (
        "## A million lines in one program\n\n"
        f"`python -m bench.million`: {found['of_program']:,} lines in the program that is asked"
        f" about, {found['lines']:,} in all."
    )
    of_them = [*of_grouping(found["grouping"]), *of_files(found)]
    return f"{said}\n\n{_table(_kept(of_them))}"


def _table(rows: Iterator[Sequence[str]]) -> str:
    """A Markdown table; the first row is its head, columns after the first stand right."""
    head, *body = list(rows)
    if not body:
        return ""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *body))


def _kept(promises: Iterable[Verdict]) -> Iterator[Sequence[str]]:
    yield "promise", "measured", "bound", ""
    for one in promises:
        sign = "≥" if one.at_least else "≤"
        yield (
            one.promise,
            _figure(one.measured, one.unit),
            f"{sign} {one.bound:g}{one.unit and ' ' + one.unit.strip()}",
            "kept" if one.kept else "**missed**",
        )


def _figure(value: float, unit: str) -> str:
    if not unit:
        return f"{value:g}"
    return f"{value:.3g} {unit.strip()}" if value < 100 else f"{value:.0f} {unit.strip()}"


def _pages(found: dict[str, Any], smallest: dict[str, Any]) -> Iterator[Sequence[str]]:
    yield (
        *("page (ms)", "p50", "p95", "floor p50", "empty p50", "raw SQL p50", "× floor"),
        *("× smallest", "rows", "queries", "kB"),
    )
    compared = answered(smallest)
    for name, page in answered(found).items():
        grown = growth(page, compared[name]) if name in compared else None
        yield (
            name,
            *(f"{page['page'][which]:.1f}" for which in ("p50", "p95")),
            *(f"{page[which]['p50']:.1f}" for which in ("floor", "empty", "raw")),
            f"{floors(page):.2f}",
            "–" if grown is None or found is smallest else f"{grown:.2f}",
            str(page["rows"]),
            str(page["queries"]),
            f"{page['bytes'] / 1000:.0f}",
        )


def _others(found: dict[str, Any]) -> Iterator[Sequence[str]]:
    yield "beside (ms)", "p50", "p95", "compared with", "p50", "ratio"
    made = found["creation"]
    alone = made["raw"]["p50"] + made["empty"]["p50"]
    yield (
        f"saving a line ({made['queries']} queries)",
        *(f"{made['page'][which]:.1f}" for which in ("p50", "p95")),
        f"raw insert {made['raw']['p50']:.1f} + empty view {made['empty']['p50']:.1f}",
        f"{alone:.1f}",
        f"{made['page']['p50'] / alone:.2f}",
    )
    yield (
        "saving a line with a topic",
        *(f"{made['with a topic'][which]:.1f}" for which in ("p50", "p95")),
        "saving one without",
        f"{made['page']['p50']:.1f}",
        f"{made['with a topic']['p50'] / made['page']['p50']:.2f}",
    )
    for name, admin in found["admin"].items():
        if "admin" not in admin:
            yield name, "–", "–", admin["beside"], "–", f"answered {admin['status']}"
            continue
        yield (
            name,
            *(f"{admin['admin'][which]:.1f}" for which in ("p50", "p95")),
            admin["beside"],
            f"{admin['page']['p50']:.1f}",
            f"{admin['admin']['p50'] / admin['page']['p50']:.1f}",
        )
    for name, crowd in found["crowd"].items():
        rate = crowd["per_second"]
        share = f"{rate / found['crowd']['floor']['per_second']:.2f}"
        yield (
            f"{name} at 8 at a time ({rate:.0f} per second)",
            *(f"{crowd[which]:.1f}" for which in ("p50", "p95")),
            "floor page’s rate",
            "",
            share,
        )


def _files(found: dict[str, Any]) -> str:
    memory = found["memory"]
    said = [
        "Loaded in "
        + ", ".join(f"{taken:g} s ({name})" for name, taken in found["load"].items())
        + f". A web worker takes at most {memory['rss']:.0f} MiB, {memory['own']:.0f} of them its"
        " own."
    ]
    if "grouping" in found:
        said.append(_grouping(found["grouping"]))
    for kind, export in found.get("exports", {}).items():
        said.append(
            f"Export of {export['lines']:,} lines as {kind.upper()}: {export['seconds']:g} s, first"
            f" byte after {export['first_byte']:g} s, {export['bytes'] / 1e6:.0f} MB, the worker"
            f" grew by {export['memory']['rise']:.0f} MiB; PostgreSQL’s own COPY of them"
            f" {export['raw_copy']:g} s."
        )
    imports = found.get("imports", {})
    for kind in ("csv", "xlsx"):
        if kind in imports:
            one, before = imports[kind], imports["sheet_before"]
            said.append(
                f"Import of {one['rows']:,} rows as {kind.upper()}: {one['seconds']:g} s (sent"
                f" {one['upload']:g}, read {one['read']:g}, written {one['write']:g}); the sheet’s"
                f" p95 meanwhile {one['sheet_meanwhile']['p95']:.0f} ms, before"
                f" {before['p95']:.0f} ms."
            )
    return "\n".join(f"- {one}" for one in said)


def _grouping(found: dict[str, Any]) -> str:
    memory, suggest, similar = found["memory"], found["suggest"], found["similar"]
    return (
        f"Suggesting a topic takes {suggest['p50']:.0f} ms of processor time (p95"
        f" {suggest['p95']:.0f}), the first in a process {found['first']:.0f} ms; similar lines"
        f" among {found['of_program']:,} {similar['p50']:.0f} ms (p95 {similar['p95']:.0f});"
        f" {found['discover']['groups']} new topics among {found['discover']['pool']:,} lines"
        f" {found['discover']['seconds']:g} s. A process has {memory['before']:.0f} MiB before it"
        f" ever asks, {memory['asking']:.0f} more when it does and {memory['discovering']:.0f} more"
        " at most while it looks for new topics."
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(say(json.loads(Path(sys.argv[1]).read_text())))
    else:
        sys.exit(write_down())
