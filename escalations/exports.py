"""The log as a file: the sheet's own columns first, complete, in paper order, never a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from string import ascii_letters, digits
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from escalations.models import Escalation, Feedback, Status
from escalations.querysets import EscalationQuerySet
from escalations.workbook import workbook
from people.models import Membership
from people.shiftday import ONE_DAY
from people.templatetags.tala import say_time

PIECE = 2000
"""Lines read, and written as one piece, at a time."""

LONGEST_MS = "600000"
"""How long an export may take over one statement, and wait for a slow reader, in milliseconds."""

HEADINGS = (
    *("Number", "Time of Escalation", "Escalating Agent", "Concern", "Resolution"),
    *("Requires Feedback? Y/N", "Status", "Shift day", "Occurred at (UTC)", "Logged by"),
    *("Severity", "Offered", "Refused because", "Wanted", "Customer reference"),
    *("Call back at (UTC)", "Void reason", "Line"),
)
WIDTHS = (8, 12, 22, 44, 36, 12, 12, 12, 19, 18, 9, 24, 24, 24, 20, 19, 24, 8)
STATUS_NAMES = dict(Status.choices)
NO_FEEDBACK = str(Feedback.NONE.value)
RISKY = re.compile(r"[\s'\"\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−\t\r\n]")
"""What a spreadsheet may take for a formula, also after what it skips at a cell's beginning."""

RISKY_FIRST = frozenset("'\"=+-@＝＋－＠﹦﹢﹣﹫−\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


FIELDS = (
    *("pk", "number", "occurred_at", "agent__name", "agent__employee_id", "concern", "resolution"),
    *("feedback", "status", "logged_by__username", "severity", "offered", "refused_because"),
    *("wanted", "customer_ref", "callback_at", "void_reason"),
)
"""What is read of a line, as a plain tuple and not as a model, to be quick."""

TYPED = tuple(
    HEADINGS.index(name)
    for name in (
        *("Escalating Agent", "Concern", "Resolution", "Logged by", "Offered", "Refused because"),
        *("Wanted", "Customer reference", "Void reason"),
    )
)
"""The columns that hold what people typed."""

HARMLESS = frozenset(["", *ascii_letters, *digits])
"""With what most cells begin, and no formula does."""

CLOCK = [
    f"{hour % 12 or 12}:{m:02} {'AM' if hour < 12 else 'PM'}"
    for hour in range(24)
    for m in range(60)
]
"""Per minute of a day how `say_time` says it."""

UTC_CLOCK = [f"T{minute // 60:02}:{minute % 60:02}Z" for minute in range(1440)]


def neutral(cell: str) -> str:
    """Put a `'` before what a spreadsheet would take for a formula; reading takes it off again."""
    first = cell[:1]
    if first in RISKY_FIRST or first <= " " or first.isspace():
        return f"'{cell}" if RISKY.match(cell) else cell
    return cell


def as_csv(lines: EscalationQuerySet, *, by: Membership, is_whole: bool = False) -> Iterator[bytes]:
    """Stream lines as CSV (UTF-8), oldest first, a `'` before formulas; `is_whole`: see below."""
    said: list[str] = []
    writer = csv.writer(SimpleNamespace(write=said.append))
    writer.writerow(HEADINGS)
    rows = rows_of(lines, by=by, is_whole=is_whole)
    while some := list(islice(rows, PIECE)):
        for row in some:
            for at in TYPED:
                if row[at][:1] not in HARMLESS:
                    row[at] = neutral(row[at])
        writer.writerows(some)
        yield "".join(said).encode("utf-8", "replace")
        said.clear()
    yield "".join(said).encode()


def as_xlsx(
    lines: EscalationQuerySet, *, by: Membership, is_whole: bool = False
) -> Iterator[bytes]:
    """Stream lines as a workbook of text cells, oldest first; `is_whole`: see below."""
    rows = rows_of(lines, by=by, is_whole=is_whole)
    return workbook(HEADINGS, WIDTHS, rows, name="Log")


def rows_of(
    lines: EscalationQuerySet, *, by: Membership, is_whole: bool = False
) -> Iterator[list[str]]:
    """Give the cells of every line, oldest first, in one snapshot and by one question.

    `is_whole` says that no line of the shift days asked for is left out, so that a line's number
    is found by counting; otherwise each shift day with lines costs one more question.
    """
    days = _Days(by, is_whole=is_whole)
    found = lines.paper_order().values_list(*FIELDS)
    with _one_snapshot():
        for pk, line, at, name, employee_id, *said in found.iterator(chunk_size=PIECE):
            concern, resolution, feedback, status, username, severity, *more = said
            offered, refused, wanted, customer_ref, callback_at, void_reason = more
            number, clock, shift_on, utc = days.say(pk, at)
            yield [
                *(str(number), clock, f"{name} / {employee_id}", concern, resolution),
                "N" if feedback == NO_FEEDBACK else "Y",
                *(STATUS_NAMES[status], shift_on, utc, username, str(severity or "")),
                *(offered, refused, wanted, customer_ref, say_utc(callback_at), void_reason),
                str(line),
            ]


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """A transaction that sees one state of the log, and whose reader may be slow."""
    is_ours = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_ours:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true), "
                "set_config('idle_in_transaction_session_timeout', %s, true)",
                [LONGEST_MS, LONGEST_MS],
            )
        yield


def say_utc(instant: datetime | None) -> str:
    """An instant to the minute as `2026-11-20T13:15Z`; empty for None."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if instant else ""


class _Days:
    """The shift days of lines that come oldest first: number, clock and day of each line."""

    def __init__(self, by: Membership, *, is_whole: bool) -> None:
        self.by, self.is_whole = by, is_whole
        self.zone = by.program.zone
        self.ends: datetime | None = None
        self.day = ""
        self.ahead: int | None = None
        self.count = 0
        self.numbers: dict[int, int] = {}

    def say(self, pk: int, at: datetime) -> tuple[int, str, str, str]:
        """The line's number within its shift day, its time of day, the shift day, and in UTC."""
        if self.ends is None or at >= self.ends:
            self._begin(at)
        self.count += 1
        number = self.count if self.is_whole else self.numbers[pk]
        minute = at.hour * 60 + at.minute
        utc = f"{self._date(at.toordinal())}{UTC_CLOCK[minute]}"
        if self.ahead is None:
            return number, say_time(at, self.zone), self.day, utc
        return number, CLOCK[(minute + self.ahead) % 1440], self.day, utc

    @staticmethod
    @lru_cache(maxsize=8)
    def _date(ordinal: int) -> str:
        return date.fromordinal(ordinal).isoformat()

    def _begin(self, at: datetime) -> None:
        """Turn to the shift day of an instant; one question unless every line comes by."""
        program = self.by.program
        day = program.shift_day_of(at)
        starts, self.ends = program.shift_bounds(day)
        self.day, self.count = day.isoformat(), 0
        self.ahead = _minutes_ahead(starts, self.ends, self.zone)
        if not self.is_whole:
            lines = Escalation.objects.visible_to(self.by).between(starts, self.ends)
            ids = lines.paper_order().values_list("pk", flat=True)
            self.numbers = {pk: number for number, pk in enumerate(ids, start=1)}


def _minutes_ahead(starts: datetime, ends: datetime, zone: ZoneInfo) -> int | None:
    """Minutes the zone's clocks are ahead of UTC from start to end; None if they are moved."""
    last = ends - timedelta(minutes=1)
    offsets = {instant.astimezone(zone).utcoffset() for instant in (starts, last)}
    offset = offsets.pop()
    if offsets or offset is None or offset % timedelta(minutes=1) or ends - starts != ONE_DAY:
        return None
    return offset // timedelta(minutes=1)
