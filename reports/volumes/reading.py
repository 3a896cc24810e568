"""A phone system's report as hours: rows of text in, calls by clock hour and problems out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from escalations.reading.table import SheetRefused, Table
from people.models import Program
from reports.volumes.hourly import MOST_HOURS
from reports.volumes.sheet.layout import Rows, date_order, find_layout
from reports.volumes.sheet.matrix import read_matrix
from reports.volumes.sheet.placing import place
from reports.volumes.sheet.rows import read_rows
from reports.volumes.sheet.said import Found, Problem
from reports.volumes.sheet.summing import HourRead, is_summed, sum_hours

MOST_ROWS = 50_000
"""Rows of one report: a web worker waits while they are read, a few seconds."""

LEFT_OUT = {
    "blank": ("blank row", "blank rows"),
    "totals": ("row of totals", "rows of totals"),
    "headings": ("row of headings that stand again", "rows of headings that stand again"),
    "words": ("row without numbers", "rows without numbers"),
    "empty": ("cell or row without a number of calls", "cells or rows without a number of calls"),
    "columns": ("column that is neither day nor hour", "columns that are neither day nor hour"),
    "zero": ("0 for a time that is not there or twice", "0s for times that are not there or twice"),
}


@dataclass(frozen=True)
class Reading:
    """What a report says: hours by their UTC start, what cannot be read, and what to know.

    `blocked` says why nothing of it may be recorded, or is "". `says_wait` and `says_handling`
    tell whether it has such averages at all.
    """

    layout: str
    hours: dict[datetime, HourRead]
    problems: list[Problem]
    notes: list[str]
    left_out: list[str]
    says_wait: bool
    says_handling: bool
    blocked: str = ""


def read_volumes(table: Table, program: Program, *, shift: date, now: datetime) -> Reading:
    """Read a report in the program's wall clock; `shift` is the shift day of rows without a date.

    Raises SheetRefused, with what to do, for a table in no layout that is known.
    """
    if len(table.rows) > MOST_ROWS:
        raise SheetRefused(f"More than {MOST_ROWS:,} rows: paste a part of them at a time.")
    today = now.astimezone(program.zone).date()
    order, order_note = date_order(table.rows, near=shift, today=today)
    layout = find_layout(table.rows, near=shift, order=order)
    if isinstance(layout, Rows):
        found = read_rows(table.rows, layout, near=shift, order=order, merged=table.merged)
    else:
        found = read_matrix(table.rows, layout, near=shift, order=order)
    place(found, program, shift)
    hours = sum_hours(found, program, now)
    if len(hours) > MOST_HOURS:
        raise SheetRefused(f"More than {MOST_HOURS:,} hours: paste a part of them at a time.")
    return Reading(
        layout=found.layout,
        hours=hours,
        problems=sorted(found.problems, key=lambda problem: problem.row),
        notes=[*table.notes, *([order_note] if order_note else []), *found.notes],
        left_out=_left_out(found.left_out),
        says_wait=found.says_wait,
        says_handling=found.says_handling,
        blocked=_blocked(found, hours),
    )


def _left_out(counts: Counter[str]) -> list[str]:
    return [
        f"{counts[what]:,} {one if counts[what] == 1 else many}"
        for what, (one, many) in LEFT_OUT.items()
        if counts[what]
    ]


def _blocked(found: Found, hours: dict[datetime, HourRead]) -> str:
    lost = [problem.row for problem in found.problems if problem.is_lost]
    if not lost or not is_summed(hours, found.intervals):
        return ""
    return (
        f"Nobody can say to which hour the calls of row {lost[0]} belong, and hours are added up "
        "from several rows here: one of them would be too low. Mend that row and paste it again."
    )
