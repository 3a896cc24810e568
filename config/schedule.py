"""What is done again and again in the background, by one worker at a time.

A function given to `every` must be one that may run twice: after a restart it is due at once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import connection

log = structlog.get_logger("tala.schedule")

_LOCK = (0x7A1A5, 1)
"""The advisory lock of whichever worker is keeping the schedule at the moment."""


@dataclass
class Chore:
    """One function, its rhythm, and when this process is to do it next (monotonic seconds)."""

    do: Callable[[], object]
    seconds: float
    due: float = 0.0


CHORES: list[Chore] = []


def every(*, seconds: float) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Have the decorated function called every so many seconds, from any app's `schedule.py`."""

    def enlist(function: Callable[[], object]) -> Callable[[], object]:
        CHORES.append(Chore(function, seconds))
        return function

    return enlist


def keep(chores: list[Chore] | None = None) -> int:
    """Do what is due, unless another worker is at it; return how many chores were done."""
    chores = CHORES if chores is None else chores
    now = time.monotonic()
    due = [chore for chore in chores if chore.due <= now]
    if not due or not _locked("pg_try_advisory_lock"):
        return 0
    try:
        for chore in due:
            chore.due = now + chore.seconds
            try:
                chore.do()
            except Exception:  # one broken chore must not end the others
                log.exception("chore failed", chore=getattr(chore.do, "__qualname__", "?"))
    finally:
        _locked("pg_advisory_unlock")
    return len(due)


def _locked(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", list(_LOCK))
        return bool(cursor.fetchone()[0])
