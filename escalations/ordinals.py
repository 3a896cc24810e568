"""The number each line has within its shift day, as the `#` column says it (ADR 0092)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from escalations.models import Escalation
from escalations.rows import SheetRow
from people.models import Program
from people.ready import planned

Line = Escalation | SheetRow
Place = tuple[datetime, int]

# A line's number is the lines of its own UTC hour up to it, counted from the line before it that is
# asked for, if there is one; before those the counters of the whole hours since the shift started;
# before those, when it did not start on the hour, the lines until the next one. The times are said
# twice, alone and with the key: the first lets PostgreSQL see how few lines it is about, and take
# the sheet's index; the second lets it begin and end at the very line.
_ORDINALS = """
    WITH asked AS (
        SELECT at, id, start, nth, date_trunc('hour', at, 'UTC') AS hour,
            date_trunc('hour', start + interval '3599.999999', 'UTC') AS first_hour
        FROM unnest(%(ats)s::timestamptz[], %(ids)s::bigint[], %(starts)s::timestamptz[])
            WITH ORDINALITY AS line (at, id, start, nth)
    ), stretch AS (
        SELECT *, lag(at, 1, greatest(hour, start)) OVER in_hour AS after_at,
            lag(id, 1, 0::bigint) OVER in_hour AS after_id
        FROM asked WINDOW in_hour AS (PARTITION BY start, hour ORDER BY nth)
    )
    SELECT sum((
            SELECT count(*) FROM escalations_escalation AS line
            WHERE line.program_id = %(program)s
            AND line.occurred_at >= stretch.after_at AND line.occurred_at <= stretch.at
            AND (line.occurred_at, line.id) > (stretch.after_at, stretch.after_id)
            AND (line.occurred_at, line.id) <= (stretch.at, stretch.id)
        ) + CASE WHEN after_id = 0 AND first_hour < hour THEN (
            SELECT coalesce(sum(kept.lines), 0) FROM escalations_hourcount AS kept
            WHERE kept.program_id = %(program)s
            AND kept.hour >= stretch.first_hour AND kept.hour < stretch.hour
        ) ELSE 0 END
        + CASE WHEN after_id = 0 AND start < first_hour AND first_hour <= hour THEN (
            SELECT count(*) FROM escalations_escalation AS line
            WHERE line.program_id = %(program)s
            AND line.occurred_at >= stretch.start AND line.occurred_at < stretch.first_hour
        ) ELSE 0 END
    ) OVER (PARTITION BY start, hour ORDER BY nth)::integer
    FROM stretch ORDER BY nth
"""


def ordinals(lines: Iterable[Line], program: Program) -> dict[int, tuple[int, date]]:
    """The number of each line within its shift day, in paper order, and that day.

    One query, which counts whole hours by their counters and only the lines' own hours line by
    line: it costs much the same in a log of any size. Filters and pages do not change a number.
    Void lines count: a paper form's crossed-out line keeps its number.
    """
    lines = sorted(lines, key=_place)
    if not lines:
        return {}
    days = _shift_days(lines, program)
    starts = {day: program.shift_bounds(day)[0].isoformat() for day in set(days.values())}
    said: dict[str, int | str] = {
        "program": program.pk,
        "ats": _array(line.occurred_at.isoformat() for line in lines),
        "ids": _array(str(line.pk) for line in lines),
        "starts": _array(starts[days[line.pk]] for line in lines),
    }
    numbers = [number for (number,) in planned(_ORDINALS, said)]
    return {line.pk: (n, days[line.pk]) for line, n in zip(lines, numbers, strict=True)}


def _array(said: Iterable[str]) -> str:
    """A PostgreSQL array as one text: the driver would quote and cast each part by itself."""
    return "{" + ",".join(said) + "}"


def _place(line: Line) -> Place:
    return line.occurred_at, line.pk


def _shift_days(lines: list[Line], program: Program) -> dict[int, date]:
    """The shift day of each line; the bounds of a day are worked out once."""
    days: dict[int, date] = {}
    known: tuple[datetime, datetime, date] | None = None
    for line in lines:
        if known is None or not known[0] <= line.occurred_at < known[1]:
            day = program.shift_day_of(line.occurred_at)
            known = (*program.shift_bounds(day), day)
        days[line.pk] = known[2]
    return days
