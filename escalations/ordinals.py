"""The number each line has within its shift day, as the `#` column says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection

from escalations.models import Escalation
from escalations.rows import SheetRow
from people.models import Program


def ordinals(
    lines: Iterable[Escalation | SheetRow], program: Program
) -> dict[int, tuple[int, date]]:
    """The number of each line within its shift day, in paper order, and that day.

    One query: each shift day is counted through once, up to the last of its lines asked for, so
    filters and pages do not change a number. Void lines count: a paper form's crossed-out line
    keeps its number.
    """
    lines = list(lines)
    if not lines:
        return {}
    days = _shift_days(lines, program)
    last: dict[date, tuple[datetime, int]] = {}
    for line in lines:
        place = (line.occurred_at, line.pk)
        last[days[line.pk]] = max(last.get(days[line.pk], place), place)
    values: list[Any] = []
    for day, place in last.items():
        values += [program.shift_bounds(day)[0], *place]
    row = "(%s::timestamptz, %s::timestamptz, %s::bigint)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ordinal"  # noqa: S608
            f" FROM (VALUES {', '.join([row] * len(last))}) AS shift (start, at, last),"
            " LATERAL (SELECT line.id, row_number() OVER (ORDER BY occurred_at, id) AS ordinal"
            "  FROM escalations_escalation line WHERE line.program_id = %s"
            "  AND line.occurred_at >= shift.start"
            "  AND (line.occurred_at, line.id) <= (shift.at, shift.last)) AS counted"
            " WHERE id = ANY(%s)",
            [*values, program.pk, [line.pk for line in lines]],
        )
        counted = dict(cursor.fetchall())
    return {line.pk: (counted[line.pk], days[line.pk]) for line in lines}


def _shift_days(lines: list[Escalation | SheetRow], program: Program) -> dict[int, date]:
    """The shift day of each line; the bounds of a day are worked out once."""
    days: dict[int, date] = {}
    known: tuple[datetime, datetime, date] | None = None
    for line in lines:
        if known is None or not known[0] <= line.occurred_at < known[1]:
            day = program.shift_day_of(line.occurred_at)
            known = (*program.shift_bounds(day), day)
        days[line.pk] = known[2]
    return days
