"""The figures of `bench.numbers` as tables for docs/performance.md."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.numbers import verdicts

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
            " sums would have to. All sizes take turns.",
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
    for name, page in largest.items():
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
