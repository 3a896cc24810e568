"""Reports with one row for each interval, with or without dates, once or once for each queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from escalations.reading.cells import Order, read_date, read_instant
from reports.volumes.hourly import Numbers, numbers_problem
from reports.volumes.sheet.cells import Interval, read_count, read_duration, read_interval
from reports.volumes.sheet.layout import Rows, counts_hours
from reports.volumes.sheet.said import Found, Said
from reports.volumes.sheet.words import LABELS, is_total

CARRIED = ("date", "shift_day")
"""Columns whose cell is often written once, for all rows that follow."""


def read_rows(
    rows: Sequence[Sequence[str]],
    layout: Rows,
    *,
    near: date,
    order: Order | None,
    merged: frozenset[tuple[int, int]] = frozenset(),
) -> Found:
    """Read the rows under the headings; nothing is raised, what cannot be read is listed."""
    return _Reader(rows, layout, near, order, merged).read()


class _Reader:
    """The columns of one report, and what has been read so far."""

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        layout: Rows,
        near: date,
        order: Order | None,
        merged: frozenset[tuple[int, int]],
    ) -> None:
        self.rows, self.layout, self.near, self.order = rows, layout, near, order
        self.merged = merged
        kinds = [column.kind for column in layout.columns]
        self.at = {kind: kinds.index(kind) for kind in LABELS if kind in kinds}
        self.in_minutes = {column.kind: column.in_minutes for column in layout.columns}
        self.groups = self._group_columns(kinds)
        self.found = Found("One row for each interval")
        self.found.says_wait, self.found.says_handling = "wait" in self.at, "handling" in self.at
        self.carried: dict[str, str] = {}
        below = rows[layout.head + 1 :]
        day = self.at.get("date", -1)
        if not any(letter.isdigit() for row in below for letter in "".join(row[day : day + 1])):
            self.at.pop("date", None)  # names of weekdays alone
        time = self.at.get("time", -1)
        self.bare = counts_hours([row[time] for row in below if 0 <= time < len(row)])
        if any(column.kind == "calls" and column.rank > 1 for column in layout.columns):
            name = layout.names[self.at["calls"]]
            self.found.notes.append(f"The column “{name}” is taken for the calls handled.")

    def read(self) -> Found:
        """Read every row."""
        for index in range(self.layout.head + 1, len(self.rows)):
            row = self.rows[index]
            if not any(row):
                self.found.left_out["blank"] += 1
            elif is_total(next(cell for cell in row if cell)) or is_total(self._cell(row, "time")):
                self.found.left_out["totals"] += 1
            elif row[: len(self.layout.names)] == self.layout.names:
                self.found.left_out["headings"] += 1
            else:
                self._read_row(index, row)
        return self.found

    def _group_columns(self, kinds: list[str]) -> list[int]:
        """The columns that may tell two rows of one interval apart: queues, and unknown words."""
        below = self.rows[self.layout.head + 1 :][:200]
        unknown = [
            at
            for at, kind in enumerate(kinds)
            if not kind and _tells_apart([row[at] for row in below if at < len(row)])
        ]
        return [at for at, kind in enumerate(kinds) if kind == "skill"] + unknown

    def _cell(self, row: Sequence[str], kind: str) -> str:
        at = self.at.get(kind, -1)
        return row[at] if 0 <= at < len(row) else ""

    def _when(self, index: int, row: Sequence[str], kind: str) -> str:
        """A cell of the row, or the one above it where it covers several rows."""
        text = self._cell(row, kind)
        is_carried = kind in CARRIED or (index, self.at.get(kind, -1)) in self.merged
        if text:
            self.carried[kind] = text
        return text or (self.carried.get(kind, "") if is_carried else "")

    def _read_row(self, index: int, row: Sequence[str]) -> None:
        number = index + 1
        calls_said = self._cell(row, "calls")
        try:
            said = self._interval(number, index, row)
        except _Unreadable as refused:
            if not any(self._cell(row, kind) for kind in ("calls", "wait", "handling")):
                self.found.left_out["words"] += 1
                return
            is_lost = calls_said.strip() not in ("0", "")
            self.found.refuse(number, refused.column, refused.reason, is_lost=is_lost)
            return
        kind = "calls"
        try:
            calls = read_count(calls_said)
            kind = "wait"
            said.wait = self._duration(row, kind)
            kind = "handling"
            said.handling = self._duration(row, kind)
        except ValueError as refused:
            self.found.refuse(number, self._name(kind), str(refused))
            self.found.broken.append(said)
            return
        self._take(said, calls)

    def _take(self, said: Said, calls: int | None) -> None:
        if calls is None and said.wait is None and said.handling is None:
            self.found.left_out["empty"] += 1
        elif why := numbers_problem(Numbers(calls, said.wait, said.handling)):
            self.found.refuse(said.row, self._name("calls"), why)
            self.found.broken.append(said)
        else:
            said.calls = calls or 0
            self.found.intervals.append(said)

    def _interval(self, number: int, index: int, row: Sequence[str]) -> Said:
        """When the row's interval is; raises _Unreadable."""
        group = tuple(row[at] if at < len(row) else "" for at in self.groups)
        kind = "utc"
        try:
            interval, instant, day, shift_day = Interval(time(0)), None, None, None
            if utc := self._cell(row, "utc"):
                instant = read_instant(utc)
            else:
                kind = "time"
                interval = read_interval(
                    self._when(index, row, "time"),
                    near=self.near,
                    order=self.order,
                    bare_hours=self.bare,
                )
                kind = "date"
                day = interval.day or self._day(index, row, "date")
                kind = "shift_day"
                shift_day = None if day else self._day(index, row, "shift_day")
        except ValueError as refused:
            raise _Unreadable(self._name(kind), str(refused)) from None
        return Said(
            row=number,
            column=self._name("utc" if instant else "time"),
            day=day or shift_day,
            is_shift_day=bool(shift_day),
            wall=interval.wall,
            minutes=interval.minutes,
            group=group,
            at=instant,
            calls=0,
        )

    def _day(self, index: int, row: Sequence[str], kind: str) -> date | None:
        if kind not in self.at:
            return None
        if not (text := self._when(index, row, kind)):
            raise ValueError("There is no date.")
        return read_date(text, near=self.near, order=self.order)

    def _duration(self, row: Sequence[str], kind: str) -> Decimal | None:
        return read_duration(self._cell(row, kind), in_minutes=self.in_minutes.get(kind, False))

    def _name(self, kind: str) -> str:
        """The column's own heading; else what it would be called."""
        at = self.at.get(kind, -1)
        return (self.layout.names[at] if at >= 0 else "") or LABELS[kind]


def _tells_apart(cells: Sequence[str]) -> bool:
    """Whether a column holds words that stand again and again, such as names of queues."""
    words = [cell for cell in cells if any(letter.isalpha() for letter in cell)]
    return bool(words) and len(set(words)) * 2 <= max(len(words), 2)


class _Unreadable(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason
