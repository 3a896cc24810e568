"""Sheets that mean harm or are odd, made on the fly; and the child they are read in, measured."""

from __future__ import annotations

import io
import json
import resource
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter

from escalations.reading import SheetRefused, read_file

HEADINGS = ["Time", "Agent", "Concern", "Resolution"]
ROW = ["9:15 PM", "Tina / 123456", "waive the fee", "waived once"]
MIB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Sheet:
    """A file, and what should come of it: part of the sentence, or part of what is read."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    reads: str = ""
    file: str = "night.xlsx"


@dataclass
class Outcome:
    """How reading a file went: the sentence, or the text of all cells; seconds, child's MiB."""

    refused: str
    reads: str
    seconds: float
    mib: float


def measured(sheet: Sheet) -> Outcome:
    """Read a sheet from a small process of its own: a child counts its parent's memory as well."""
    command = [sys.executable, "-m", "escalations.tests.hostile", sheet.name]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=120)
    return Outcome(**json.loads(done.stdout))


def read_here(sheet: Sheet) -> Outcome:
    """Read a sheet by this process, which ought to be a small one."""
    data, refused, reads = sheet.make(), "", ""
    started = time.monotonic()
    try:
        table = read_file(sheet.file, data)
        reads = " ".join(cell for row in table.rows[-9:] for cell in row)
    except SheetRefused as refusal:
        refused = str(refusal)
    seconds = time.monotonic() - started
    mib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Outcome(refused, reads, round(seconds, 2), round(mib, 1))


def honest() -> dict[str, bytes]:
    """The members of an ordinary workbook with one line."""
    with zipfile.ZipFile(io.BytesIO(_written())) as book:
        return {name: book.read(name) for name in book.namelist()}


def _written(**options: object) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((HEADINGS, ROW)):
            sheet.write_row(at, 0, row)
    return file.getvalue()


def _zipped(members: dict[str, bytes], *, level: int = 9) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as book:
        for name, data in members.items():
            book.writestr(name, data)
    return file.getvalue()


def _with_sheet(xml: bytes) -> bytes:
    return _zipped(honest() | {"xl/worksheets/sheet1.xml": xml})


def _streamed(begin: bytes, middle: bytes, often: int, end: bytes) -> bytes:
    """A workbook whose only sheet repeats `middle`, packed without ever being held whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, data in honest().items():
            if name != "xl/worksheets/sheet1.xml":
                book.writestr(name, data)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            member.write(begin)
            for _ in range(often):
                member.write(middle)
            member.write(end)
    return file.getvalue()


_OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_CLOSE = b"</sheetData></worksheet>"
_CELL = b'<row><c t="inlineStr"><is><t>'


def one_huge_cell() -> bytes:
    """1 GiB of letters in one cell."""
    return _streamed(_OPEN + _CELL, b"a" * MIB, 1024, b"</t></is></c></row>" + _CLOSE)


def rows_without_end() -> bytes:
    """200 MiB of rows."""
    row = _CELL + b"9:15 PM</t></is></c></row>"
    return _streamed(_OPEN, row * (MIB // len(row)), 200, _CLOSE)


def lying_sizes() -> bytes:
    """A member that says it is small and unpacks to 400 MiB."""
    data = bytearray(_streamed(_OPEN + _CELL, b"a" * MIB, 400, _CLOSE))
    at = data.rindex(b"PK\x01\x02")
    name_at = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02"))
    at = data.rindex(b"PK\x01\x02", 0, name_at)
    struct.pack_into("<I", data, at + 24, 1000)
    return bytes(data)


def far_corner() -> bytes:
    """Two cells so far apart that all between them would fill the memory."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    cells += b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _with_sheet(_OPEN + cells + _CLOSE)


def entities() -> bytes:
    """The billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    return _with_sheet(head.encode() + _OPEN + _CELL + b"&l9;</t></is></c></row>" + _CLOSE)


def truncated() -> bytes:
    """A workbook of which the second half is missing."""
    data = _written()
    return data[: len(data) // 2]


def nested() -> bytes:
    """A zip in a zip in a zip."""
    inner = _zipped({"bomb.bin": bytes(50 * MIB)})
    return _zipped({"inner.zip": _zipped({"inner.zip": inner})})


def paths() -> bytes:
    """A workbook with members that want to be elsewhere, one of them a symbolic link."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in honest().items():
            book.writestr(name, data)
        book.writestr("../../../../etc/cron.d/evil", b"* * * * * root true\n")
        link = zipfile.ZipInfo("xl/media/link")
        link.external_attr = 0o120777 << 16
        book.writestr(link, b"/etc/passwd")
    return file.getvalue()


def macros() -> bytes:
    """An .xlsm: macros lie beside the sheet and are never looked at."""
    kinds = honest()["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    return _zipped(honest() | {"[Content_Types].xml": kinds, "xl/vbaProject.bin": b"\xcc\x61" * 99})


def merged_and_hidden() -> bytes:
    """Merged cells, hidden rows, a formula nobody saved a value of, three empty columns first."""
    book = openpyxl.Workbook()
    sheet = book.active
    for at, row in enumerate((HEADINGS, ROW, ROW), start=1):
        for column, cell in enumerate(row, start=4):
            sheet.cell(at, column, cell)
    sheet.merge_cells("F2:F3")
    sheet["H2"] = "=A1&A2"
    sheet.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def wide() -> bytes:
    """300 columns."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((HEADINGS, *[ROW] * 500)):
            sheet.write_row(at, 0, [*row, *["x"] * 296])
    return file.getvalue()


def locked() -> bytes:
    """An encrypted workbook: an OLE file with the package inside."""
    return b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + bytes(4000)


def text(*rows: list[str], encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """A delimited text of these rows."""
    return end.join(",".join(row) for row in (HEADINGS, *rows)).encode(encoding)


BOOKS = (
    Sheet("zip bomb, 1 GiB in one cell", one_huge_cell, refused="unpacks to far more"),
    Sheet("zip bomb, 200 MiB of rows", rows_without_end, refused="unpacks to far more"),
    Sheet("sizes that lie", lying_sizes, refused="damaged"),
    Sheet("two cells far apart", far_corner, refused="unpacks to far more"),
    Sheet("entity bomb", entities, refused="damaged"),
    Sheet("encrypted", locked, refused="password"),
    Sheet("truncated", truncated, refused="damaged"),
    Sheet("zip in a zip", nested, refused="not an .xlsx"),
    Sheet("paths and links", paths, reads="waive the fee"),
    Sheet("macros", macros, reads="waive the fee", file="night.xlsm"),
    Sheet("1904 dates", lambda: _written(date_1904=True), reads="9:15 PM"),
    Sheet("merged, hidden, empty columns, formulas", merged_and_hidden, reads="waive the fee"),
    Sheet("300 columns", wide, reads="waive the fee"),
    Sheet("text called .xlsx", lambda: text(ROW), reads="waive the fee"),
    Sheet("workbook called .csv", _written, reads="waive the fee", file="night.csv"),
    Sheet("picture called .xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), refused="Save"),
)

TEXTS = (
    Sheet(
        "NUL in cells",
        lambda: text(*[ROW] * 20, ["9:15 PM", "Ti\0na / 1", "f\0ee", ""]),
        reads="fee",
        file="night.csv",
    ),
    Sheet(
        "two encodings",
        lambda: text(ROW) + "\r\n9:20 PM,Peña / 1,bill,".encode("cp1252"),
        reads="bill",
    ),
    Sheet("UTF-16 unmarked", lambda: text(ROW, encoding="utf-16-le"), reads="waive the fee"),
    Sheet("one line of 20 MB", lambda: b"a" * (20 * MIB), refused="a million letters"),
    Sheet("10 million columns", lambda: b"," * 10_000_000 + b"x\n", refused="a million letters"),
    Sheet("10 million rows", lambda: b"a\n" * 10_000_000, refused="more than 200,000 rows"),
    Sheet(
        "a quote never closed",
        lambda: text(ROW) + b'\r\n9:20 PM,"Tina' + b"\nx" * 10_000_000,
        refused="quotation mark",
    ),
    Sheet("carriage returns only", lambda: text(ROW, end="\r"), reads="waive the fee"),
    Sheet(
        "one letter beyond all planes",
        lambda: text(*[[*ROW[:2], "🌟" + "x" * 100, ""]] * 150_000),
        reads="🌟",
    ),
    Sheet("noise", lambda: Random(5).randbytes(100_000), refused="not a spreadsheet"),
)

if __name__ == "__main__":
    wanted = next(sheet for sheet in (*BOOKS, *TEXTS) if sheet.name == sys.argv[1])
    sys.stdout.write(json.dumps(asdict(read_here(wanted))))
