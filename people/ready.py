"""Ready statements: SQL put together once, and models made of what it answers.

Django's compiling of a query takes ten times as long as the database's answer to a single row.
Where every request or every saved line pays for it, the statement is kept instead; a test holds
each to the queryset that says the same.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models


def columns(model: type[models.Model], alias: str = "") -> str:
    """Every column of a model, in its order, for a SELECT from its table or its `alias`."""
    table = alias or model._meta.db_table
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def made(model: type[models.Model], row: list[Any]) -> tuple[Any, list[Any]]:
    """A model of the first columns of a row, as `columns` names them, and the rest of the row."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, row[: len(names)]), row[len(names) :]
