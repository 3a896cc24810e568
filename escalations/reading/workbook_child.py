"""The child process that opens a workbook under limits: bytes on stdin, JSON sheets on stdout.

Run by path, isolated: it imports nothing of the project. It answers with a list of sheets, or
with one word: `locked`, `too big` or `damaged`.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

import python_calamine

SECONDS = 40
MAX_SHEETS = 40
MAX_LETTERS = 120_000_000

_FORMULA = re.compile(rb"<c\s([^>]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_HIDDEN = re.compile(rb'<(?:row|col)\s[^>]*\bhidden="(?:1|true)"')


def cell_text(value: object) -> str:
    """Give a cell's value as the text a person would have typed.

    A date at the very start of either calendar (1900, 1904) is a time of day; seconds are
    rounded, because a spreadsheet keeps 12:10 AM as 0.00694.
    """
    match value:
        case bool():
            return "Y" if value else "N"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime.datetime():
            value += datetime.timedelta(microseconds=500_000)
            return value.strftime("%H:%M" if value.year <= 1904 else "%Y-%m-%d %H:%M")
        case datetime.date():
            return "00:00" if value.year <= 1904 else value.isoformat()
        case datetime.time():
            moment = datetime.datetime.combine(datetime.date(2000, 1, 1), value)
            return (moment + datetime.timedelta(microseconds=500_000)).strftime("%H:%M")
        case datetime.timedelta():
            minutes = round(value.total_seconds() / 60) % (24 * 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case str():
            return value.replace("\r\n", "\n").strip()
        case _:
            return str(value)


def read_sheets(data: bytes, max_rows: int, max_columns: int) -> list[dict[str, Any]]:
    """Read every visible sheet that has cells: name, rows of text, merged places, oddities."""
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
            rows = [[cell_text(cell) for cell in row[:max_columns]] for row in found]
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
    oddities = look_at_xml(data)
    return [{**sheet, **oddities} for sheet in sheets]


def look_at_xml(data: bytes) -> dict[str, Any]:
    """Find formulas without a saved value and hidden rows or columns, over all worksheets.

    Raises ValueError for XML that declares entities, which no spreadsheet program writes.
    """
    unsaved: list[str] = []
    hidden = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            xml = archive.read(name)
            if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml[:2000]:
                raise ValueError(name)
            if name.startswith("xl/worksheets/"):
                hidden = hidden or bool(_HIDDEN.search(xml))
                places = (_PLACE.search(found[1]) for found in _FORMULA.finditer(xml))
                unsaved += [place[1].decode() for place in places if place][: 20 - len(unsaved)]
    return {"unsaved": unsaved, "hidden": hidden}


def _covered(ranges: list[Any], max_rows: int, max_columns: int) -> list[list[int]]:
    """List the places that a merged cell covers, without the one that holds its value."""
    places: list[list[int]] = []
    for (top, left), (bottom, right) in ranges[:5000]:
        for row in range(top, min(bottom, max_rows, top + 500) + 1):
            across = range(left, min(right, max_columns) + 1)
            places += [[row, column] for column in across if (row, column) != (top, left)]
    return places[:50_000]


def answer(data: bytes, max_rows: int, max_columns: int) -> list[dict[str, Any]] | str:
    """Read the sheets, or give the one word that says why not."""
    try:
        return read_sheets(data, max_rows, max_columns)
    except python_calamine.PasswordError:
        return "locked"
    except MemoryError:
        return "too big"
    except BaseException:  # noqa: BLE001 (whatever a hostile file provokes, a Rust panic included)
        return "damaged"


def main() -> None:  # pragma: no cover (runs in the child, under limits)
    """Set the limits, read stdin, answer on stdout."""
    max_rows, max_columns, memory = map(int, sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(answer(sys.stdin.buffer.read(), max_rows, max_columns), sys.stdout)


if __name__ == "__main__":  # pragma: no cover
    main()
