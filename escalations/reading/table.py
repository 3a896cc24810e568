"""A sheet as rows of text, whatever it came in as: file bytes or pasted rows."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 60
MAX_CELL = 4000

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
DELIMITED = (".csv", ".tsv", ".txt", ".tab")
SAVE_AS = "Open it in your spreadsheet program, save it as .xlsx or .csv, and choose that file."


class SheetRefused(ValueError):
    """The sheet cannot be read; the text is one sentence or two that say what to do."""


@dataclass(frozen=True)
class Table:
    """A sheet's rows from its first row on, so that index 0 is row 1; every cell is text.

    `merged` are the (row, column) places, from 0, hidden under a merged cell; `notes` are
    sentences the person should read before confirming.
    """

    rows: list[list[str]]
    merged: frozenset[tuple[int, int]] = frozenset()
    notes: list[str] = field(default_factory=list)


def read_file(
    name: str, data: bytes, *, is_apart: bool = False, has_seconds: bool = False
) -> Table:
    """Read an uploaded .xlsx or delimited text file; the content decides, not the name.

    A workbook, or a long text, is read in a child process; a text at once where `is_apart` says
    that this is one already. With `has_seconds` times in a workbook keep theirs. Raises
    SheetRefused with what to do about a file that is none of these, is encrypted, damaged or too
    big.
    """
    from escalations.reading.delimited import split_file
    from escalations.reading.workbook import read_workbook

    if not data.strip(b"\0 \t\r\n"):
        raise SheetRefused("The file is empty. Choose the file that holds the rows.")
    if len(data) > MAX_BYTES:
        raise SheetRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. "
            "Split it into several files and import them one after the other."
        )
    if data.startswith(ZIP):
        return checked(read_workbook(data, has_seconds=has_seconds))
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SheetRefused(
                "The workbook is protected with a password. "
                "Save a copy without the password and import that."
            )
        raise SheetRefused(f"This is a workbook in the old .xls format. {SAVE_AS}")
    if data.startswith(PDF) or not _is_named_like_text(name):
        raise SheetRefused(f"“{_short(name)}” is not a spreadsheet Tala can read. {SAVE_AS}")
    return checked(split_file(data, is_apart=is_apart))


def read_pasted(text: str, *, is_apart: bool = False) -> Table:
    """Read rows pasted from a spreadsheet or a text file like a file; raises SheetRefused."""
    from escalations.reading.delimited import split_text

    if not text.strip():
        raise SheetRefused("Nothing was pasted. Copy the rows in your spreadsheet, headings too.")
    return checked(split_text(text, is_apart=is_apart))


def checked(table: Table) -> Table:
    """Give the table back if it has rows and not too many of them; raises SheetRefused."""
    if not any(letter.isalnum() for row in table.rows for cell in row for letter in cell):
        raise SheetRefused("The sheet has no rows. Choose the file that holds them.")
    if len(table.rows) > MAX_ROWS:
        raise SheetRefused(
            f"The sheet has more than {MAX_ROWS:,} rows. "
            "Split it into several files and import them one after the other."
        )
    return table


def plain_cell(text: str) -> str:
    """Take control characters and outer space off a cell; line breaks inside stay."""
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (letter for letter in text if letter in "\n\t" or ord(letter) >= 32)
    return "".join(kept).strip().strip("\ufeff")


def _is_named_like_text(name: str) -> bool:
    """Whether the name ends like a text table, or not like any file format at all."""
    ending = name[name.rfind(".") :].casefold() if "." in name else ""
    return not ending or ending in DELIMITED or ending in (".xlsx", ".xls")


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"
