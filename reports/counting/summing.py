"""The statements that sum lines up by shift day, and days by month."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from reports.counting.lines import KEYS, columns_of, lines_sql
from reports.counting.population import Population
from reports.definitions.number import Number

TABLES = {"plain": "reports_plainsum", "reaching": "reports_reachingsum"}
HOURLY = ((), *((key,) for key in KEYS))
"""What hours are kept of: all lines, each topic, agent, SME and severity."""

KEPT = (*HOURLY, *((key, "topic") for key in KEYS if key != "topic"))
"""What lines are summed up by: nothing, each of these, each but topics by topic too."""

_FILLED = """,
counted AS (
    SELECT (%s::int[])[step] AS day, (%s::int[])[step] AS hour, {named}, count(*) AS lines
    FROM line GROUP BY GROUPING SETS ({sets})
), filled AS (
    SELECT day, dimension, key, of_topic, array_agg(coalesce(lines, 0) ORDER BY hour) AS hours
    FROM (SELECT day, dimension, key, of_topic, generate_series(1, max(hour)) AS hour
        FROM counted GROUP BY 1, 2, 3, 4) AS every
    LEFT JOIN counted USING (day, dimension, key, of_topic, hour) GROUP BY 1, 2, 3, 4
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
        f" sums AS (SELECT day, {_named(KEPT)}, {counts} FROM line"
        f" GROUP BY GROUPING SETS ({_sets('day', KEPT)})){hourly}"
        f" INSERT INTO {TABLES[kind]} (settled_id, dimension, key, topic, {columns})"
        f" SELECT (%s::bigint[])[day], dimension, key, of_topic, {counted}"
        f"{', hours' if hourly else ''}"
        f" FROM sums{' LEFT JOIN filled USING (day, dimension, key, of_topic)' if hourly else ''}"
        " ORDER BY day, dimension, key, of_topic"  # as they are read: a team's stand together
    )
    starts = [start for start, _ in bounds]
    return statement, [starts, *steps, *params, *of_steps, list(ids)]


def month_sql(kind: str, numbers: Sequence[Number], month: int, days: Iterable[int]) -> Any:
    """Write the sums of a month from those of its days; without hours, which nobody asks then."""
    columns = [number.column for number in numbers]
    sums = ", ".join(f"sum({column})" for column in columns)
    table = TABLES[kind]
    statement = (
        f"INSERT INTO {table} (settled_id, dimension, key, topic, {', '.join(columns)})"  # noqa: S608
        f" SELECT %s, dimension, key, topic, {sums} FROM {table}"
        " WHERE settled_id = ANY(%s) GROUP BY dimension, key, topic ORDER BY dimension, key, topic"
    )
    return statement, [month, list(days)]


def _steps(population: Population) -> tuple[list[Any], str, list[Any]]:
    """The instants at which hours begin; the SQL of their counts, and day and hour of each."""
    days = [population.program.shift_hours(day) for day in population.days]
    steps = [start for day in days for start in day]
    of = [n for n, day in enumerate(days, start=1) for _ in day]
    place = [n for day in days for n in range(1, len(day) + 1)]
    hourly = _FILLED.format(named=_named(HOURLY), sets=_sets("step", HOURLY))
    return [steps], hourly, [of, place]


def _named(sets: Collection[Sequence[str]]) -> str:
    """Dimension, key and topic of each grouping set; `all` and 0 of the one by nothing."""
    used = {name: f"GROUPING({name}) = 0" for keys in sets for name in keys}
    kinds, values, topics = [], [], []
    for keys in sorted(sets, key=len, reverse=True):
        if not keys:
            continue
        is_it = " AND ".join(used[name] for name in keys)
        kinds.append(f"WHEN {is_it} THEN '{'-'.join(keys)}'")
        values.append(f"WHEN {is_it} THEN {keys[0]}")
        if len(keys) > 1:
            topics.append(f"WHEN {is_it} THEN topic")
    of_topic = f"CASE {' '.join(topics)} END" if topics else "NULL::bigint"
    return (
        f"CASE {' '.join(kinds)} ELSE 'all' END AS dimension,"
        f" coalesce(CASE {' '.join(values)} END, 0) AS key, coalesce({of_topic}, 0) AS of_topic"
    )


def _sets(by: str, sets: Collection[Sequence[str]]) -> str:
    return ", ".join(f"({', '.join([by, *keys])})" for keys in sets)
