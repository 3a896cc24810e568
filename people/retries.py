"""Changes as whole transactions, done again when the database asks for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 4
PAUSE = 0.05
"""Seconds, at most, before the second try; twice as long before each further one."""

TRY_AGAIN = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a serialization failure and a deadlock."""


def whole(action: Callable[P, T]) -> Callable[P, T]:
    """`transaction.atomic` for an action, retried at most three times with growing, random pauses.

    Only the whole transaction is done again: inside another one the error passes to that one.
    """

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if connection.in_atomic_block else TRIES
        for left in reversed(range(tries)):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as error:
                if not left or getattr(error.__cause__, "pgcode", None) not in TRY_AGAIN:
                    raise
                time.sleep(random.uniform(0, PAUSE * 2 ** (TRIES - 1 - left)))  # noqa: S311
        raise AssertionError  # pragma: no cover  the loop returns or raises

    return done
