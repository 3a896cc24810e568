"""The heat table: a table whose cells are the darker the more there is; it is its own table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from escalations.charts.values import NONE, About, Series, said

SHADES = 5


@dataclass(frozen=True)
class Spot:
    """A cell: the figure, its shade from 0 (nothing) to 5 (the most), words, where it leads."""

    words: str
    shade: int
    said: str
    href: str


@dataclass(frozen=True)
class Heat:
    """A heat table, ready to be written: templates/charts/heat.jinja."""

    name: str
    title: str
    summary: str
    note: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]


def heat(about: About, rows: Sequence[Series]) -> Heat:
    """Shade cells by their share of the largest; a missing one is a dash, not 0."""
    most = max((v.value or 0 for row in rows for v in row.values), default=0)
    columns = tuple(value.label for value in rows[0].values) if rows else ()
    return Heat(
        name=about.name,
        title=about.title,
        summary=about.summary,
        note=about.note,
        corner=about.of,
        columns=columns,
        rows=tuple(
            (
                row.name,
                tuple(
                    Spot(
                        words=NONE if v.value is None else about.shown(v.value),
                        shade=ceil(SHADES * v.value / most) if v.value and most else 0,
                        said=v.said or f"{row.name}, {said(v, about.shown)}",
                        href=v.href,
                    )
                    for v in row.values
                ),
            )
            for row in rows
        ),
    )
