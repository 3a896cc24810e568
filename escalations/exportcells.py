"""The cells of an exported line as PostgreSQL says them: plain, or ready to stand in a CSV file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, F, Func, TextField

from escalations.models import Feedback, Status

SPACES = (
    "\x01-\x20\x7f\x85\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f"
    "\ufeff"  # \s and more
)
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−\t\r\n"
RISKY = re.compile(f"[\x00{SPACES}'\"]*[{SIGNS}]")
"""What a spreadsheet may take for a formula, also after what it skips at a cell's beginning."""

HARMLESS = re.compile(r"[0-9A-Za-z]")
"""With what most cells begin, and no formula does."""


def neutral(cell: str) -> str:
    """Put a `'` before what a spreadsheet would take for a formula; reading takes it off again."""
    return f"'{cell}" if not HARMLESS.match(cell) and RISKY.match(cell) else cell


def _quoted(text: str) -> str:
    """A text as a literal of SQL; `%` is doubled, as the driver wants it."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


_X = "%(expressions)s"
_IS_RISKY = f"{_X} ~ {_quoted(f'^[{SPACES}{chr(39)}{chr(34)}]*[{SIGNS}]')}"
_PARTING = ("','", "'\"'", r"E'\n'", r"E'\r'")
_IS_PLAIN = " AND ".join(f"strpos({_X}, {said}) = 0" for said in _PARTING)
_BETWEEN = f'{_X} >= {{}} COLLATE "C" AND {_X} < {{}} COLLATE "C"'
_BEGINS_HARMLESS = " OR ".join(_BETWEEN.format(*said) for said in (("'A'", "'{'"), ("'0'", "':'")))
_IN_QUOTES = f"""'"' || replace({_X}, '"', '""') || '"'"""


class CsvCell(Func):
    """A text as it stands in a CSV file: in quotes where need be, a `'` before formulas.

    It gives what `csv.writer` makes of `neutral`. Most cells need neither, which is seen without a
    regular expression; the empty ones are known first.
    """

    template = (
        f"CASE WHEN {_X} = '' THEN ''"
        f" WHEN {_BEGINS_HARMLESS} THEN CASE WHEN {_IS_PLAIN} THEN {_X} ELSE {_IN_QUOTES} END"
        f" WHEN {_IS_RISKY} THEN CASE WHEN {_IS_PLAIN} THEN '''' || {_X}"
        f""" ELSE '"''' || substr({_IN_QUOTES}, 2) END"""
        f" WHEN {_IS_PLAIN} THEN {_X} ELSE {_IN_QUOTES} END"
    )
    output_field = TextField()


class CsvCells(Func):
    """Cells one beside the other; none of them is null."""

    template = "concat_ws(',', %(expressions)s)"
    output_field = TextField()


@dataclass(frozen=True)
class Column:
    """A column of an export: its heading, its width in letters, and what it says of a line."""

    heading: str
    width: int
    cell: Expression | F
    is_typed: bool = False
    """Whether it holds what people typed."""

    @property
    def csv(self) -> Expression | F:
        """The cell for a CSV file."""
        return CsvCell(self.cell) if self.is_typed else self.cell


def _said(template: str, *fields: str, joined: str = ", ") -> Func:
    said: Any = {"template": template, "arg_joiner": joined, "output_field": TextField()}
    return Func(*map(F, fields), **said)


_NAMES = " ".join(f"WHEN {_quoted(key)} THEN {_quoted(str(name))}" for key, name in Status.choices)
_UTC = f"""coalesce(to_char({_X} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), '')"""

MINUTE = _said(f"floor(date_part('epoch', {_X}) / 60)::bigint", "occurred_at")
"""A line's instant, in minutes since 1970."""

WORDS = (
    Column(
        *("Escalating Agent", 22),
        _said(f"({_X})", "agent__name", "agent__employee_id", joined=" || ' / ' || "),
        is_typed=True,
    ),
    Column("Concern", 44, F("concern"), is_typed=True),
    Column("Resolution", 36, F("resolution"), is_typed=True),
    Column(
        *("Requires Feedback? Y/N", 12),
        _said(f"CASE {_X} WHEN {_quoted(Feedback.NONE.value)} THEN 'N' ELSE 'Y' END", "feedback"),
    ),
    Column("Status", 12, _said(f"CASE {_X} {_NAMES} END", "status")),
)
"""Between a line's number and time and its day: the rest of the paper form's columns."""

MORE = (
    Column("Logged by", 18, F("logged_by__username"), is_typed=True),
    Column("Severity", 9, _said(f"coalesce({_X}::text, '')", "severity")),
    Column("Offered", 24, F("offered"), is_typed=True),
    Column("Refused because", 24, F("refused_because"), is_typed=True),
    Column("Wanted", 24, F("wanted"), is_typed=True),
    Column("Customer reference", 20, F("customer_ref"), is_typed=True),
    Column("Call back at (UTC)", 19, _said(_UTC, "callback_at")),
    Column("Void reason", 24, F("void_reason"), is_typed=True),
    Column("Line", 8, _said(f"{_X}::text", "number")),
    Column("Topic", 24, _said(f"coalesce({_X}, '')", "topic__name"), is_typed=True),
)
"""After a line's day."""
