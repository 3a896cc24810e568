"""Questions every page asks: compiled by Django once, asked with other values (ADR 0093).

Compiling takes the sheet's three queries four times as long as PostgreSQL takes to answer them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models

Values = Mapping[str, Any]
Build = Callable[[Values], "models.QuerySet[Any]"]

_EARLY = datetime(1, 1, 1, tzinfo=UTC)
_known: dict[tuple[Build, tuple[str, ...]], tuple[str, list[tuple[str | None, Any]]]] = {}


def compiled(build: Build, values: Values) -> tuple[str, list[Any]]:
    """The SQL of `build(values)` and its parameters, as the driver takes them.

    Which values there are may decide what `build` asks, what they are may not: for each set of
    names it is called once, with marks in their place. Values are texts, integers and instants;
    True only says that its name is given.
    """
    key = build, tuple(sorted(values))
    if key not in _known:
        marks = {name: _mark(n, values[name]) for n, name in enumerate(key[1], start=1)}
        sql, params = build(marks).query.sql_with_params()
        places = {mark: name for name, mark in marks.items()}
        order = [(places.get(param) if param.__hash__ else None, param) for param in params]
        marked = {name for name in marks if values[name] is not True}
        if missing := marked - {name for name, _ in order}:
            raise TypeError(f"{build.__name__} does not ask for {missing} as they are.")
        _known[key] = sql, order
    sql, order = _known[key]
    return sql, [param if name is None else values[name] for name, param in order]


def _mark(n: int, value: Any) -> str | int | datetime:
    """Something of the value's type that no query says by itself."""
    if isinstance(value, datetime):
        return _EARLY + timedelta(microseconds=n)
    return 2_100_000_000 + n if isinstance(value, int) else f"\x01{n}"
