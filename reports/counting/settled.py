"""Which shift days and months are summed up, and the sums kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any

from people.models import Program
from people.ready import planned
from reports.counting.lines import rules
from reports.counting.population import Population
from reports.counting.summing import HOURLY, KEPT
from reports.definitions.families import PLAIN, REACHING
from reports.definitions.number import Number

ONE_DAY = timedelta(days=1)

HOLDS = """
    NOT EXISTS (SELECT FROM escalations_touched AS touched
        WHERE touched.program_id = settled.program_id AND touched.starts < settled.ends
        AND CASE settled.kind WHEN 'plain' THEN touched.ends ELSE touched.reaches END
            > settled.starts)
    AND settled.rules = CASE settled.kind WHEN 'plain' THEN %s ELSE %s END
"""
"""Whether sums still hold; the digests of the plain and of the reaching rules are its values."""

_ASKED = f"""
    SELECT settled.kind, settled.period, extract(epoch FROM settled.starts)::bigint,
        extract(epoch FROM settled.ends)::bigint, settled.id
    FROM reports_settled AS settled WHERE settled.program_id = %s
    AND settled.kind IN ('plain', 'reaching') AND {HOLDS}
"""  # noqa: S608
_OF_RANGE = _ASKED + " AND settled.starts >= %s AND settled.starts < %s"
_BEGINNING = _ASKED + " AND settled.starts = ANY(%s)"
Span = tuple[datetime, datetime]
Spans = dict[tuple[int, int], date]
"""The first day of each day or month, by when it begins and ends (seconds since 1970)."""

MOST_HOURS = 27
"""Pieces of a shift day: 25 hours when the clocks go back, and a broken one at either end."""
_HOURS = f"""
    SELECT settled_id, {", ".join(f"coalesce(sum(hours[{n + 1}]), 0)" for n in range(MOST_HOURS))}
    FROM reports_plainsum WHERE settled_id = ANY(%s) AND dimension = %s AND key = ANY(%s)
    GROUP BY settled_id
"""  # noqa: S608


@dataclass
class Part:
    """What of a range is summed up: ids of settled periods by their first day, and what is not.

    `raw` are spans of shift days, both ends included, whose lines must be counted.
    """

    settled: dict[int, date] = field(default_factory=dict)
    raw: list[tuple[date, date]] = field(default_factory=list)


@dataclass
class Known:
    """The settled periods of a range that hold: by kind, days and whole months by first day."""

    days: dict[str, dict[date, int]]
    months: dict[str, dict[date, int]]

    def part(self, population: Population, kind: str, *, by_day: bool) -> Part:
        """Part a range into what is summed up and what is not; months only without `by_day`."""
        found, days = Part(), population.days
        place = 0
        while place < len(days):
            day = days[place]
            month = None if by_day else self.months[kind].get(day)
            if month and (last := month_end(day)) <= population.last:
                found.settled[month] = day
                place += (last - day).days + 1
                continue
            if one := self.days[kind].get(day):
                found.settled[one] = day
            elif found.raw and found.raw[-1][1] == day - ONE_DAY:
                found.raw[-1] = (found.raw[-1][0], day)
            else:
                found.raw.append((day, day))
            place += 1
        return found


@cache
def digests() -> list[str]:
    """By what rules plain and reaching numbers are counted and what sums are kept, for HOLDS."""
    said = (f"{rules(numbers)} {KEPT} {HOURLY}" for numbers in (PLAIN, REACHING))
    return [blake2b(one.encode(), digest_size=8).hexdigest() for one in said]


def known(population: Population) -> Known:
    """Ask which days and months of a range are summed up and still hold; one statement."""
    program, bounds = population.program, population.bounds
    spans: Spans = dict(zip(map(_seconds, bounds), population.days, strict=True))
    spans |= {_seconds(month_bounds(program, day)): day for day in _whole_months(population)}
    found = Known({"plain": {}, "reaching": {}}, {"plain": {}, "reaching": {}})
    _take(found, spans, _OF_RANGE, [program.pk, *digests(), bounds[0][0], bounds[-1][1]])
    return found


def known_months(population: Population) -> Known:
    """The same for totals of years: whole months, and only the days that none of them covers."""
    program, months = population.program, set(_whole_months(population))
    found = Known({"plain": {}, "reaching": {}}, {"plain": {}, "reaching": {}})
    spans = {month_bounds(program, first): first for first in months}
    _take_at(found, program, spans | _days_outside(months, population))
    covered = found.months["plain"].keys() & found.months["reaching"].keys()
    if months - covered:
        _take_at(found, program, _days_outside(covered, population))
    return found


def _days_outside(months: AbstractSet[date], population: Population) -> dict[Span, date]:
    days = (day for day in population.days if day.replace(day=1) not in months)
    return {population.program.shift_bounds(day): day for day in days}


def _take_at(found: Known, program: Program, spans: dict[Span, date]) -> None:
    starts = list({start for start, _ in spans})
    seconds = {_seconds(span): day for span, day in spans.items()}
    _take(found, seconds, _BEGINNING, [program.pk, *digests(), starts])


def _take(found: Known, spans: Spans, statement: str, asked: list[Any]) -> None:
    """Take in what of these days and months is summed up and holds."""
    for kind, period, starts, ends, pk in planned(statement, asked):
        if day := spans.get((starts, ends)):
            (found.days if period == "day" else found.months)[kind][day] = pk


def _whole_months(population: Population) -> list[date]:
    """The first day of each month that is in the range as a whole."""
    firsts = (day for day in population.days if day.day == 1)
    return [day for day in firsts if month_end(day) <= population.last]


def _seconds(span: Span) -> tuple[int, int]:
    """A span in seconds, which are read and compared faster than instants."""
    return int(span[0].timestamp()), int(span[1].timestamp())


def sums(
    numbers: Sequence[Number],
    ids: Sequence[int],
    dimension: str,
    *,
    keys: tuple[str, list[Any]] = ("", []),
    by_period: bool = False,
    by: Sequence[str] = (),
) -> list[tuple[tuple[int, ...], dict[str, int]]]:
    """The sums of settled periods, by period and by `key` or `topic` as asked.

    `keys` (SQL, values) narrows.
    """
    table = "reports_reachingsum" if numbers[0].reaches else "reports_plainsum"
    shown = [*(["settled_id"] if by_period else []), *by]
    counts = [f"coalesce(sum({number.column}), 0)" for number in numbers]
    group = f" GROUP BY {', '.join(shown)}" if shown else ""
    statement = (
        f"SELECT {', '.join([*shown, *counts])} FROM {table}"  # noqa: S608
        f" WHERE settled_id = ANY(%s) AND dimension = %s {keys[0]}{group}"
    )
    rows = planned(statement, [list(ids), dimension, *keys[1]])
    width, slugs = len(shown), [number.slug for number in numbers]
    return [(row[:width], dict(zip(slugs, map(int, row[width:]), strict=True))) for row in rows]


def hours_of(
    ids: Sequence[int], dimension: str, keys: Sequence[int]
) -> list[tuple[int, tuple[int, ...]]]:
    """Logged lines by the hour of each settled day, of some keys together."""
    rows = planned(_HOURS, [list(ids), dimension, list(keys)])
    return [(row[0], row[1:]) for row in rows]


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY


def month_bounds(program: Program, first: date) -> tuple[datetime, datetime]:
    """From when until when the shift days of a month last, as UTC instants."""
    return program.shift_bounds(first)[0], program.shift_bounds(month_end(first))[1]
