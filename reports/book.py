"""A report or pack as a workbook: its figures on the first sheet, then a sheet for every table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from escalations.workbook import NOT_XML
from reports.report import Fact, Section
from reports.tables import Cell, Figure, Sheet, read, read_range, sheets

SAFELY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FIGURES = ("Section", "Figure", "Value", "As shown", "Share", "95 % from", "95 % to", "Of")
HEADINGS = (*FIGURES, "Definition")
NO_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST, NAME = 32_767, 31
"""Letters of a cell and of a sheet's name that Excel takes."""

WIDEST = 48


@dataclass(frozen=True)
class Head:
    """What stands above the figures: a title, and facts about the file by name."""

    title: str
    about: tuple[tuple[str, str], ...]


def book(head: Head, sections: Sequence[Section]) -> bytes:
    """The whole workbook; every cell is a number or text, never a formula or a link."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, SAFELY) as workbook:
        writer = _Writer(workbook)
        writer.figures(head, sections)
        for sheet in sheets(sections):
            writer.table(sheet)
    return held.getvalue()


class _Writer:
    """Writes sheets into a workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self.taken: set[str] = set()
        self.bold: Format = workbook.add_format({"bold": True})
        self.title: Format = workbook.add_format({"bold": True, "font_size": 14})
        self.share: Format = workbook.add_format({"num_format": "0.0##%"})
        self.number: Format = workbook.add_format({"num_format": "#,##0.###"})
        self.whole: Format = workbook.add_format({"num_format": "#,##0"})

    def figures(self, head: Head, sections: Iterable[Section]) -> None:
        """The first sheet."""
        sheet = self._add("Figures")
        self._text(sheet, 0, 0, head.title, self.title)
        for row, (name, said) in enumerate(head.about, start=1):
            self._text(sheet, row, 0, name, self.bold)
            self._text(sheet, row, 1, said)
        rows = [_figure(section, fact) for section in sections for fact in section.facts]
        self._rows(sheet, len(head.about) + 2, HEADINGS, rows)

    def table(self, table: Sheet) -> None:
        """A sheet of its own for one table."""
        sheet = self._add(table.title)
        self._text(sheet, 0, 0, table.title, self.title)
        for row, note in enumerate(table.notes, start=1):
            self._text(sheet, row, 0, note)
        self._rows(sheet, len(table.notes) + 2, table.headings, table.rows)

    def _add(self, title: str) -> Worksheet:
        """A sheet under a name that Excel takes and no other has."""
        plain = NO_NAME.sub(" ", NOT_XML.sub("", title)).strip(" '") or "Table"
        name, count = plain[:NAME].strip(" '"), 1
        while name.casefold() in self.taken:
            count += 1
            name = f"{plain[: NAME - 3 - len(str(count))].strip(chr(39) + ' ')} ({count})"
        self.taken.add(name.casefold())
        return self.workbook.add_worksheet(name)

    def _rows(
        self,
        sheet: Worksheet,
        top: int,
        headings: Sequence[str],
        rows: Sequence[Sequence[Cell]],
    ) -> None:
        for column, heading in enumerate(headings):
            self._text(sheet, top, column, heading, self.bold)
            said = [_length(row[column]) for row in rows if column < len(row)]
            sheet.set_column(column, column, min(WIDEST, max([len(heading), 8, *said]) + 2))
        for at, row in enumerate(rows, start=top + 1):
            for column, cell in enumerate(row):
                self._cell(sheet, at, column, cell)
        sheet.freeze_panes(top + 1, 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._text(sheet, row, column, cell)
            return
        plain = self.whole if cell.value == round(cell.value) else self.number
        sheet.write_number(row, column, cell.value, self.share if cell.is_share else plain)

    def _text(
        self, sheet: Worksheet, row: int, column: int, words: str, look: Format | None = None
    ) -> None:
        if words := NOT_XML.sub("", words)[:LONGEST]:
            sheet.write_string(row, column, words, look)


def _figure(section: Section, fact: Fact) -> tuple[Cell, ...]:
    low, high = read_range(fact.interval)
    shown = read(fact.said)
    value: Cell = shown if isinstance(shown, Figure) or fact.value is None else Figure(fact.value)
    words = (section.title, fact.name, value, fact.said, read(fact.share), low, high)
    return (*words, fact.of, fact.definition)


def _length(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else 8
