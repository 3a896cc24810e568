"""Reports that are a table of hours by days, either way round: each cell an hour's calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from escalations.reading.cells import Order, read_date
from reports.volumes.hourly import Numbers, numbers_problem
from reports.volumes.sheet.cells import Interval, read_count, read_interval
from reports.volumes.sheet.layout import Matrix
from reports.volumes.sheet.said import Found, Said
from reports.volumes.sheet.words import is_total


def read_matrix(
    rows: Sequence[Sequence[str]], layout: Matrix, *, near: date, order: Order | None
) -> Found:
    """Read every cell of the table; nothing is raised, what cannot be read is listed."""
    found = Found(
        "Hours down, days across" if layout.has_days_across else "Days down, hours across"
    )
    head, across_days = rows[layout.head], layout.has_days_across
    across = {
        at: _name(head[at], is_hour=not across_days, layout=layout, near=near, order=order)
        for at in layout.columns
    }
    skipped = [
        cell
        for at, cell in enumerate(head)
        if cell and at > layout.name_column and at not in layout.columns
    ]
    if skipped:
        found.left_out["columns"] += len(skipped)
    for index in range(layout.head + 1, len(rows)):
        row = rows[index]
        name = row[layout.name_column] if layout.name_column < len(row) else ""
        if not any(row):
            found.left_out["blank"] += 1
        elif is_total(name) or is_total(next(cell for cell in row if cell)):
            found.left_out["totals"] += 1
        else:
            _read_row(found, index + 1, row, name, across, layout, near, order)
    return found


Name = Interval | date | str


def _name(text: str, *, is_hour: bool, layout: Matrix, near: date, order: Order | None) -> Name:
    """What a name at the edge says; the sentence why not where it says nothing."""
    try:
        if is_hour:
            return read_interval(text, near=near, order=order, bare_hours=layout.bare_hours)
        return read_date(text, near=near, order=order)
    except ValueError as refused:
        return str(refused)


def _read_row(
    found: Found,
    number: int,
    row: Sequence[str],
    name: str,
    across: dict[int, Name],
    layout: Matrix,
    near: date,
    order: Order | None,
) -> None:
    cells = {at: row[at] for at in across if at < len(row) and row[at]}
    down = _name(name, is_hour=layout.has_days_across, layout=layout, near=near, order=order)
    if isinstance(down, str):
        if cells and name:
            found.refuse(number, "First column", down, is_lost=True)
        elif cells:
            found.refuse(number, "First column", "There is no name.", is_lost=True)
        else:
            found.left_out["words"] += 1
        return
    found.left_out["empty"] += len(across) - len(cells)
    for at, text in cells.items():
        one = across[at]
        if isinstance(one, str):
            found.refuse(number, f"Column {at + 1}", one, is_lost=True)
            continue
        interval, day = (down, one) if isinstance(down, Interval) else (one, down)
        if isinstance(interval, Interval) and isinstance(day, date):
            _read_cell(found, number, _column(at, one), text, interval, day)


def _read_cell(
    found: Found, number: int, column: str, text: str, interval: Interval, day: date
) -> None:
    said = Said(number, column, day, interval.wall, 0, minutes=interval.minutes)
    try:
        calls = read_count(text)
    except ValueError as refused:
        found.refuse(number, column, str(refused))
        found.broken.append(said)
        return
    if calls is None:
        found.left_out["empty"] += 1
    elif why := numbers_problem(Numbers(calls)):
        found.refuse(number, column, why)
        found.broken.append(said)
    else:
        said.calls = calls
        found.intervals.append(said)


def _column(at: int, name: Name) -> str:
    """A column as a person finds it: its day or hour."""
    if isinstance(name, date):
        return f"{name:%a} {name.day} {name:%b}"
    return f"{name.wall:%H:%M}" if isinstance(name, Interval) else f"Column {at + 1}"
