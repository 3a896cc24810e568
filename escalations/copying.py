"""Many rows into one table by PostgreSQL's COPY; only actions that write in bulk use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from django.db import connection, models

NULL = r"\N"
_ESCAPED = (("\\", r"\\"), ("\t", r"\t"), ("\n", r"\n"), ("\r", r"\r"))
_ODD = re.compile(r"[\\\t\n\r]").search


def columns_of(model: type[models.Model]) -> dict[str, Any]:
    """Every column a new row must bring, with the value it has unless something else is said."""
    return {
        field.attname: None if field.null else field.get_default()
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated)
    }


def copy_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows whose values stand in the order of `names`, which are attribute names.

    Values are as the database takes them: text, numbers, aware instants, JSON already as text,
    None. Raises IntegrityError where the table refuses a row; then none of them is written.
    """
    columns = [_column_said(values) for values in zip(*rows, strict=True)]
    said = StringIO("".join([f"{row}\n" for row in map("\t".join, zip(*columns, strict=True))]))
    into = ", ".join(connection.ops.quote_name(_column(model, name)) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({into}) FROM STDIN", said)


def _column(model: type[models.Model], name: str) -> str:
    return next(str(f.column) for f in model._meta.concrete_fields if f.attname == name)


def _column_said(values: Sequence[Any]) -> Sequence[str]:
    """One column's values in COPY's text format: mostly all the same, or texts without escapes."""
    first = values[0]
    if values.count(first) == len(values):
        return [_said(first)] * len(values)
    if set(map(type, values)) == {str} and not _ODD("".join(values)):
        return values
    return [_said(value) for value in values]


def _said(value: Any) -> str:
    """A value in COPY's text format."""
    if isinstance(value, str):
        return value if not _ODD(value) else _escaped(value)
    if value is None:
        return NULL
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _escaped(value: str) -> str:
    for letter, said in _ESCAPED:
        value = value.replace(letter, said)
    return value
