"""From rows of text to readings: each cell read on its own, then the times put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from escalations.reading.cells import (
    Clock,
    Order,
    is_outcome,
    possible_dates,
    read_agent_cell,
    read_clock,
    read_date,
    read_id,
    read_instant,
    read_severity,
    read_status,
    read_yes_no,
)
from escalations.reading.headings import LABELS, count_known
from escalations.reading.repairs import Decisions, Line, Repair, RowReading
from escalations.reading.table import MAX_CELL
from escalations.reading.timeline import Moment, Night, place_in_time
from escalations.timewords import read_moment

LENGTHS = {"customer_ref": 80, "void_reason": 300, "topic": 80}
TICK = 5000
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 (a place holder until the time is placed)


@dataclass
class _Cells:
    """One row's cells by field."""

    row: RowReading
    by_field: dict[str, str]
    merged: set[str] = field(default_factory=set)

    def get(self, name: str) -> str:
        return self.by_field.get(name, "")


def read_rows(
    rows: Sequence[Sequence[str]],
    mapping: Sequence[str],
    *,
    heading_row: int,
    night: Night,
    decisions: Decisions,
    merged: frozenset[tuple[int, int]] = frozenset(),
    tick: Callable[[], None] | None = None,
) -> tuple[list[RowReading], list[str]]:
    """Read the rows under the headings; give them with sentences about the sheet as a whole.

    `heading_row` is the headings' row number (0: none), so reading starts at the row after it.
    Empty rows, rows with a number only and headings that stand again are passed over.
    `decisions` are what the person said about proposals of an earlier reading; `tick` is called
    now and then as a sign of life.
    """
    found: list[tuple[RowReading, Moment | None]] = []
    order = _date_order(rows[heading_row:], mapping, night.shift)
    for index in range(heading_row, len(rows)):
        cells = _by_field(rows[index], mapping, index, merged)
        said = {name for name, text in cells.by_field.items() if text}
        is_empty = not said - {"number"} if any(mapping) else not any(rows[index])
        if is_empty or _are_headings(rows[index], rows, heading_row):
            continue
        moment = _read_row(cells, night, order, decisions)
        found.append((cells.row, moment))
        if tick and len(found) % TICK == 0:
            tick()
    notes = place_in_time(
        [(row, moment) for row, moment in found if moment], night=night, decisions=decisions
    )
    for row, _ in found:
        if row.line and row.placed_at:
            row.line.occurred_at = row.placed_at
    return [row for row, _ in found], notes


def _are_headings(row: Sequence[str], rows: Sequence[Sequence[str]], heading_row: int) -> bool:
    """Whether a row is the headings again, as on every page of a long sheet."""
    if not heading_row or row[:1] != rows[heading_row - 1][:1]:
        return False
    return count_known(row) >= 3


def _by_field(
    cells: Sequence[str],
    mapping: Sequence[str],
    index: int,
    merged: frozenset[tuple[int, int]],
) -> _Cells:
    row = RowReading(number=index + 1, cells=list(cells))
    by_field = {name: cell for name, cell in zip(mapping, cells, strict=False) if name}
    covered = {name for at, name in enumerate(mapping) if name and (index, at) in merged}
    return _Cells(row, by_field, covered)


def _date_order(rows: Sequence[Sequence[str]], mapping: Sequence[str], near: date) -> Order | None:
    """Find out from a whole column whether 3/4 is a day and a month or the reverse.

    A single 20/11 decides; if none does, the order that puts the first date nearer to the first
    shift day.
    """
    columns = [at for at, name in enumerate(mapping) if name in ("date", "shift_day", "time")]
    first: Order | None = None
    for row in rows:
        for at in columns:
            text = row[at] if at < len(row) else ""
            found = possible_dates(text.split(" ")[0], near=near) if "/" in text else {}
            if len(found) == 1 and "sure" not in found:
                return "dmy" if "dmy" in found else "mdy"
            if first is None and len(found) == 2:
                nearer = min(found, key=lambda name: abs(found[name] - near))
                first = "dmy" if nearer == "dmy" else "mdy"
    return first


def _read_row(
    cells: _Cells, night: Night, order: Order | None, decisions: Decisions
) -> Moment | None:
    """Read one row's cells into its line, time aside; give what its time cells say."""
    row = cells.row
    for name in cells.merged:
        if not cells.get(name):
            row.refuse(LABELS[name], "The cell is merged with one above or beside it. Unmerge it.")
    if too_long := [name for name, text in cells.by_field.items() if len(text) > MAX_CELL]:
        row.refuse(LABELS[too_long[0]], f"The cell holds more than {MAX_CELL:,} letters.")
        return None
    moment = _read_time(cells, night, order)
    line = Line(occurred_at=EPOCH, concern=cells.get("concern"))
    if not line.concern:
        row.refuse(LABELS["concern"], "There is no concern.")
    _read_agent(cells, line)
    _read_rest(cells, line, night)
    _read_ending(cells, line, decisions)
    row.line = None if row.problem else line
    row.from_line = cells.get("line")
    return moment if row.line else None


def _read_time(cells: _Cells, night: Night, order: Order | None) -> Moment | None:
    """Read the time cells of a row, each on its own; a problem is put on the row."""
    column, row = "time", cells.row
    try:
        clock = None
        if cells.get("time"):
            clock = read_clock(cells.get("time"), near=night.shift, order=order)
        column = "occurred_at"
        instant = read_instant(cells.get(column)) if cells.get(column) else None
        column = "shift_day"
        shift = _read_day(cells.get(column), night, order)
        column = "date"
        day = _read_day(cells.get(column), night, order)
    except ValueError as refused:
        row.refuse(LABELS[column], str(refused))
        return None
    if instant is None and clock is None:
        row.refuse(LABELS["time"], "There is no time.")
        return None
    clock = clock or Clock(EPOCH.time())
    said = cells.get("time") or cells.get("occurred_at")
    return Moment(
        wall=clock.wall,
        said=said,
        is_bare=clock.is_bare,
        day=clock.day or (day if not shift else None),
        shift=shift,
        instant=instant,
        has_wall=bool(cells.get("time")),
    )


def _read_day(text: str, night: Night, order: Order | None) -> date | None:
    return read_date(text, near=night.shift, order=order) if text else None


def _read_agent(cells: _Cells, line: Line) -> None:
    """Read name and ID from one cell or two; at least one of them must be there."""
    cell = cells.get("agent") or cells.get("agent_name")
    line.agent_name, line.agent_id = read_agent_cell(cell)
    if own := read_id(cells.get("agent_id")):
        line.agent_name = line.agent_name or ("" if line.agent_id == own else line.agent_id)
        line.agent_id = own
    if not line.agent_name and not line.agent_id:
        cells.row.refuse(LABELS["agent"], "There is no agent. Write name / ID.")


def _read_rest(cells: _Cells, line: Line, night: Night) -> None:
    """Read what has no bearing on other rows."""
    column = "feedback"
    try:
        line.requires_feedback = read_yes_no(cells.get(column))
        column = "severity"
        line.severity = read_severity(cells.get(column)) if cells.get(column) else None
        column = "callback_at"
        line.callback_at = _read_callback(cells.get(column), night)
    except ValueError as refused:
        cells.row.refuse(LABELS[column], str(refused))
    for name in ("offered", "refused_because", "wanted", "customer_ref", "topic"):
        setattr(line, name, cells.get(name))
    for name, most in LENGTHS.items():
        if len(cells.get(name)) > most:
            cells.row.refuse(LABELS[name], f"The cell holds more than {most} letters.")


def _read_callback(text: str, night: Night) -> datetime | None:
    if not text:
        return None
    if text.endswith(("Z", "UTC")) or "+00:00" in text:
        return read_instant(text)
    now = datetime.combine(night.shift, night.starts_at, tzinfo=night.zone)
    return read_moment(text, now=now, zone=night.zone)


def _read_ending(cells: _Cells, line: Line, decisions: Decisions) -> None:
    """Read resolution and status; propose `unresolved` where the words say so."""
    row, line.resolution = cells.row, cells.get("resolution")
    said = cells.get("status")
    try:
        line.status = read_status(said) if said else "resolved"
    except ValueError as refused:
        row.refuse(LABELS["status"], str(refused))
        return
    if line.status == "void":
        line.void_reason = cells.get("void_reason") or "Void in the sheet"
    elif line.status in ("forwarded", "answered"):
        reason = "The letter to the client is not in this log; the line waits for a new one."
        if row.propose(Repair("status", "status", said, "Unresolved", reason), decisions):
            line.status = "unresolved"
        else:
            line.status = "resolved"
    elif line.status == "resolved" and (is_outcome(line.resolution) or not line.resolution):
        reason = f"“{line.resolution}” says how it ended, not what was done."
        if not line.resolution:
            reason = "There is no resolution."
        repair = Repair("outcome", "status", said or "Resolved", "Unresolved", reason)
        repair.accepted = not said
        if row.propose(repair, decisions):
            line.status = "unresolved"
