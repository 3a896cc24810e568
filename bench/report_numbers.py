"""The figures of `bench.numbers` as tables for docs/performance.md."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.numbers import verdicts

NARROWED = re.compile(r"(?P<kind>\w+) of an? .+, (?P<days>\d+) shift days").fullmatch
Table = Callable[[Iterator[Sequence[str]]], str]


def say_numbers(path: Path, table: Table, kept: Callable[..., Iterator[Sequence[str]]]) -> str:
    """One result as Markdown."""
    result = json.loads(path.read_text())
    sizes = sorted(map(int, result["sizes"]))
    made = result["machine"]
    return "\n\n".join(
        [
            f"## The numbers, at {' and '.join(f'{lines:,}' for lines in sizes)} lines",
            f"`python -m bench.numbers`, {result['at']}, commit {made['commit']}, load"
            f" {made['load']:g} before. Raw SQL counts the same lines by topic, as a report without"
            " sums would have to. All sizes take turns. Of each report with a topic, a team, an"
            " agent, an SME or a severity as filter the slowest of the five is shown; all are"
            f" in bench/results/{path.name}.",
            table(kept(verdicts(result))),
            table(_rows(result["sizes"], sizes)),
        ]
    )


def _rows(found: dict[str, Any], sizes: Sequence[int]) -> Iterator[Sequence[str]]:
    largest, smallest = found[str(sizes[-1])], found[str(sizes[0])]
    others = [f"p50 at {lines:,}" for lines in sizes[:-1]]
    yield (
        *("page (ms)", f"p50 at {sizes[-1]:,}", "p95", *others, "floor p50", "raw SQL p50"),
        *("× floor", "× smallest", "kB"),
    )
    for name in _shown(largest):
        page = largest[name]
        took, floor = page["page"], page["floor"]["p50"]
        yield (
            name,
            f"{took['p50']:.1f}",
            f"{took['p95']:.1f}",
            *(f"{found[str(lines)][name]['page']['p50']:.1f}" for lines in sizes[:-1]),
            f"{floor:.1f}",
            f"{page['raw']['p50']:.1f}" if "raw" in page else "",
            f"{took['p50'] / floor:.2f}",
            f"{took['p50'] / smallest[name]['page']['p50']:.2f}",
            f"{page['bytes'] / 1000:.0f}",
        )


def _shown(pages: dict[str, Any]) -> list[str]:
    """The pages without a filter, and of those with one the slowest of each report and range."""
    slowest: dict[tuple[str, ...], str] = {}
    for name, page in pages.items():
        narrowed = NARROWED(name)
        which = narrowed.groups() if narrowed else (name,)
        if which not in slowest or page["page"]["p50"] > pages[slowest[which]]["page"]["p50"]:
            slowest[which] = name
    return list(slowest.values())
