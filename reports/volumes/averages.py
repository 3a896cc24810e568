"""Average wait and handling time of the calls of some periods, from the hourly volumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from people.models import Program
from reports.volumes.calls import AVERAGES

_AVERAGES = f"""
SELECT width_bucket(hour, %s::timestamptz[]) AS place, {AVERAGES}
FROM reports_callvolume
WHERE program_id = %s AND hour >= %s AND hour < %s
GROUP BY GROUPING SETS ((place), ())
"""  # noqa: S608


@dataclass(frozen=True)
class Averages:
    """Seconds, weighted by calls over the hours that say one; None where none does."""

    wait: float | None = None
    handling: float | None = None


def averages(
    program: Program, firsts: Sequence[date], last: date
) -> tuple[list[Averages], Averages]:
    """Averages of periods, by their first shift days in order, and of all to `last` together."""
    starts = [program.shift_bounds(first)[0] for first in firsts]
    end = program.shift_bounds(last)[1]
    with connection.cursor() as cursor:
        cursor.execute(_AVERAGES, [starts, program.pk, starts[0], end])
        found = {place: Averages(_seconds(wait), _seconds(held)) for place, wait, held in cursor}
    none = Averages()
    return [found.get(place, none) for place in range(1, len(starts) + 1)], found.get(None, none)


def _seconds(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
