"""One large export at a time, so that a web worker is always left for everybody else's pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from django.db import connection
from django.db.utils import Error

from escalations.querysets import EscalationQuerySet
from people.refusals import TooOften

LARGE = 20_000
"""Lines from which an export waits for its turn; fewer take a second or two."""

_LOCK = (0x7A1B, 1)
"""The advisory lock of whoever is making a large export; it ends with the connection."""


class Turn:
    """The pieces of an export; its turn is given back at the end, however the export ends."""

    def __init__(self, pieces: Iterator[bytes], *, is_held: bool) -> None:
        self.pieces, self.is_held = pieces, is_held

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the export and let the next one begin; harmless when done twice."""
        if close := getattr(self.pieces, "close", None):
            close()
        if self.is_held:
            self.is_held = False
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _LOCK)


def in_turn(lines: EscalationQuerySet, pieces: Iterator[bytes]) -> Turn:
    """Give the pieces of an export of `lines`, if it is small or nobody makes a large one.

    Raises TooOften with a sentence when another large export is under way.
    """
    if lines.capped_count(LARGE) <= LARGE:
        return Turn(pieces, is_held=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _LOCK)
        if not cursor.fetchone()[0]:
            raise TooOften(
                "Another large export is being made just now. Try again in a minute, "
                "or choose fewer shift days."
            )
    return Turn(pieces, is_held=True)
