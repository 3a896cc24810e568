"""Rows from an .xlsx workbook, read in a child process with limits on memory and time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from escalations.reading.headings import HEADINGS_WITHIN, count_known
from escalations.reading.limited import Ended, run
from escalations.reading.table import (
    MAX_COLUMNS,
    MAX_ROWS,
    SAVE_AS,
    SheetRefused,
    Table,
    plain_cell,
)

CHILD = Path(__file__).with_name("workbook_child.py")
MAX_UNPACKED = 300 * 1024 * 1024
SUSPICIOUS, MOST_PACKED = 48 * 1024 * 1024, 60
"""Unpacked bytes from which a workbook must not have been packed to less than a 60th."""

MAX_MEMBERS = 1000
MEMORY = 768 * 1024 * 1024
SECONDS = 80

TOO_BIG = (
    "The workbook unpacks to far more than a log sheet holds. "
    "Copy the rows into a new workbook, or save the sheet as .csv, and import that."
)
DAMAGED = f"The workbook is damaged or is not one. {SAVE_AS}"
LOCKED = (
    "The workbook is protected with a password. Save a copy without the password and import that."
)


def read_workbook(data: bytes, *, has_seconds: bool = False) -> Table:
    """Read the sheet of a workbook that looks most like a log sheet; raises SheetRefused.

    The zip's directory is looked at first, so that a bomb is never unpacked. Cells become text:
    whole numbers without `.0`, times `21:15` (`21:15:00` where `has_seconds`), dates `2026-11-20`.
    Hidden sheets are left alone.
    """
    _look_at_directory(data)
    sheets = _sheets(data, has_seconds=has_seconds)
    if not sheets:
        raise SheetRefused("The workbook has no visible sheet with rows. Unhide it and save again.")
    sheet = max(sheets, key=lambda one: _likeness(one["rows"]))
    notes = []
    if len(sheets) > 1:
        others = ", ".join(f"“{one['name']}”" for one in sheets if one is not sheet)
        notes.append(f"Only the sheet “{sheet['name']}” is read; the workbook also has {others}.")
    if sheet["unsaved"]:
        places = ", ".join(sheet["unsaved"][:5])
        notes.append(
            f"Cells with formulas but no saved value look empty ({places}). Open the workbook in "
            "your spreadsheet program, save it, and import it again."
        )
    if sheet["hidden"]:
        notes.append("Hidden rows or columns of the sheet are read like all others.")
    merged = frozenset((row, column) for row, column in sheet["merged"])
    rows = [[plain_cell(cell) for cell in row] for row in sheet["rows"]]
    return Table(rows=rows, merged=merged, notes=notes)


def _look_at_directory(data: bytes) -> None:
    """Refuse what is not a workbook, or says itself that it unpacks to too much."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, zlib.error):
        raise SheetRefused(DAMAGED) from None
    if any(member.flag_bits & 1 for member in members):
        raise SheetRefused(LOCKED)
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > SUSPICIOUS and unpacked > len(data) * MOST_PACKED
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or is_bomb:
        raise SheetRefused(TOO_BIG)
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        kind = "an OpenDocument file" if "content.xml" in names else "not an .xlsx workbook"
        raise SheetRefused(f"This is {kind}. {SAVE_AS}")


def _sheets(data: bytes, *, has_seconds: bool) -> list[dict[str, Any]]:
    """Run the child on the bytes and give its sheets; raises SheetRefused however it ends."""
    try:
        answer = run(
            CHILD, data, MAX_ROWS + 1, MAX_COLUMNS, int(has_seconds), MEMORY, seconds=SECONDS
        )
    except Ended:
        raise SheetRefused(TOO_BIG) from None
    if isinstance(answer, str):
        raise SheetRefused({"locked": LOCKED, "too big": TOO_BIG}.get(answer, DAMAGED))
    return list(answer)


def _likeness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Say how much rows look like a log sheet: headings known, then how many rows."""
    return max(map(count_known, rows[:HEADINGS_WITHIN]), default=0), min(len(rows), 2)
