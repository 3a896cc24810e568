"""The log as a file: the sheet's own columns first, complete, in paper order, never a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Q

from escalations.models import Escalation, Feedback, Status
from escalations.querysets import EscalationQuerySet
from escalations.workbook import workbook
from people.models import Membership, Program
from people.templatetags.tala import say_time

PIECE = 2000

HEADINGS = (
    *("Number", "Time of Escalation", "Escalating Agent", "Concern", "Resolution"),
    *("Requires Feedback? Y/N", "Status", "Shift day", "Occurred at (UTC)", "Logged by"),
    *("Severity", "Offered", "Refused because", "Wanted", "Customer reference"),
    *("Call back at (UTC)", "Void reason", "Line"),
)
WIDTHS = (8, 12, 22, 44, 36, 12, 12, 12, 19, 18, 9, 24, 24, 24, 20, 19, 24, 8)
STATUS_NAMES = dict(Status.choices)
RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
RISKY_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")


class Line(NamedTuple):
    """What an export reads of a line: rows are read as these, not as models, to be quick."""

    pk: int
    number: int
    occurred_at: datetime
    agent_name: str
    agent_id: str
    concern: str
    resolution: str
    feedback: str
    status: str
    username: str
    severity: int | None
    offered: str
    refused_because: str
    wanted: str
    customer_ref: str
    callback_at: datetime | None
    void_reason: str


RENAMED = {
    "agent_name": "agent__name",
    "agent_id": "agent__employee_id",
    "username": "logged_by__username",
}
FIELDS = [RENAMED.get(name, name) for name in Line._fields]


class Echo:
    """A file that gives back what is written to it, for a csv writer that streams."""

    def write(self, text: str) -> bytes:
        """Give the text back as UTF-8."""
        return text.encode("utf-8", "replace")


def neutral(cell: str) -> str:
    """Put a `'` before what a spreadsheet would take for a formula; reading takes it off again."""
    return f"'{cell}" if cell[:1] in RISKY_FIRST and RISKY.match(cell) else cell


def as_csv(lines: EscalationQuerySet, *, by: Membership) -> Iterator[bytes]:
    """Stream lines as CSV (UTF-8), oldest first, a `'` before formulas."""
    writer = csv.writer(Echo())
    yield writer.writerow(HEADINGS)
    for row in rows_of(lines, by=by):
        yield writer.writerow([neutral(cell) for cell in row])


def as_xlsx(lines: EscalationQuerySet, *, by: Membership) -> Iterator[bytes]:
    """Stream lines as a workbook of text cells, oldest first."""
    return workbook(HEADINGS, WIDTHS, rows_of(lines, by=by), name="Log")


def rows_of(lines: EscalationQuerySet, *, by: Membership) -> Iterator[list[str]]:
    """Give the cells of every line, oldest first: one query per 2,000 lines and per shift day."""
    numbers = _Numbers(by)
    for line in _in_pieces(lines):
        number, shift_on = numbers.of(line.pk, line.occurred_at)
        yield _cells(line, number, shift_on, by.program)


def _cells(line: Line, number: int, shift_on: str, program: Program) -> list[str]:
    """One line as the sheet's cells, then what the sheet has no column for."""
    return [
        str(number),
        say_time(line.occurred_at, program.zone),
        f"{line.agent_name} / {line.agent_id}",
        line.concern,
        line.resolution,
        "N" if line.feedback == Feedback.NONE else "Y",
        STATUS_NAMES[line.status],
        shift_on,
        say_utc(line.occurred_at),
        line.username,
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


def _in_pieces(lines: EscalationQuerySet) -> Iterator[Line]:
    """Give all lines oldest first, a piece at a time, each piece by its place and not by offset."""
    ordered = lines.paper_order()
    piece = _read(ordered)
    while piece:
        yield from piece
        last = piece[-1]
        after = Q(occurred_at__gt=last.occurred_at) | Q(pk__gt=last.pk)
        piece = _read(ordered.filter(after, occurred_at__gte=last.occurred_at))


def _read(ordered: EscalationQuerySet) -> list[Line]:
    return [Line(*said) for said in ordered.values_list(*FIELDS)[:PIECE]]


class _Numbers:
    """The number of each line within its shift day, whatever the filters leave out."""

    def __init__(self, by: Membership) -> None:
        self.by = by
        self.bounds: tuple[datetime, datetime] | None = None
        self.day = ""
        self.numbers: dict[int, int] = {}

    def of(self, pk: int, occurred_at: datetime) -> tuple[int, str]:
        """The line's number and shift day; one query when it begins a new shift day."""
        if self.bounds is None or not self.bounds[0] <= occurred_at < self.bounds[1]:
            program = self.by.program
            day = program.shift_day_of(occurred_at)
            self.day, self.bounds = day.isoformat(), program.shift_bounds(day)
            whole = Escalation.objects.visible_to(self.by).between(*self.bounds).paper_order()
            ids = whole.values_list("pk", flat=True)
            self.numbers = {pk: number for number, pk in enumerate(ids, start=1)}
        # A line logged while the export runs may not have been counted.
        return self.numbers.get(pk, len(self.numbers) + 1), self.day
