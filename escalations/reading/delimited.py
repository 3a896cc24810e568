"""Rows from delimited text: its encoding and delimiter are found out, quoted line breaks kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from escalations.reading.headings import count_known
from escalations.reading.limited import Ended, run
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
    r"'[\s'\"\x00-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]*"
    r"[=+\-@＝＋－＠﹦﹢﹣﹫−\t\r\n]"
)
_DECLARED = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LONGEST_LINE = 1_000_000

CHILD = Path(__file__).with_name("delimited_child.py")
SMALL = 200_000
"""Bytes that are split at once: so few can do no harm."""

MEMORY = 600 * 1024 * 1024
SECONDS = 30
TOO_MUCH = (
    "The file is more than a log sheet holds. "
    "Split it into several files and import them one after the other."
)
LONG_LINE = (
    "The file has a line of more than a million letters, so it is no log sheet. "
    "Save the sheet as .xlsx or .csv and choose that file."
)
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


def split_file(data: bytes, *, is_apart: bool = False) -> Table:
    """Read a delimited file, in a child process unless it is small; raises SheetRefused.

    `is_apart` says that this is a child process already.
    """
    if is_apart or len(data) <= SMALL:
        return read_delimited(decode(data))
    try:
        said = run(CHILD, data, MEMORY, seconds=SECONDS)
    except Ended:
        raise SheetRefused(TOO_MUCH) from None
    if isinstance(said, str):
        raise SheetRefused(said)
    return Table(rows=said)


def split_text(text: str, *, is_apart: bool = False) -> Table:
    """Read pasted text like a file; raises SheetRefused."""
    if is_apart or len(text) <= SMALL:
        return read_delimited(text)
    return split_file(text.encode("utf-8", "replace"))


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


def _records(text: str, delimiter: str) -> list[list[str]]:
    """Split text into records, a few too many at most; raises SheetRefused at an open quote."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(_reader(text, delimiter), MAX_ROWS + 1))
    except csv.Error:
        raise SheetRefused(
            f"After row {len(rows)} a quotation mark is opened and never closed, or a cell holds "
            "more than 131,072 letters. Mend that row, or save the sheet as .xlsx."
        ) from None
    return rows


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(_lines(text), delimiter=delimiter)


def _lines(text: str) -> Iterator[str]:
    """Give line by line, so that a long text is not in memory twice; raises SheetRefused."""
    for line in _LINE.finditer(text):
        if line.end() - line.start() > LONGEST_LINE:
            raise SheetRefused(LONG_LINE)
        yield line.group()


def _find_delimiter(text: str) -> str:
    """Choose the delimiter that makes the first rows look most like a log sheet."""

    def likeness(delimiter: str) -> tuple[int, int, int]:
        rows: list[list[str]] = []
        with suppress(csv.Error):
            rows.extend(islice(filter(any, _reader(text, delimiter)), 30))
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=0)
        return (max(map(count_known, rows), default=0), usual > 1 and widths.count(usual), usual)

    return max(DELIMITERS, key=likeness)


def read_cell(text: str) -> str:
    """Give a cell's text as it is meant: cut if far too long, without an export's `'`."""
    if len(text) > MAX_CELL:
        text = text[: MAX_CELL + 1]  # one more than is allowed: the row says so
    if text[:1] == "'" and NEUTRALISED.match(text):
        text = text[1:]
    return plain_cell(text)
