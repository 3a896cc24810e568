"""Bars: columns along time, stacked columns, and Pareto's ranked bars."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from escalations.charts.drawing import WIDTH, Cell, Drawing, Key, Label, Mark, Stroke, Table
from escalations.charts.scale import (
    Plane,
    at,
    axis,
    beneath,
    box,
    path,
    percent,
    steps,
)
from escalations.charts.values import About, Series, Value, drawn, said, table, table_of_series

PATTERNS = ("", "stripes", "dots", "cross", "rules")
"""What tells the looks 1 to 5 apart besides their colours."""

FIRST, ROW, LEFT, BROAD = 24.0, 40.0, 8.0, WIDTH - 16


def bar(about: About, values: Sequence[Value]) -> Drawing:
    """Columns in order, with a whisker where a value has an interval."""
    tops = [max(v.value or 0, v.high or 0) for v in values]
    plane, lines, labels = _plane(about, len(values), max(tops, default=0))
    marks, whiskers = [], []
    for place, value in enumerate(values):
        words = said(value, about.shown)
        marks.append(
            Mark(
                _column(plane, place, 0, value.value or 0),
                "look-1",
                words,
                value.href,
                plane.column(place),
            )
        )
        if value.low is not None and value.high is not None:
            x = plane.x(place)
            whiskers.append(path([(x, plane.y(value.low)), (x, plane.y(value.high))]))
    before = (Stroke("".join(whiskers), "whisker"),) if whiskers else ()
    labels += beneath(plane, [value.label for value in values])
    return drawn(about, "bar", lines, marks, labels, table=table(about, values), before=before)


def stacked(about: About, series: Sequence[Series]) -> Drawing:
    """Columns of several parts, at most five, the first at the bottom; whole places in order."""
    if len(series) > len(PATTERNS):
        raise ValueError("More than five parts cannot be told apart.")
    places = list(zip(*(one.values for one in series), strict=True))
    sums = [sum(value.value or 0 for value in place) for place in places]
    plane, lines, labels = _plane(about, len(places), max(sums, default=0))
    marks = []
    for place, values in enumerate(places):
        foot = 0.0
        for part, value in enumerate(values):
            if value.value:
                d = _column(plane, place, foot, foot + value.value)
                words = said(value, about.shown, series[part].name)
                marks.append(Mark(d, f"look-{part + 1}", words, value.href, "", PATTERNS[part]))
                foot += value.value
    keys = tuple(
        Key(one.name, f"look-{n}", box(1, 1, 14, 14), PATTERNS[n - 1])
        for n, one in enumerate(series, start=1)
    )
    labels += beneath(plane, [place[0].label for place in places])
    return drawn(
        about, "stacked", lines, marks, labels, table=table_of_series(about, series), keys=keys
    )


def pareto(about: About, values: Sequence[Value], rest: Sequence[Value] = ()) -> Drawing:
    """Ranked bars, the largest first; behind each the share that all down to it make together.

    The `rest` comes last, however much it is: what is no single one.
    """
    ranked = [*sorted(values, key=lambda value: (-(value.value or 0), value.label)), *rest]
    whole = sum(value.value or 0 for value in ranked)
    sums = accumulate(value.value or 0 for value in ranked)
    marks, labels, behind, rows = [], [], [], []
    for place, (value, total) in enumerate(zip(ranked, sums, strict=True)):
        top = FIRST + place * ROW
        count, share = value.value or 0, (value.value or 0) / whole if whole else 0.0
        together = total / whole if whole else 0.0
        figures = (about.shown(count), percent(round(share, 2)), percent(round(together, 2)))
        words = value.said or f"{value.label}: {figures[0]}, {figures[2]} with those above"
        behind.append(Stroke(box(LEFT, top + 19, together * BROAD, 15), "together"))
        bar_ = box(LEFT, top + 19, share * BROAD, 15) if count else ""
        hit = box(LEFT, top, BROAD, ROW - 2)
        marks.append(Mark(bar_, "look-1", words, value.href, hit))
        labels.append(Label(at(LEFT), at(top + 14), value.label, "start", "name"))
        ends = f"{figures[0]} · {figures[2]}"
        labels.append(Label(at(LEFT + BROAD), at(top + 14), ends, "end", "axis"))
        rows.append((Cell(value.label), Cell(figures[0], value.href), *map(Cell, figures[1:])))
    keys = (
        Key(f"{about.unit}, as a share of all", "look-1", box(0, 2, 16, 12)),
        Key("share of all down to here", "together", box(0, 2, 16, 12)),
    )
    table = Table((about.of, about.unit, "share", "together"), tuple(rows))
    height = FIRST + ROW * max(2, len(ranked))
    return drawn(about, "pareto", behind, marks, labels, table=table, keys=keys, height=height)


def _plane(about: About, places: int, most: float) -> tuple[Plane, list[Stroke], list[Label]]:
    marks = steps(most, whole=about.shown(1.5) == about.shown(2))
    plane = Plane(places, marks[-1])
    lines, labels = axis(plane, marks, [about.shown(mark) for mark in marks])
    return plane, lines, labels


def _column(plane: Plane, place: int, low: float, high: float) -> str:
    width = min(48.0, plane.pitch * 0.72)
    top, foot = plane.y(high), plane.y(low)
    return box(plane.x(place) - width / 2, top, width, foot - top) if high > low else ""
