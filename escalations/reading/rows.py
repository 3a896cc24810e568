"""From rows of text to readings: each cell read on its own, then the times put in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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

PLAIN = frozenset({"offered", "refused_because", "wanted", "customer_ref", "topic"})
"""Fields of a line that are taken as they are."""

LENGTHS = {"customer_ref": 80, "void_reason": 300, "topic": 80}
TICK = 5000
EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 (a place holder until the time is placed)
NO_CLOCK = Clock(EPOCH.time())


BLANK = dict.fromkeys(LABELS, "")


class _Cells:
    """One row's cells by field; `get` gives a field's cell, empty where the sheet has none."""

    __slots__ = ("get", "merged", "row", "said")

    def __init__(self, row: RowReading, said: dict[str, str], merged: Collection[str]) -> None:
        self.row, self.said, self.merged = row, said, merged
        self.get = (BLANK | said).__getitem__


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
    columns = [(at, name) for at, name in enumerate(mapping) if name]
    for index in range(heading_row, len(rows)):
        said = rows[index]
        by_field = {name: said[at] for at, name in columns if at < len(said)}
        says_something = any(text for name, text in by_field.items() if name != "number")
        if not (says_something if columns else any(said)) or _are_headings(said, rows, heading_row):
            continue
        row = RowReading(index + 1, list(said))
        covered = [name for at, name in columns if (index, at) in merged] if merged else ()
        moment = _read_row(_Cells(row, by_field, covered), night, order, decisions)
        found.append((row, moment))
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
    if too_long := next((name for name, text in cells.said.items() if len(text) > MAX_CELL), None):
        row.refuse(LABELS[too_long], f"The cell holds more than {MAX_CELL:,} letters.")
        return None
    moment = _read_time(cells, night, order)
    line = Line(EPOCH, cells.get("concern"))
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
    clock = instant = None
    try:
        if time := cells.get("time"):
            clock = read_clock(time, near=night.shift, order=order)
        column = "occurred_at"
        if said := cells.get(column):
            instant = read_instant(said)
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
    clock = clock or NO_CLOCK
    day = clock.day or (None if shift else day)
    return Moment(clock.wall, time or said, clock.is_bare, day, shift, instant, has_wall=bool(time))


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
        if said := cells.get(column):
            line.severity = read_severity(said)
        column = "callback_at"
        if said := cells.get(column):
            line.callback_at = _read_callback(said, night)
    except ValueError as refused:
        cells.row.refuse(LABELS[column], str(refused))
    for name in cells.said:
        if name in PLAIN:
            setattr(line, name, cells.said[name])
        if len(cells.said[name]) > LENGTHS.get(name, MAX_CELL):
            cells.row.refuse(LABELS[name], f"The cell holds more than {LENGTHS[name]} letters.")


def _read_callback(text: str, night: Night) -> datetime:
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
