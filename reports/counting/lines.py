"""Counting the lines themselves: what has not settled, and what no sums are kept of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, IntegerField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from escalations.models import Escalation
from people.compiled import Values, compiled
from people.models import Program
from people.ready import planned
from reports.counting.population import Population
from reports.definitions.families import NUMBERS
from reports.definitions.number import Number

COLUMNS = ("occurred_at", "topic_id", "agent_id", "logged_by_id", "severity")
KEYS = {"topic": "topic", "agent": "agent", "sme": "sme", "severity": "severity"}
"""What lines are grouped by, and its column below."""

_FIRST = "SELECT min(occurred_at) FROM escalations_escalation WHERE program_id = %s"
Counts = dict[str, int]
"""How many, by the slug of a number."""


def grouped(
    population: Population,
    numbers: Sequence[Number],
    start: datetime,
    end: datetime,
    *keys: str,
    steps: Sequence[datetime] = (),
) -> list[tuple[tuple[int, ...], Counts]]:
    """Count the lines of [start, end) by some of KEYS, 0 being none of it; read from the log.

    `steps` are instants in order; with them the first key is the place, from 0, of the last one
    that is not after the line.
    """
    inner, params = lines_sql(population, numbers, start, end)
    shown = [f"coalesce({KEYS[key]}, 0)" for key in keys]
    before: list[Any] = []
    if steps:
        shown.insert(0, "width_bucket(at, %s::timestamptz[]) - 1")
        before = [list(steps)]
    counts = [f"count(*) FILTER (WHERE c{n})" for n in range(len(numbers))]
    group = f" GROUP BY {', '.join(str(n + 1) for n in range(len(shown)))}" if shown else ""
    statement = (
        f"SELECT {', '.join([*shown, *counts])}"  # noqa: S608
        f" FROM ({inner}) AS line ({columns_of(numbers)}){group}"
    )
    rows = planned(statement, [*before, *params])
    width = len(shown)
    slugs = [number.slug for number in numbers]
    return [(row[:width], dict(zip(slugs, row[width:], strict=True))) for row in rows]


def first_day(program: Program) -> date | None:
    """The shift day of a program's first line, void ones too; None without any."""
    ((first,),) = planned(_FIRST, [program.pk])
    return program.shift_day_of(first) if first else None


def lines_sql(
    population: Population, numbers: Sequence[Number], start: datetime, end: datetime
) -> tuple[str, list[Any]]:
    """The SQL that gives COLUMNS of each line and whether each number counts it, by their slugs."""
    values: dict[str, Any] = {"program": population.program.pk, "start": start, "end": end}
    for name, value in population.narrowed.items():
        values |= {f"{name}:none": True} if value == 0 else {name: value}
    values |= {f"#{number.slug}": True for number in numbers}
    return compiled(_lines, values)


@cache
def rules(numbers: tuple[Number, ...]) -> str:
    """A digest of how these are counted: sums kept under other rules are not used."""
    asked = _lines({"program": 0, **{f"#{number.slug}": True for number in numbers}})
    return blake2b(str(asked.query).encode(), digest_size=8).hexdigest()


def condition(number: Number) -> Any:
    """Whether the number counts a line, as an expression of the line's query."""
    if number.slug == "logged":
        return RawSQL("true", [], BooleanField())
    return ExpressionWrapper(number.of(), output_field=BooleanField())


def _lines(asked: Values) -> Any:
    lines = Escalation.objects.filter(program=asked["program"]).exclude(status="void")
    lines = lines.between(asked.get("start"), asked.get("end"))
    # Any integer may be compared with a wider one: a severity's own column takes no mark.
    lines = lines.alias(degree=Cast("severity", IntegerField()))
    filters = {"topic": "topic", "agent": "agent", "sme": "logged_by", "severity": "degree"}
    for name, column in {**filters, "team": "agent__team"}.items():
        if name in asked:
            lines = lines.filter(**{column: asked[name]})
        elif f"{name}:none" in asked:
            lines = lines.filter(**{f"{column}__isnull": True})
    numbers = [NUMBERS[name[1:]] for name in sorted(asked) if name.startswith("#")]
    said = {f"counts_{number.column}": condition(number) for number in numbers}
    return lines.order_by().annotate(**said).values_list(*COLUMNS, *(F(name) for name in said))


def columns_of(numbers: Sequence[Number]) -> str:
    """The columns of `lines_sql` under short names: `c0` says whether the first number counts."""
    places = sorted(range(len(numbers)), key=lambda n: f"#{numbers[n].slug}")
    return ", ".join(["at", *KEYS, *(f"c{n}" for n in places)])
