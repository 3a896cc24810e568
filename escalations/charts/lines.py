"""Lines: a series with its band and its usual course, and the sparkline beside a name."""

from __future__ import annotations

from collections.abc import Sequence

from escalations.charts.drawing import Cell, Drawing, Key, Mark, Spark, Stroke, Table
from escalations.charts.scale import Plane, axis, beneath, box, path, shape, steps
from escalations.charts.values import About, Value, drawn, said, shown_or_none
from escalations.charts.values import table as table_of

SPARK = 80.0, 16.0


def line(
    about: About,
    values: Sequence[Value],
    *,
    usual: Sequence[float | None] = (),
    band: str = "95 % interval",
    usually: str = "usually",
) -> Drawing:
    """A line with a dot per value; the band from `low` to `high`, the usual course dashed.

    A place without a value is a gap. `usual` has one value for each place, or none at all.
    """
    tops = [max(v.value or 0, v.high or 0) for v in values]
    most = max([*tops, *(one or 0 for one in usual)], default=0)
    marks = steps(most, whole=about.shown(1.5) == about.shown(2))
    plane = Plane(len(values), marks[-1])
    behind, labels = axis(plane, marks, [about.shown(mark) for mark in marks])
    keys = [Key(about.unit, "line-1", "M0 8L16 8" + shape("circle", 8, 8, 3))]
    if ranged := areas(plane, [(v.low, v.high) for v in values]):
        behind.append(Stroke(ranged, "band"))
        keys.append(Key(band, "band", box(0, 2, 16, 12)))
    if usual:
        behind.append(Stroke(path(points(plane, usual)), "usual"))
        keys.append(Key(usually, "usual", "M0 8L16 8"))
    behind.append(Stroke(path(points(plane, [v.value for v in values])), "line-1"))
    dots = [
        Mark(
            _dot(plane, place, value),
            "dot-1",
            said(value, about.shown),
            value.href,
            plane.column(place),
        )
        for place, value in enumerate(values)
    ]
    labels += beneath(plane, [value.label for value in values])
    table = table_of(about, values)
    if usual:
        table = _with_usual(about, table, usual, usually)
    return drawn(
        about, "line", behind, dots, labels, table=table, keys=keys if len(keys) > 1 else ()
    )


def sparkline(values: Sequence[float | None], said: str) -> Spark:
    """Draw values in 80 × 16, from 0 to the largest; the last one has a dot."""
    width, height = SPARK
    most = max((value for value in values if value), default=0) or 1
    pitch = width / max(1, len(values) - 1)
    found = [
        None if value is None else (n * pitch, height - value / most * height)
        for n, value in enumerate(values)
    ]
    last = next((point for point in reversed(found) if point), None)
    return Spark(path(found), shape("circle", *last, 2) if last else "", said)


def points(plane: Plane, values: Sequence[float | None]) -> list[tuple[float, float] | None]:
    """Where values stand; None for those that are missing."""
    return [
        None if value is None else (plane.x(place), plane.y(value))
        for place, value in enumerate(values)
    ]


def areas(plane: Plane, ranges: Sequence[tuple[float | None, float | None]]) -> str:
    """The band between pairs, one closed area for each stretch without a gap."""
    parts: list[str] = []
    stretch: list[tuple[float, float, float]] = []
    for place, (low, high) in enumerate([*ranges, (None, None)]):
        if low is not None and high is not None:
            stretch.append((plane.x(place), plane.y(low), plane.y(high)))
            continue
        if len(stretch) == 1:  # a lone one is as wide as its place
            x, low_y, high_y = stretch[0]
            stretch = [(x + half * plane.pitch / 2, low_y, high_y) for half in (-1, 1)]
        if stretch:
            there = [(x, high_y) for x, _, high_y in stretch]
            back = [(x, low_y) for x, low_y, _ in reversed(stretch)]
            parts.append(path([*there, *back]) + "z")
        stretch = []
    return "".join(parts)


def _dot(plane: Plane, place: int, value: Value) -> str:
    if value.value is None:
        return ""
    return shape("circle", plane.x(place), plane.y(value.value), min(4.0, plane.pitch * 0.4))


def _with_usual(about: About, table: Table, usual: Sequence[float | None], usually: str) -> Table:
    rows = tuple(
        (*row, Cell(shown_or_none(one, about.shown)))
        for row, one in zip(table.rows, usual, strict=True)
    )
    return Table((*table.headings, usually), rows)
