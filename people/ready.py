"""Ready statements: SQL put together once, planned once, and models made of what it answers.

Django's compiling of a query takes ten times as long as the database's answer to a single row, and
PostgreSQL's planning three times as long as its reading of a page's fifty. Where every request or
every saved line pays for it, the statement is kept instead; a test holds each to the queryset that
says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection, models

from people.retries import PLAN_GONE, code_of

Values = Sequence[Any] | Mapping[str, Any]

_prepared: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""By the driver's connection, which statements it has prepared, and how each is executed."""

_numbers = count()


def columns(model: type[models.Model], alias: str = "") -> str:
    """Every column of a model, in its order, for a SELECT from its table or its `alias`."""
    table = alias or model._meta.db_table
    return ", ".join(f'{table}."{field.column}"' for field in model._meta.concrete_fields)


def made(model: type[models.Model], row: list[Any]) -> tuple[Any, list[Any]]:
    """A model of the first columns of a row, as `columns` names them, and the rest of the row."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(connection.alias, names, row[: len(names)]), row[len(names) :]


def planned(sql: str, values: Values) -> list[tuple[Any, ...]]:
    """The rows of a statement, which each connection has PostgreSQL plan only once (ADR 0126).

    One plan serves all values, so what a partial index asks for is written out in the SQL, and
    there are as many plans as texts: never SQL with a value of a request in it.
    """
    with connection.cursor() as cursor:
        try:
            cursor.execute(_execution(cursor, sql, values), values)
        except DatabaseError as error:
            if code_of(error) not in PLAN_GONE:
                raise
            _prepared.pop(cursor.connection, None)
            if connection.in_atomic_block:  # which is over; an action is done again
                raise
            cursor.execute(_execution(cursor, sql, values), values)
        return cursor.fetchall()  # type: ignore[no-any-return]


def _execution(cursor: Any, sql: str, values: Values) -> str:
    """How the connection executes a statement, which is prepared first when it is new to it."""
    known = _prepared.setdefault(cursor.connection, {})
    if sql not in known:
        name = f"ready_{next(_numbers)}"
        numbers = [f"${n}" for n in range(1, len(values) + 1)]
        if isinstance(values, Mapping):
            text = sql % dict(zip(values, numbers, strict=True))
            marks = [f"%({said})s" for said in values]
        else:
            text, marks = sql % tuple(numbers), ["%s"] * len(values)
        with connection.wrap_database_errors:  # no question of its own: a cursor that counts none
            cursor.cursor.execute(f"PREPARE {name} AS {text}")
        known[sql] = f"EXECUTE {name} ({', '.join(marks)})" if marks else f"EXECUTE {name}"
    return known[sql]
