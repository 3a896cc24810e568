"""Changes as whole transactions, done again when the database asks for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 4
PAUSE = 0.05
"""Seconds, at most, before the second try; twice as long before each further one."""

TRY_AGAIN = frozenset({"40001", "40P01"})
"""PostgreSQL's codes for a serialization failure and a deadlock."""

PLAN_GONE = frozenset({"0A000", "26000"})
"""PostgreSQL's codes for a kept plan whose columns have changed, and for one not there."""

ENDED = frozenset({"57P01", "57P02", "57P03"})
"""PostgreSQL's codes for a connection ended by somebody, by a crash, and refused at a start."""


def code_of(error: BaseException) -> str:
    """Return PostgreSQL's code of a database error; "" when the driver itself gave up."""
    return getattr(error.__cause__, "pgcode", None) or ""


def is_lost(error: BaseException) -> bool:
    """Tell whether the connection is gone, or never came to be."""
    code = code_of(error)
    if code:
        return code in ENDED or code.startswith("08")
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def was_cut(error: BaseException) -> bool:
    """Tell whether a connection that stood was lost while it was asked something."""
    # The driver names the cursor when a statement failed, none when there was no connection.
    return is_lost(error) and getattr(error.__cause__, "cursor", None) is not None


def whole(action: Callable[P, T]) -> Callable[P, T]:
    """`transaction.atomic` for an action, retried at most three times with growing, random pauses.

    Only the whole transaction is done again: inside another one the error passes to that one.
    Done again is what deadlocked or could not be serialized, what met a plan from before a
    migration (people/ready.py), and what lost its connection in the midst; not what lost it while
    committing, which may have happened, nor what got none.
    """

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if connection.in_atomic_block else TRIES
        for left in reversed(range(tries)):
            is_committing = False
            try:
                with transaction.atomic():
                    result = action(*args, **kwargs)
                    is_committing = True
            except DatabaseError as error:
                helps = code_of(error) in TRY_AGAIN | PLAN_GONE
                helps = helps or (was_cut(error) and not is_committing)
                if not left or not helps:
                    raise
                time.sleep(random.uniform(0, PAUSE * 2 ** (TRIES - 1 - left)))  # noqa: S311
            else:
                return result
        raise AssertionError  # pragma: no cover  the loop returns or raises

    return done
