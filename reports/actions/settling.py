"""Summing up shift days that have passed, and again those that were touched since (ADR 0161)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from people.models import Program
from reports.counting.lines import first_day
from reports.counting.population import Population
from reports.counting.settled import digests, known, month_bounds, month_end
from reports.counting.summing import TABLES, days_sql, month_sql
from reports.definitions.families import PLAIN, REACHING
from reports.models import Settled

ONE_DAY = timedelta(days=1)
AT_ONCE = 50_000
"""Lines that are summed up in one transaction, about; a whole shift day at least."""
MOST_DAYS = 400
"""Days of one transaction, however few lines they have."""
A_WHILE = 5.0
"""Seconds one call works, about; the worker has other chores."""
_LOCK = 0x7A1A_41

_STALE = """
    SELECT settled.id FROM reports_settled AS settled WHERE settled.program_id = %(program)s AND (
        EXISTS (SELECT FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[],
                %(reaches)s::timestamptz[]) AS touched (starts, ends, reaches)
            WHERE touched.starts < settled.ends AND settled.starts <
                CASE settled.kind WHEN 'plain' THEN touched.ends ELSE touched.reaches END)
        OR settled.rules <> CASE settled.kind WHEN 'plain' THEN %(plain)s ELSE %(reaching)s END
        OR NOT EXISTS (SELECT FROM unnest(%(begins)s::timestamptz[], %(lasts)s::timestamptz[])
            AS span (starts, ends) WHERE span.starts = settled.starts AND span.ends = settled.ends)
    )
"""
_GONE = """
    WITH gone AS (
        DELETE FROM escalations_touched WHERE program_id = %s RETURNING starts, ends, reaches
    ), one AS (SELECT starts, max(ends) AS ends, max(reaches) AS reaches FROM gone GROUP BY 1)
    SELECT array_agg(starts::text), array_agg(ends::text), array_agg(reaches::text) FROM one
"""
_LINES = """
    SELECT width_bucket(hour, %s::timestamptz[]) AS day, sum(lines) FROM escalations_hourcount
    WHERE program_id = %s AND hour >= %s AND hour < %s GROUP BY 1
"""


def settle(*, seconds: float = A_WHILE) -> int:
    """Sum up what is not, the newest shift days first; return how many days and months were.

    Sums that were touched are forgotten first; until they are made again the lines themselves are
    counted. Safe beside everybody: one at a time does it, and what comes meanwhile is touched.
    """
    until = time.monotonic() + seconds
    return sum(_settle(program, until) for program in Program.objects.order_by("pk"))


def rebuild() -> int:
    """Throw all sums away and make them again; the lines are counted meanwhile."""
    for program in Program.objects.order_by("pk"):
        with _alone(program), transaction.atomic():
            _forget(list(Settled.objects.filter(program=program).values_list("pk", flat=True)))
    return settle(seconds=float("inf"))


def _settle(program: Program, until: float) -> int:
    """One program's share of it."""
    done = 0
    with _alone(program) as is_mine:
        if not is_mine or (passed := _passed(program)) is None:
            return 0
        population = Population(program, *passed)
        _forget_touched(population)
        for kind in Settled.Kind.values:
            for span in _missing(population, kind):
                if time.monotonic() > until:
                    return done
                done += _sum_up(program, kind, *span)
            for first in _months(population, kind):
                if time.monotonic() > until:
                    return done
                done += _sum_up_month(program, kind, first)
    return done


@contextmanager
def _alone(program: Program) -> Iterator[bool]:
    """Whether nobody else sums up this program's lines meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, program.pk])
        (is_mine,) = cursor.fetchone()
        try:
            yield bool(is_mine)
        finally:
            if is_mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, program.pk])


def _passed(program: Program) -> tuple[date, date] | None:
    """The first shift day with a line and the last one that is over."""
    start, end = first_day(program), program.current_shift() - ONE_DAY
    return (start, end) if start and start <= end else None


@transaction.atomic
def _forget_touched(population: Population) -> None:
    """Forget the sums that were touched, what touched them, and sums of other days or rules."""
    spans = [*population.bounds]
    firsts = (day for day in population.days if day.day == 1)
    spans += [month_bounds(population.program, day) for day in firsts]
    values = dict(zip(("plain", "reaching"), digests(), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [population.program.pk])
        touched = dict(zip(("starts", "ends", "reaches"), cursor.fetchone(), strict=True))
        begins, lasts = ([span[n] for span in spans] for n in (0, 1))
        asked = {**values, **touched, "program": population.program.pk}
        cursor.execute(_STALE, {**asked, "begins": begins, "lasts": lasts})
        ids = [pk for (pk,) in cursor.fetchall()]
    _forget(ids)


def _forget(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        for table in TABLES.values():
            cursor.execute(f"DELETE FROM {table} WHERE settled_id = ANY(%s)", [list(ids)])  # noqa: S608
        cursor.execute("DELETE FROM reports_settled WHERE id = ANY(%s)", [list(ids)])


def _missing(population: Population, kind: str) -> list[tuple[date, date]]:
    """The days that are not summed up, the newest first, as many in a row as go at once."""
    there = _there(population.program, kind)
    lines = _lines_of_days(population)
    spans: list[tuple[date, date]] = []
    together = 0
    for place in range(len(population.days) - 1, -1, -1):
        day = population.days[place]
        if population.bounds[place] in there:
            continue
        together += lines.get(place + 1, 0)
        follows = spans and spans[-1][0] - ONE_DAY == day
        if follows and together <= AT_ONCE and (spans[-1][1] - day).days < MOST_DAYS:
            spans[-1] = (day, spans[-1][1])
        else:
            spans.append((day, day))
            together = lines.get(place + 1, 0)
    return spans


def _months(population: Population, kind: str) -> list[date]:
    """The first days of whole months that are not summed up."""
    program, there = population.program, _there(population.program, kind)
    firsts = [day for day in population.days if day.day == 1 and month_end(day) <= population.last]
    return [day for day in firsts if month_bounds(program, day) not in there]


def _there(program: Program, kind: str) -> set[tuple[datetime, datetime]]:
    found = Settled.objects.filter(program=program, kind=kind)
    return set(found.values_list("starts", "ends"))


def _lines_of_days(population: Population) -> dict[int, int]:
    """About how many lines each day has, from 1 on, by the hours' counters."""
    starts = [start for start, _ in population.bounds]
    asked: list[Any] = [starts, population.program.pk, starts[0], population.bounds[-1][1]]
    with connection.cursor() as cursor:
        cursor.execute(_LINES, asked)
        return {day: int(lines) for day, lines in cursor.fetchall()}


@contextmanager
def _one_snapshot() -> Iterator[None]:
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _sum_up(program: Program, kind: str, first: date, last: date) -> int:
    population = Population(program, first, last)
    numbers = PLAIN if kind == "plain" else REACHING
    with _one_snapshot(), connection.cursor() as cursor:
        ids = _made(population, kind, "day", population.bounds)
        cursor.execute(*days_sql(population, kind, numbers, ids))
    return len(ids)


def _sum_up_month(program: Program, kind: str, first: date) -> int:
    """A month is the sum of its days, if all of them hold at this moment."""
    population = Population(program, first, month_end(first))
    numbers = PLAIN if kind == "plain" else REACHING
    with _one_snapshot(), connection.cursor() as cursor:
        days = known(population).days[kind]
        if len(days) < len(population.days):
            return 0
        ids = _made(population, kind, "month", [month_bounds(program, first)])
        cursor.execute(*month_sql(kind, numbers, ids[0], days.values()))
    return 1


def _made(
    population: Population, kind: str, period: str, bounds: Sequence[tuple[datetime, datetime]]
) -> list[int]:
    rules = dict(zip(("plain", "reaching"), digests(), strict=True))[kind]
    facts = {"program": population.program, "kind": kind, "period": period, "rules": rules}
    made = [Settled(**facts, starts=starts, ends=ends) for starts, ends in bounds]
    return [one.pk for one in Settled.objects.bulk_create(made)]
