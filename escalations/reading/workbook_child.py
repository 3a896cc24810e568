"""The child process that opens a workbook under limits: bytes on stdin, JSON sheets on stdout.

Run by path, isolated: of the project it imports the limits alone. It answers with a list of
sheets, or with one word: `locked`, `too big` or `damaged`.
"""

from __future__ import annotations

import datetime
import io
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

MAX_SHEETS = 40
PIECE, SLICE = 256 * 1024, 16 * 1024
"""Bytes unpacked, and bytes taken in, at a time."""

OVERLAP = 4096
"""Bytes of a piece looked at once more with the next, for what lies across."""

MAX_LETTERS = 120_000_000

_FORMULA = re.compile(rb"<c\s([^>]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_HIDDEN = re.compile(rb'<(?:row|col)\s[^>]*\bhidden="(?:1|true)"')


def cell_text(value: object, *, has_seconds: bool = False) -> str:
    """Give a cell's value as the text a person would have typed.

    A date at the very start of either calendar (1900, 1904) is a time of day; seconds are
    rounded, because a spreadsheet keeps 12:10 AM as 0.00694. `has_seconds` writes them out: there
    times may be durations.
    """
    clock = "%H:%M:%S" if has_seconds else "%H:%M"
    match value:
        case bool():
            return "Y" if value else "N"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e20 else repr(value)
        case datetime.datetime():
            value += datetime.timedelta(microseconds=500_000)
            return value.strftime(clock if value.year <= 1904 else f"%Y-%m-%d {clock}")
        case datetime.date():
            return "00:00" if value.year <= 1904 else value.isoformat()
        case datetime.time():
            moment = datetime.datetime.combine(datetime.date(2000, 1, 1), value)
            return (moment + datetime.timedelta(microseconds=500_000)).strftime(clock)
        case datetime.timedelta() if has_seconds:
            seconds = round(value.total_seconds())
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case datetime.timedelta():
            minutes = round(value.total_seconds() / 60) % (24 * 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case str():
            return value.replace("\r\n", "\n").strip()
        case _:
            return str(value)


def read_sheets(
    data: bytes, max_rows: int, max_columns: int, *, has_seconds: bool = False
) -> list[dict[str, Any]]:
    """Read every visible sheet that has cells: name, rows of text, merged places, oddities."""
    oddities = look_at_xml(data)  # first: what is larger than it says never meets the reader
    sheets, letters = [], 0
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for about in book.sheets_metadata[:MAX_SHEETS]:
            if about.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.end is None:
                continue
            found = sheet.to_python(skip_empty_area=False, nrows=max_rows)
            rows = [
                [
                    cell.strip()
                    if type(cell) is str and "\r" not in cell
                    else cell_text(cell, has_seconds=has_seconds)
                    for cell in row[:max_columns]
                ]
                for row in found
            ]
            letters += sum(len(cell) + 4 for row in rows for cell in row)
            if letters > MAX_LETTERS:
                raise MemoryError
            sheets.append(
                {
                    "name": about.name,
                    "rows": rows,
                    "merged": _covered(sheet.merged_cell_ranges or [], max_rows, max_columns),
                }
            )
    return [{**sheet, **oddities} for sheet in sheets]


def look_at_xml(data: bytes) -> dict[str, Any]:
    """Find formulas without a saved value and hidden rows or columns, over all worksheets.

    Each member is unpacked piece by piece and kept nowhere. Raises ValueError for XML that declares
    entities, which no spreadsheet program writes, and for a member larger than it says.
    """
    unsaved: list[str] = []
    hidden = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            is_sheet = member.filename.startswith("xl/worksheets/")
            left = b""
            for number, piece in enumerate(_pieces(data, member)):
                if not number and (b"<!DOCTYPE" in piece[:2000] or b"<!ENTITY" in piece[:2000]):
                    raise ValueError(member.filename)
                if not is_sheet:
                    continue
                xml = left + piece
                left = xml[-OVERLAP:]
                hidden = hidden or (b"hidden=" in xml and bool(_HIDDEN.search(xml)))
                if b"<f" in xml and len(unsaved) < 20:
                    places = (_PLACE.search(found[1]) for found in _FORMULA.finditer(xml))
                    said = [place[1].decode() for place in places if place]
                    unsaved += [place for place in said if place not in unsaved]
    return {"unsaved": unsaved[:20], "hidden": hidden}


def _pieces(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a member piece by piece; raises ValueError past the size the directory says."""
    start = member.header_offset
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    start += 30 + name + extra
    packed = memoryview(data)[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError(member.filename)
    unpacker, size = zlib.decompressobj(-15), 0
    for at in range(0, len(packed), SLICE):
        rest = bytes(packed[at : at + SLICE])
        while rest and not unpacker.eof:
            piece = unpacker.decompress(rest, PIECE)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if size > member.file_size:
                raise ValueError(member.filename)
            yield piece


def _covered(ranges: list[Any], max_rows: int, max_columns: int) -> list[list[int]]:
    """List the places that a merged cell covers, without the one that holds its value."""
    places: list[list[int]] = []
    for (top, left), (bottom, right) in ranges[:5000]:
        for row in range(top, min(bottom, max_rows, top + 500) + 1):
            across = range(left, min(right, max_columns) + 1)
            places += [[row, column] for column in across if (row, column) != (top, left)]
    return places[:50_000]


def answer(
    data: bytes, max_rows: int, max_columns: int, has_seconds: int = 0
) -> list[dict[str, Any]] | str:
    """Read the sheets, or give the one word that says why not."""
    try:
        return read_sheets(data, max_rows, max_columns, has_seconds=bool(has_seconds))
    except python_calamine.PasswordError:
        return "locked"
    except MemoryError:
        return "too big"
    except BaseException:  # noqa: BLE001 (whatever a hostile file provokes, a Rust panic included)
        return "damaged"


if __name__ == "__main__":  # pragma: no cover (run by path, isolated)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

    from escalations.reading.limited import answer_under_limits

    answer_under_limits(answer)
