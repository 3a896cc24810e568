"""Rows from delimited text: its encoding and delimiter are found out, quoted line breaks kept."""

from __future__ import annotations

import csv
import io
import re

from escalations.reading.headings import count_known
from escalations.reading.table import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    SheetRefused,
    Table,
    plain_cell,
)

DELIMITERS = "\t,;|"
NEUTRALISED = re.compile(
    r"'[\s'\"\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫−\t\r\n]"
)
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
WRONG_ENCODING = (
    "The file's letters cannot be read. Save it as “CSV UTF-8” or as .xlsx, and choose that file."
)


def decode(data: bytes) -> str:
    """Turn file bytes into text: UTF-8, UTF-16 (marked or not) or Windows-1252.

    Raises SheetRefused for bytes that are not text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    odd, even = data[1:2000:2].count(0), data[0:2000:2].count(0)
    if max(odd, even) > len(data[:2000]) // 3:
        return _decoded(data, "utf-16-le" if odd > even else "utf-16-be")
    if (
        sum(byte < 32 and byte not in b"\t\r\n\f\v" for byte in data[:4000])
        > len(data[:4000]) // 50
    ):
        raise SheetRefused(
            "This is not a spreadsheet. Save the sheet as .xlsx or .csv and choose that file."
        )
    try:
        return _decoded(data, "utf-8-sig")
    except SheetRefused:
        return _decoded(data, "cp1252")


def read_delimited(text: str) -> Table:
    """Read delimited text whose delimiter is found out; raises SheetRefused.

    A `'` that an export put before `= + - @` is taken off again.
    """
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text.removeprefix("\ufeff")
    delimiter = declared[1] if declared else _find_delimiter(text)
    rows = [[read_cell(cell) for cell in row[:MAX_COLUMNS]] for row in _records(text, delimiter)]
    return Table(rows=rows)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).replace("\0", "")
    except UnicodeError:
        raise SheetRefused(WRONG_ENCODING) from None


def _records(text: str, delimiter: str, limit: int = MAX_ROWS + 1) -> list[list[str]]:
    """Split text into records, at most `limit`; raises SheetRefused at a quote left open."""
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= limit:
                break
    except csv.Error:
        raise SheetRefused(
            f"After row {len(rows)} a quotation mark is opened and never closed. "
            "Close it in that row, or save the sheet as .xlsx."
        ) from None
    return rows


def _find_delimiter(text: str) -> str:
    """Choose the delimiter that makes the first rows look most like a log sheet."""

    def likeness(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = [row for row in _records(text, delimiter, limit=30) if any(row)]
        except SheetRefused:
            return (0, 0, 0)
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=0)
        return (max(map(count_known, rows), default=0), usual > 1 and widths.count(usual), usual)

    return max(DELIMITERS, key=likeness)


def read_cell(text: str) -> str:
    """Give a cell's text as it is meant: cut if far too long, without an export's `'`."""
    if len(text) > MAX_CELL:
        text = text[: MAX_CELL + 1]  # one more than is allowed: the row says so
    if NEUTRALISED.match(text):
        text = text[1:]
    return plain_cell(text)
