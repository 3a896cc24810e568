"""The tables of sections as files take them: every chart, heat table and list, nothing left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from escalations.charts.drawing import Table
from escalations.charts.heat import Heat
from escalations.charts.values import NONE
from escalations.exportcells import neutral
from reports.report import Section

FIGURE = re.compile(r"((?:0|[1-9]\d{0,2}(?:,\d{3})*)(?:\.\d+)?)( %)?")
"""How the charts write a number: 1,204 · 12.5 · 1.5 %. No ID: it has no comma, or a 0 before."""

RANGE = re.compile(rf"({FIGURE.pattern}) to ({FIGURE.pattern})")


@dataclass(frozen=True)
class Figure:
    """A number of a table; a share is from 0 to 1 and `is_share`."""

    value: float
    is_share: bool = False


Cell = Figure | str


@dataclass(frozen=True)
class Sheet:
    """One table with what is said about it; the first cell of a row names the row."""

    name: str
    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets(sections: Iterable[Section]) -> Iterator[Sheet]:
    """Give the table of every chart, heat table and list, in the order of the page."""
    for section in sections:
        for chart in section.drawings:
            notes = _said(chart.summary, chart.note, section.note)
            yield _sheet(chart.name, chart.title, notes, chart.table)
        for heat in section.heats:
            yield _of_heat(heat, section.note)
        for one in section.lists:
            yield _sheet(one.name, one.title, _said(one.note, section.note), one.table)


def read(words: str) -> Cell:
    """A cell as a number if that is what stands in it, else as it is."""
    if not (found := FIGURE.fullmatch(words)):
        return words
    value = float(found[1].replace(",", ""))
    return Figure(round(value / 100, 10), is_share=True) if found[2] else Figure(value)


def read_range(words: str) -> tuple[Cell, Cell]:
    """The two ends of `1.5 % to 2 %`; what is no range stands at its beginning."""
    found = RANGE.fullmatch(words)
    return (read(found[1]), read(found[4])) if found else (words, "")


def as_csv(sheet: Sheet) -> str:
    """A sheet as CSV, its numbers plain; no cell can be a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([neutral(heading) for heading in sheet.headings])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return text.getvalue()


def _plain(cell: Cell) -> str:
    return f"{cell.value:.10g}" if isinstance(cell, Figure) else neutral(cell)


def _said(*notes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for note in notes if note))


def _of_heat(heat: Heat, note: str) -> Sheet:
    rows = tuple((name, *(read(spot.words) for spot in spots)) for name, spots in heat.rows)
    notes = _said(heat.summary, heat.note, note)
    return Sheet(heat.name, heat.title, notes, (heat.corner, *heat.columns), rows)


def _sheet(name: str, title: str, notes: tuple[str, ...], table: Table) -> Sheet:
    """A table, each column of intervals as two of numbers."""
    words = [tuple(cell.words for cell in row) for row in table.rows]
    ranged = {
        column
        for column in range(1, len(table.headings))
        if any(RANGE.fullmatch(row[column]) for row in words)
        and all(RANGE.fullmatch(row[column]) or row[column] == NONE for row in words)
    }
    headings: list[str] = []
    for column, heading in enumerate(table.headings):
        both = [f"{heading}, from", f"{heading}, to"]
        headings += both if column in ranged else [heading]
    return Sheet(name, title, notes, tuple(headings), tuple(_row(row, ranged) for row in words))


def _row(words: tuple[str, ...], ranged: set[int]) -> tuple[Cell, ...]:
    cells: list[Cell] = [words[0]] if words else []
    for column, said in enumerate(words[1:], start=1):
        if column not in ranged:
            cells.append(read(said))
        else:
            low, high = read_range(said)
            cells += [low, NONE if said == NONE else high]
    return tuple(cells)
