"""The log as a file: the sheet's own columns first, complete, in paper order, never a formula."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from escalations.ahead import read_ahead
from escalations.exportcells import MINUTE, MORE, WORDS, CsvCells
from escalations.models import Escalation
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
    *("Number", "Time of Escalation"),
    *(column.heading for column in WORDS),
    *("Shift day", "Occurred at (UTC)"),
    *(column.heading for column in MORE),
)
WIDTHS = (
    *(8, 12),
    *(column.width for column in WORDS),
    *(12, 19),
    *(column.width for column in MORE),
)
CLOCK = [
    f"{hour % 12 or 12}:{m:02} {'AM' if hour < 12 else 'PM'}"
    for hour in range(24)
    for m in range(60)
]
"""Per minute of a day how `say_time` says it."""

UTC_CLOCK = [f"T{minute // 60:02}:{minute % 60:02}Z" for minute in range(1440)]
MINUTE_1970 = datetime(1970, 1, 1, tzinfo=UTC)
DAY_1970 = MINUTE_1970.toordinal()


def as_csv(lines: EscalationQuerySet, *, by: Membership, is_whole: bool = False) -> Iterator[bytes]:
    """Stream lines as CSV (UTF-8), oldest first, a `'` before formulas; `is_whole`: see below.

    PostgreSQL writes the cells: in Python they took three quarters of the time.
    """
    yield f"{','.join(HEADINGS)}\r\n".encode()
    say = _Days(by, is_whole=is_whole).say
    cells = (CsvCells(*(column.csv for column in columns)) for columns in (WORDS, MORE))
    for rows in _read(lines, *cells):
        some = [
            f"{number},{clock},{words},{day},{utc},{more}\r\n"
            for pk, minute, words, more in rows
            for number, clock, day, utc in [say(pk, minute)]
        ]
        yield "".join(some).encode("utf-8", "replace")


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
    say, beside = _Days(by, is_whole=is_whole).say, len(WORDS)
    for rows in _read(lines, *(column.cell for column in (*WORDS, *MORE))):
        for pk, minute, *cells in rows:
            number, clock, day, utc = say(pk, minute)
            yield [str(number), clock, *cells[:beside], day, utc, *cells[beside:]]


def _read(lines: EscalationQuerySet, *cells: Any) -> Iterator[list[tuple[Any, ...]]]:
    """Give id, minute and cells of every line, oldest first, in one snapshot."""
    with _one_snapshot():
        yield from read_ahead(lines.paper_order().values_list("pk", MINUTE, *cells), PIECE)


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


class _Days:
    """The shift days of lines that come oldest first: number, clock and day of each line."""

    def __init__(self, by: Membership, *, is_whole: bool) -> None:
        self.by, self.is_whole = by, is_whole
        self.zone = by.program.zone
        self.ends = float("-inf")
        self.day = ""
        self.ahead: int | None = None
        self.count = 0
        self.numbers: dict[int, int] = {}

    def say(self, pk: int, minute: int) -> tuple[int, str, str, str]:
        """The line's number within its shift day, its time of day, the shift day, and in UTC.

        `minute` is the line's instant in minutes since 1970.
        """
        if minute >= self.ends:
            self._begin(_instant(minute))
        self.count += 1
        number = self.count if self.is_whole else self.numbers[pk]
        utc = f"{_date(minute // 1440)}{UTC_CLOCK[minute % 1440]}"
        if self.ahead is None:
            return number, say_time(_instant(minute), self.zone), self.day, utc
        return number, CLOCK[(minute + self.ahead) % 1440], self.day, utc

    def _begin(self, at: datetime) -> None:
        """Turn to the shift day of an instant; one question unless every line comes by."""
        program = self.by.program
        day = program.shift_day_of(at)
        starts, ends = program.shift_bounds(day)
        self.ends = ends.timestamp() / 60
        self.day, self.count = day.isoformat(), 0
        self.ahead = _minutes_ahead(starts, ends, self.zone)
        if not self.is_whole:
            lines = Escalation.objects.visible_to(self.by).between(starts, ends)
            ids = lines.paper_order().values_list("pk", flat=True)
            self.numbers = {pk: number for number, pk in enumerate(ids, start=1)}


def _instant(minute: int) -> datetime:
    return MINUTE_1970 + timedelta(minutes=minute)


@lru_cache(maxsize=8)
def _date(day: int) -> str:
    """A day, counted from 1970, as `2026-11-20`."""
    return date.fromordinal(DAY_1970 + day).isoformat()


def _minutes_ahead(starts: datetime, ends: datetime, zone: ZoneInfo) -> int | None:
    """Minutes the zone's clocks are ahead of UTC from start to end; None if they are moved."""
    last = ends - timedelta(minutes=1)
    offsets = {instant.astimezone(zone).utcoffset() for instant in (starts, last)}
    offset = offsets.pop()
    if offsets or offset is None or offset % timedelta(minutes=1) or ends - starts != ONE_DAY:
        return None
    return offset // timedelta(minutes=1)
