"""Rows of a question whose next ones PostgreSQL finds while those before them are worked on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def read_ahead(
    found: QuerySet[Any, tuple[Any, ...]], count: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Give a question's rows, `count` at a time, as the driver says them; within a transaction.

    While one piece is worked on the next is being fetched, so at most two are in memory. Nothing
    else may be asked over this thread's connection meanwhile without waiting for that.
    """
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:  # known without asking: nothing can fit
        return
    with connection.chunked_cursor() as cursor, ThreadPoolExecutor(1) as beside:
        cursor.execute(sql, params)
        coming = beside.submit(cursor.fetchmany, count)
        while rows := coming.result():
            coming = beside.submit(cursor.fetchmany, count)
            yield rows
