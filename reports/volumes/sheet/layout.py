"""Which layout a report has: one row for each interval, or a matrix of hours and days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from escalations.reading.cells import Order, possible_dates
from escalations.reading.table import SheetRefused
from reports.volumes.sheet.cells import is_bare_hour, is_count, read_interval
from reports.volumes.sheet.words import Heading, is_total, read_heading, recognise

WITHIN = 30
"""Rows among which the headings are."""

ONLY_OFFERED = (
    "The sheet says how many calls came in, but not how many were handled. "
    "Add the column of calls handled (or answered) and paste it again."
)
UNKNOWN = (
    "No layout Tala knows. Paste rows with a heading for the time (Interval) and for the calls "
    "(Calls handled), or a table of hours by days whose headings are dates."
)


@dataclass(frozen=True)
class Rows:
    """One row for each interval: the index of the heading row (-1: none), a heading per column."""

    head: int
    columns: list[Heading]
    names: list[str]


@dataclass(frozen=True)
class Matrix:
    """Hours by days, or days by hours: the heading row, and where its names are."""

    head: int
    name_column: int
    columns: list[int]
    has_days_across: bool
    bare_hours: bool


def find_layout(rows: Sequence[Sequence[str]], *, near: date, order: Order | None) -> Rows | Matrix:
    """Find the layout of a report; raises SheetRefused with what to do."""
    is_offered = False
    for at, row in enumerate(rows[:WITHIN]):
        columns = recognise(row)
        kinds = {one.kind for one in columns}
        if kinds & {"time", "utc"} and "calls" in kinds:
            return Rows(at, columns, list(row))
        is_offered = is_offered or (bool(kinds & {"time", "date"}) and "offered" in kinds)
    if not is_offered:
        for found in _others(rows, near, order):
            return found
    raise SheetRefused(ONLY_OFFERED if is_offered else UNKNOWN)


def date_order(
    rows: Sequence[Sequence[str]], *, near: date, today: date
) -> tuple[Order | None, str]:
    """Find out whether 3/4 is a day and a month or the reverse, and one such date if unsure.

    A single 20/11 decides. If none does, it is the order with fewer days to come, then the one
    whose first date lies nearer to `near`.
    """
    seen: list[dict[str, date]] = []
    for text in {cell.split(" ")[0] for row in rows for cell in row if "/" in cell or "." in cell}:
        found = possible_dates(text, near=near) if len(text) <= 10 else {}
        if len(found) == 1 and "sure" not in found:
            return ("dmy" if "dmy" in found else "mdy"), ""
        if len(found) == 2 and found["dmy"] != found["mdy"]:
            seen.append(found)
    if not seen:
        return None, ""

    def unlikely(order: str) -> tuple[int, int]:
        days = [found[order] for found in seen]
        return sum(day > today for day in days), sum(abs((day - near).days) for day in days)

    order: Order = "dmy" if unlikely("dmy") < unlikely("mdy") else "mdy"
    said = min(found[order] for found in seen)
    how = "day/month" if order == "dmy" else "month/day"
    return order, f"Dates are read as {how}: the first is {said:%a} {said.day} {said:%b %Y}."


def is_date(text: str, near: date) -> bool:
    """Whether a cell is a date and nothing else."""
    return bool(text) and not is_bare_hour(text) and bool(possible_dates(text, near=near))


def is_time(text: str, near: date, *, bare_hours: bool = False) -> bool:
    """Whether a cell is a time or an interval, without a date."""
    if not text or is_date(text, near):
        return False
    try:
        return read_interval(text, near=near, bare_hours=bare_hours).day is None
    except ValueError:
        return False


def counts_hours(cells: Sequence[str]) -> bool:
    """Whether bare numbers among these cells are hours from 0 to 23."""
    hours = {int(cell) for cell in cells if is_bare_hour(cell) and cell.isdecimal()}
    return bool(hours) and max(hours) < 24 and (0 in hours or max(hours) > 12)


def _others(
    rows: Sequence[Sequence[str]], near: date, order: Order | None
) -> Iterator[Rows | Matrix]:
    for at, row in enumerate(rows[:WITHIN]):
        found = _matrix(rows, at, row, near) or _without_headings(rows, at, row, near)
        if found:
            yield found


def _matrix(
    rows: Sequence[Sequence[str]], at: int, row: Sequence[str], near: date
) -> Matrix | None:
    """A matrix whose heading row this is: at least one name across, and names of the other kind
    down the first column that has any.
    """
    below = [other for other in rows[at + 1 :] if any(other)][:40]
    if not below:
        return None
    across_hours = counts_hours(row)
    kinds: tuple[tuple[bool, Callable[[str], bool], int], ...] = (
        (True, lambda cell: is_date(cell, near), 1),
        (False, lambda cell: is_time(cell, near, bare_hours=across_hours), 4),
    )
    for has_days, is_across, least in kinds:
        columns = [index for index, cell in enumerate(row) if cell and is_across(cell)]
        if len(columns) < least:
            continue
        for down in range(columns[0]):
            names = [other[down] for other in below if down < len(other) and other[down]]
            bare = across_hours if not has_days else counts_hours(names)
            fits = [
                is_time(name, near, bare_hours=bare) if has_days else is_date(name, near)
                for name in names
            ]
            if fits and sum(fits) * 2 >= len([n for n in names if not is_total(n)]) and any(fits):
                return Matrix(at, down, columns, has_days, bare)
    return None


def _without_headings(
    rows: Sequence[Sequence[str]], at: int, row: Sequence[str], near: date
) -> Rows | None:
    """Two or three bare columns: (date,) time, calls."""
    cells = [cell for cell in row if cell]
    if any(read_heading(cell).kind for cell in cells) or len(cells) not in (2, 3):
        return None
    if list(row[: len(cells)]) != cells or not is_count(cells[-1]):
        return None
    bare = counts_hours([other[len(cells) - 2] for other in rows if len(other) >= len(cells)])
    try:
        interval = read_interval(cells[-2], near=near, bare_hours=bare)
    except ValueError:
        return None
    if len(cells) == 3 and (interval.day or not is_date(cells[0], near)):
        return None
    kinds = ["date", "time", "calls"][3 - len(cells) :]
    return Rows(at - 1, [Heading(kind) for kind in kinds], [""] * len(kinds))
