"""An import as it is looked at: rows like the sheet, proposals beside the cell they are about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from escalations.models import Import, ImportRow
from escalations.reading.repairs import KINDS, Line
from people.models import Program

PAGE = 100
SHOWN = {
    "all": ("All rows", None),
    "proposals": ("With proposals", None),
    "unreadable": ("Cannot be read", "unreadable"),
    "duplicate": ("Already there", "duplicate"),
    "skipped": ("Left out", "skipped"),
    "kept": ("Changed since, kept", "kept"),
}


@dataclass
class Proposals:
    """One kind of proposal over the whole sheet: what it is, how many there are, how many count."""

    kind: str
    label: str
    verb: str
    often: int
    accepted: int


@dataclass
class PreviewRow:
    """One row with its line and, per cell, what is proposed."""

    row: ImportRow
    line: Line | None
    shift_on: date | None = None
    is_new_day: bool = False
    is_next_date: bool = False
    by_cell: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def look(self) -> str:
        """The class of the table row."""
        looks = {"unreadable": "refused", "duplicate": "twice", "skipped": "twice"}
        return looks.get(self.row.outcome, "")

    @property
    def text(self) -> str:
        """The cells of a row that cannot be read, as one text."""
        return " · ".join(cell for cell in self.row.cells if cell)


@dataclass
class Preview:
    """One page of a staged or written import."""

    batch: Import
    show: str
    rows: list[PreviewRow]
    proposals: list[Proposals]
    filters: list[tuple[str, str, int]]
    after: int
    next_after: int | None


def read_preview(batch: Import, *, show: str, after: int) -> Preview:
    """Ask for one page of rows: one query, whatever their number. `after` is a row number."""
    rows = batch.rows.filter(number__gt=after).order_by("number").select_related("line")
    show = show if show in SHOWN else "all"
    if outcome := SHOWN[show][1]:
        rows = rows.filter(outcome=outcome)
    if show == "proposals":
        rows = rows.exclude(repairs=[])
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    return Preview(
        batch=batch,
        show=show,
        rows=_dressed(page, batch.program),
        proposals=_proposals(batch),
        filters=_filters(batch),
        after=after,
        next_after=page[-1].number if len(found) > PAGE else None,
    )


def _proposals(batch: Import) -> list[Proposals]:
    kinds = batch.counts.get("kinds", {})
    return [
        Proposals(kind, label, verb, *kinds[kind])
        for kind, (label, verb) in KINDS.items()
        if kind in kinds
    ]


def _filters(batch: Import) -> list[tuple[str, str, int]]:
    """The views of the rows that hold any, with how many."""
    counts = batch.counts
    with_proposals = sum(often for often, _ in counts.get("kinds", {}).values())
    found = [("all", SHOWN["all"][0], counts.get("rows", 0))]
    if with_proposals:
        found.append(("proposals", SHOWN["proposals"][0], 0))
    others = ("unreadable", "duplicate", "skipped", "kept")
    return found + [(name, SHOWN[name][0], counts[name]) for name in others if counts.get(name)]


def _dressed(rows: Iterable[ImportRow], program: Program) -> list[PreviewRow]:
    """Give each row its line, its shift day and its proposals by cell."""
    dressed: list[PreviewRow] = []
    last: date | None = None
    for row in rows:
        shown = PreviewRow(row, Line.from_json(row.reading) if row.reading else None)
        if shown.line:
            local = shown.line.occurred_at.astimezone(program.zone)
            shown.shift_on = program.shift_day_of(shown.line.occurred_at)
            shown.is_new_day = shown.shift_on != last
            shown.is_next_date = local.date() == shown.shift_on + timedelta(days=1)
            last = shown.shift_on
        for repair in row.repairs:
            shown.by_cell.setdefault(repair["column"], []).append(repair)
        dressed.append(shown)
    return dressed
