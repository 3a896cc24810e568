"""The log as a file: the sheet's own columns first, complete, in paper order, never a formula."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import IO

import xlsxwriter
from django.db.models import Q

from escalations.models import Escalation
from escalations.querysets import EscalationQuerySet
from people.models import Membership, Program
from people.templatetags.tala import say_time

PIECE = 2000
XLSX_ROWS = 1_000_000
"""Lines on one sheet of a workbook; Excel takes 1,048,576."""

HEADINGS = (
    *("Number", "Time of Escalation", "Escalating Agent", "Concern", "Resolution"),
    *("Requires Feedback? Y/N", "Status", "Shift day", "Occurred at (UTC)", "Logged by"),
    *("Severity", "Offered", "Refused because", "Wanted", "Customer reference"),
    *("Call back at (UTC)", "Void reason", "Line"),
)
WIDTHS = (8, 12, 22, 44, 36, 12, 12, 12, 19, 18, 9, 24, 24, 24, 20, 19, 24, 8)
RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


class Echo:
    """A file that gives back what is written to it, for a csv writer that streams."""

    def write(self, text: str) -> bytes:
        """Give the text back as UTF-8."""
        return text.encode("utf-8", "replace")


def neutral(cell: str) -> str:
    """Put a `'` before what a spreadsheet would take for a formula; reading takes it off again."""
    return f"'{cell}" if RISKY.match(cell) else cell


def as_csv(lines: EscalationQuerySet, *, by: Membership) -> Iterator[bytes]:
    """Stream lines as CSV (UTF-8), oldest first, a `'` before formulas."""
    writer = csv.writer(Echo())
    yield writer.writerow(HEADINGS)
    for row in rows_of(lines, by=by):
        yield writer.writerow([neutral(cell) for cell in row])


def as_xlsx(lines: EscalationQuerySet, *, by: Membership) -> IO[bytes]:
    """Write lines into a workbook of text cells, oldest first; gives the open temporary file."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True})
        for at, row in enumerate(rows_of(lines, by=by)):
            if at % XLSX_ROWS == 0:
                sheet = _new_sheet(book, bold)
            sheet.write_row(at % XLSX_ROWS + 1, 0, row)
        if not book.worksheets():
            _new_sheet(book, bold)
    file.seek(0)
    return file


def _new_sheet(book: xlsxwriter.Workbook, bold: object) -> xlsxwriter.worksheet.Worksheet:
    """Begin a sheet: widths, headings, and the headings kept in sight."""
    sheet = book.add_worksheet()
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEADINGS, bold)
    return sheet


def rows_of(lines: EscalationQuerySet, *, by: Membership) -> Iterator[list[str]]:
    """Give the cells of every line, oldest first: one query per 2,000 lines and per shift day."""
    numbers = _Numbers(by)
    for line in _in_pieces(lines):
        number, shift_on = numbers.of(line)
        yield _cells(line, number, shift_on, by.program)


def _cells(line: Escalation, number: int, shift_on: date, program: Program) -> list[str]:
    """One line as the sheet's cells, then what the sheet has no column for."""
    return [
        str(number),
        say_time(line.occurred_at, program.zone),
        str(line.agent),
        line.concern,
        line.resolution,
        "Y" if line.requires_feedback else "N",
        line.get_status_display(),
        shift_on.isoformat(),
        say_utc(line.occurred_at),
        line.logged_by.username,
        str(line.severity or ""),
        line.offered,
        line.refused_because,
        line.wanted,
        line.customer_ref,
        say_utc(line.callback_at),
        line.void_reason,
        str(line.number),
    ]


def say_utc(instant: datetime | None) -> str:
    """An instant to the minute as `2026-11-20T13:15Z`; empty for None."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if instant else ""


def _in_pieces(lines: EscalationQuerySet) -> Iterator[Escalation]:
    """Give all lines oldest first, a piece at a time, each piece by its place and not by offset."""
    ordered = lines.for_sheet().paper_order()
    piece = list(ordered[:PIECE])
    while piece:
        yield from piece
        last = piece[-1]
        after = Q(occurred_at__gt=last.occurred_at) | Q(pk__gt=last.pk)
        piece = list(ordered.filter(after, occurred_at__gte=last.occurred_at)[:PIECE])


class _Numbers:
    """The number of each line within its shift day, whatever the filters leave out."""

    def __init__(self, by: Membership) -> None:
        self.by = by
        self.bounds: tuple[datetime, datetime] | None = None
        self.day = date.min
        self.numbers: dict[int, int] = {}

    def of(self, line: Escalation) -> tuple[int, date]:
        """The line's number and shift day; one query when it begins a new shift day."""
        if self.bounds is None or not self.bounds[0] <= line.occurred_at < self.bounds[1]:
            program = self.by.program
            self.day = program.shift_day_of(line.occurred_at)
            self.bounds = program.shift_bounds(self.day)
            whole = Escalation.objects.visible_to(self.by).between(*self.bounds).paper_order()
            ids = whole.values_list("pk", flat=True)
            self.numbers = {pk: number for number, pk in enumerate(ids, start=1)}
        # A line logged while the export runs may not have been counted.
        return self.numbers.get(line.pk, len(self.numbers) + 1), self.day
