"""An .xlsx workbook of text cells, written row by row while it is being sent."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from string import ascii_uppercase
from typing import IO, cast

MAX_ROWS = 1_000_000
"""Rows of one sheet; Excel takes 1,048,576."""

MAX_LETTERS = 1_000_000_000
"""Letters of one sheet's XML, so that it stays below the 2 GiB of an ordinary zip member."""

CHUNK = 256 * 1024
"""Letters of XML that are compressed, and sent, at a time."""

LEVEL = 2
"""How hard zlib tries: the usual 6 takes almost three times as long for a ninth less."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff&<>]|_x")
"""What a cell has that must be written otherwise."""

ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as one letter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font>'
    '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def workbook(
    headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]], *, name: str
) -> Iterator[bytes]:
    """Stream a workbook: bold headings kept in sight, then rows; a full sheet is followed by more.

    Every cell is text, never a formula, number or link. `widths` are in letters; at most 26
    columns.
    """
    sink = _Sink()
    with zipfile.ZipFile(
        cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL
    ) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("xl/styles.xml", _STYLES)
        left, sheets = iter(rows), 0
        first = next(left, None)
        while first is not None or not sheets:
            sheets += 1
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w") as member:
                member.write(_beginning(headings, widths))
                first = yield from _fill(member, sink, first, left)
                member.write(b"</sheetData></worksheet>")
        archive.writestr("xl/workbook.xml", _book(sheets, name))
        archive.writestr("xl/_rels/workbook.xml.rels", _parts(sheets))
    yield sink.take()


class _Sink:
    """A file that only takes bytes in; what came in is taken out again as it is sent."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.held = 0

    def write(self, data: bytes) -> int:
        """Keep some bytes."""
        self.pieces.append(bytes(data))
        self.held += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: bytes are kept until they are taken."""

    def take(self) -> bytes:
        """Give all bytes kept so far and forget them."""
        data, self.pieces, self.held = b"".join(self.pieces), [], 0
        return data


def _fill(
    member: IO[bytes], sink: _Sink, first: Sequence[str] | None, left: Iterator[Sequence[str]]
) -> Generator[bytes, None, Sequence[str] | None]:
    """Write rows until the sheet is full; give (by return) the row that begins the next sheet."""
    number, letters, row = 1, 0, first
    said: list[str] = []
    held = 0
    while row is not None and number <= MAX_ROWS and letters < MAX_LETTERS:
        number += 1
        said.append(xml := _row(row, number))
        letters += len(xml)
        held += len(xml)
        row = next(left, None)
        if held > CHUNK:  # compressing row by row takes longer
            member.write("".join(said).encode("utf-8"))
            said, held = [], 0
            yield sink.take()
    member.write("".join(said).encode("utf-8"))
    return row


def _row(cells: Sequence[str], number: int, style: str = "") -> str:
    """One row as XML; an empty cell is left out, space at a cell's ends is kept."""
    if MARKED.search("".join(cells)):
        cells = [_text(cell) for cell in cells]
    rest = f'{number}"{style} t="inlineStr"><is><t'
    said = [
        f'<c r="{letter}{rest}>{cell}</t></is></c>'
        if cell == cell.strip()
        else f'<c r="{letter}{rest} xml:space="preserve">{cell}</t></is></c>'
        for letter, cell in zip(ascii_uppercase, cells, strict=False)
        if cell
    ]
    return f'<row r="{number}">{"".join(said)}</row>'


def _text(cell: str) -> str:
    """Escape a cell's text for XML, and for Excel's own `_x0041_` escapes."""
    cell = NOT_XML.sub("", ESCAPED.sub("_x005F_", cell))
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _beginning(headings: Sequence[str], widths: Sequence[int]) -> bytes:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>" + _row(headings, 1, ' s="1"')
    ).encode()


def _book(sheets: int, name: str) -> str:
    said = "".join(
        f'<sheet name="{_text(name)}{f" {at}" if at > 1 else ""}" sheetId="{at}" r:id="rId{at}"/>'
        for at in range(1, sheets + 1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{said}</sheets></workbook>'


def _parts(sheets: int) -> str:
    said = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{said}<Relationship '
        f'Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
