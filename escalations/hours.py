"""Whether the hour counters are as the lines say, and putting them right (ADR 0092)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from escalations.models.hours import HOUR

_DRIFT = (
    "SELECT program_id, hour, coalesce(there.lines, 0), coalesce(kept.lines, 0)"  # noqa: S608
    f" FROM (SELECT program_id, {HOUR.format(at='occurred_at')} AS hour, count(*) AS lines"
    "  FROM escalations_escalation GROUP BY 1, 2) AS there"
    " FULL JOIN escalations_hourcount AS kept USING (program_id, hour)"
    " WHERE coalesce(there.lines, 0) <> coalesce(kept.lines, 0) ORDER BY 1, 2"
)
_MEND = (
    "INSERT INTO escalations_hourcount AS kept (program_id, hour, lines)"  # noqa: S608
    f" SELECT program_id, hour, lines - kept FROM ({_DRIFT}) AS d (program_id, hour, lines, kept)"
    " ON CONFLICT (program_id, hour) DO UPDATE SET lines = kept.lines + EXCLUDED.lines"
)
_ONE_AT_A_TIME = 0x7A1A_40
"""The advisory lock of whoever is mending: twice at once would mend twice as much."""


class Drift(NamedTuple):
    """An hour (UTC) of a program whose counter says other than its lines."""

    program_id: int
    hour: datetime
    lines: int
    kept: int


def drift() -> list[Drift]:
    """The hours whose counters are wrong; reads the time of every line once."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFT)
        return [Drift(*row) for row in cursor.fetchall()]


def rebuild() -> int:
    """Put every wrong counter right and return how many; nobody has to stop logging meanwhile.

    One statement sees lines and counters of one moment, and what it found missing is *added*: what
    others have counted since stays counted.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute(_MEND)
        mended = cursor.rowcount
        cursor.execute("DELETE FROM escalations_hourcount WHERE lines = 0")
    return mended
