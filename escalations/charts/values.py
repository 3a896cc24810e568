"""What a chart is given: values with their words, and where each leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from escalations.charts.drawing import (
    HEIGHT,
    WIDTH,
    Cell,
    Drawing,
    Key,
    Label,
    Mark,
    Stroke,
    Table,
)
from escalations.charts.scale import at, figure

Shown = Callable[[float], str]
NONE = "–"


@dataclass(frozen=True)
class Value:
    """One value: `label` on the axis and in the table, `value` None where there is none.

    `said` are its words when it is pointed at ("Mon 3 Nov: 12 of 800 calls, 1.5 %"), made of label
    and value unless given; `href` leads to the rows counted; `low` and `high` are its interval.
    """

    label: str
    value: float | None
    said: str = ""
    href: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """Values that belong together, one for each place in order."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True)
class About:
    """What is said about a chart: see Drawing. `unit` heads the column of values in the table."""

    name: str
    title: str
    summary: str
    unit: str
    of: str = ""
    note: str = ""
    shown: Shown = figure


def said(value: Value, shown: Shown, name: str = "") -> str:
    """A value in words; one that is missing says so."""
    if value.said:
        return value.said
    words = "no figure" if value.value is None else shown(value.value)
    return f"{value.label}: {words} {name}".rstrip()


def table(about: About, values: Sequence[Value]) -> Table:
    """The table behind one series, with the intervals where there are any."""
    ranged = any(value.low is not None for value in values)
    headings = (about.of, about.unit, *(("95 % interval",) if ranged else ()))
    return Table(headings, tuple(_row(value, about.shown, ranged=ranged) for value in values))


def table_of_series(about: About, series: Sequence[Series]) -> Table:
    """The table behind several series: a row per place, a column per series."""
    rows = []
    for together in zip(*(one.values for one in series), strict=True):
        cells = [Cell(shown_or_none(value.value, about.shown), value.href) for value in together]
        rows.append((Cell(together[0].label), *cells))
    return Table((about.of, *(one.name for one in series)), tuple(rows))


def shown_or_none(value: float | None, shown: Shown) -> str:
    """The value as shown, a dash for none."""
    return NONE if value is None else shown(value)


def _row(value: Value, shown: Shown, *, ranged: bool) -> tuple[Cell, ...]:
    cells = (Cell(value.label), Cell(shown_or_none(value.value, shown), value.href))
    if not ranged:
        return cells
    if value.low is None or value.high is None:
        return (*cells, Cell(NONE))
    return (*cells, Cell(f"{shown(value.low)} to {shown(value.high)}"))


def drawn(
    about: About,
    kind: str,
    lines: Sequence[Stroke],
    marks: Sequence[Mark],
    labels: Sequence[Label],
    *,
    table: Table,
    before: Sequence[Stroke] = (),
    keys: Sequence[Key] = (),
    height: float = HEIGHT,
) -> Drawing:
    """Put a drawing together: what is said about it, and what was painted, or that nothing was."""
    if not any(mark.d for mark in marks):
        labels = [
            *labels,
            Label(at(WIDTH / 2), at(height / 2), "nothing to show", "middle", "name"),
        ]
    return Drawing(
        name=about.name,
        kind=kind,
        title=about.title,
        summary=about.summary,
        note=about.note,
        width=at(WIDTH),
        height=at(height),
        behind=tuple(lines),
        marks=tuple(marks),
        before=tuple(before),
        labels=tuple(labels),
        keys=tuple(keys),
        patterns=tuple(sorted({mark.pattern for mark in marks} - {""})),
        table=table,
    )
