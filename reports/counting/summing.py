"""The statements that sum lines up by shift day, and days by month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from reports.counting.lines import KEYS, columns_of, lines_sql
from reports.counting.population import Population
from reports.definitions.number import Number

TABLES = {"plain": "reports_plainsum", "reaching": "reports_reachingsum"}
_HOURLY = tuple(key for key in KEYS if key != "agent")
"""What hours are kept of; an agent's lines are few enough to be counted themselves."""

_FILLED = """,
counted AS (
    SELECT (%s::int[])[step] AS day, (%s::int[])[step] AS hour, {named}, count(*) AS lines
    FROM line GROUP BY GROUPING SETS ({sets})
), filled AS (
    SELECT day, dimension, key, array_agg(coalesce(lines, 0) ORDER BY hour) AS hours
    FROM (SELECT day, dimension, key, generate_series(1, max(hour)) AS hour
        FROM counted GROUP BY 1, 2, 3) AS every
    LEFT JOIN counted USING (day, dimension, key, hour) GROUP BY 1, 2, 3
)
"""


def days_sql(
    population: Population, kind: str, numbers: Sequence[Number], ids: Sequence[int]
) -> tuple[str, list[Any]]:
    """Write the sums of each day of a population: its lines are read once, grouped in every way.

    `ids` are the settled periods of the days, in their order.
    """
    bounds = population.bounds
    inner, params = lines_sql(population, numbers, bounds[0][0], bounds[-1][1])
    marks = [f"c{n}" for n in range(len(numbers))]
    keys, counted = ", ".join(KEYS), ", ".join(marks)
    counts = ", ".join(f"nullif(count(*) FILTER (WHERE {mark}), 0) AS {mark}" for mark in marks)
    steps, hourly, of_steps = _steps(population) if kind == "plain" else ([], "", [])
    columns = ", ".join([*(number.column for number in numbers), *(["hours"] if hourly else [])])
    step = ", width_bucket(at, %s::timestamptz[]) AS step" if hourly else ""
    statement = (
        f"WITH line AS MATERIALIZED (SELECT width_bucket(at, %s::timestamptz[]) AS day{step},"  # noqa: S608
        f" {keys}, {counted} FROM ({inner}) AS line ({columns_of(numbers)})),"
        f" sums AS (SELECT day, {_named(KEYS)}, {counts} FROM line"
        f" GROUP BY GROUPING SETS ({_sets('day', KEYS)})){hourly}"
        f" INSERT INTO {TABLES[kind]} (settled_id, dimension, key, {columns})"
        f" SELECT (%s::bigint[])[day], dimension, key, {counted}{', hours' if hourly else ''}"
        f" FROM sums{' LEFT JOIN filled USING (day, dimension, key)' if hourly else ''}"
    )
    starts = [start for start, _ in bounds]
    return statement, [starts, *steps, *params, *of_steps, list(ids)]


def month_sql(kind: str, numbers: Sequence[Number], month: int, days: Iterable[int]) -> Any:
    """Write the sums of a month from those of its days; without hours, which nobody asks then."""
    columns = [number.column for number in numbers]
    sums = ", ".join(f"sum({column})" for column in columns)
    table = TABLES[kind]
    statement = (
        f"INSERT INTO {table} (settled_id, dimension, key, {', '.join(columns)})"  # noqa: S608
        f" SELECT %s, dimension, key, {sums} FROM {table}"
        " WHERE settled_id = ANY(%s) GROUP BY dimension, key"
    )
    return statement, [month, list(days)]


def _steps(population: Population) -> tuple[list[Any], str, list[Any]]:
    """The instants at which hours begin; the SQL of their counts, and day and hour of each."""
    days = [population.program.shift_hours(day) for day in population.days]
    steps = [start for day in days for start in day]
    of = [n for n, day in enumerate(days, start=1) for _ in day]
    place = [n for day in days for n in range(1, len(day) + 1)]
    hourly = _FILLED.format(named=_named(_HOURLY), sets=_sets("step", _HOURLY))
    return [steps], hourly, [of, place]


def _named(keys: Collection[str]) -> str:
    """Dimension and key of a grouping set; `all` and 0 of the one by nothing."""
    kinds = " ".join(f"WHEN GROUPING({key}) = 0 THEN '{key}'" for key in keys)
    values = ", ".join(f"CASE WHEN GROUPING({key}) = 0 THEN {key} END" for key in keys)
    return f"CASE {kinds} ELSE 'all' END AS dimension, coalesce({values}, 0) AS key"


def _sets(by: str, keys: Collection[str]) -> str:
    return ", ".join([f"({by})", *(f"({by}, {key})" for key in keys)])
