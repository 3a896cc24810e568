"""Counts of a population by any definition: settled sums where they hold, the lines elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.db import connection, transaction

from people.models import Agent
from people.shiftday import shift_hour_seconds
from reports.counting.lines import Counts, grouped
from reports.counting.population import Population
from reports.counting.settled import Known, Part, hours_of, known, known_months, sums
from reports.definitions.logged import LOGGED
from reports.definitions.number import Number

Keyed = dict[int, Counts]
AT_ONCE = 62
"""Days up to which both are read by day and topic at once; of more, whole months are fewer rows."""


class Kept(NamedTuple):
    """The dimension of sums, which of them (SQL, values), and the columns to ask by."""

    dimension: str
    where: str
    values: list[Any]
    by: list[str]


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, so that numbers of one page agree."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Counter:
    """Counts one population; what it asks it asks within `one_moment`, or it may be of two.

    `by_months` is for totals of years: it looks for months first, and not at their days.
    """

    def __init__(self, population: Population, *, by_months: bool = False) -> None:
        self.population, self.by_months = population, by_months

    @cached_property
    def _known(self) -> Known:
        return (known_months if self.by_months else known)(self.population)

    def total(self, *numbers: Number) -> Counts:
        """How many lines each number counts."""
        found: Counts = {number.slug: 0 for number in numbers}
        for _, counts in self._read(numbers):
            _add(found, counts)
        return found

    def by_day(self, *numbers: Number) -> dict[date, Counts]:
        """The same for each shift day, those with no lines too."""
        found = {day: {number.slug: 0 for number in numbers} for day in self.population.days}
        for (day,), counts in self._read(numbers, by_day=True):
            _add(found[day], counts)
        return found

    def by(self, dimension: str, *numbers: Number) -> Keyed:
        """The same by topic, agent, SME (primary keys) or severity; 0 for those of none."""
        found: Keyed = {}
        for (key,), counts in self._read(numbers, dimension=dimension):
            _add(found.setdefault(key, {number.slug: 0 for number in numbers}), counts)
        return {key: counts for key, counts in found.items() if any(counts.values())}

    def by_day_and(self, dimension: str, *numbers: Number) -> dict[tuple[date, int], Counts]:
        """The same by shift day and one of these; what has no lines is not there."""
        found: dict[tuple[date, int], Counts] = {}
        for key, counts in self._read(numbers, dimension=dimension, by_day=True):
            _add(found.setdefault(key, {number.slug: 0 for number in numbers}), counts)
        return found

    def by_day_with(self, dimension: str, *numbers: Number) -> tuple[dict[date, Counts], Keyed]:
        """`by_day` and `by` of the same numbers; of a few weeks everything is read only once."""
        if len(self.population.days) > AT_ONCE:
            return self.by_day(*numbers), self.by(dimension, *numbers)
        both = self.by_day_and(dimension, *numbers)
        by_day = {day: {number.slug: 0 for number in numbers} for day in self.population.days}
        for (day, _), counts in both.items():
            _add(by_day[day], counts)
        return by_day, added_up(both)

    def by_hour(self) -> dict[datetime, int]:
        """Logged lines by the UTC instant at which their hour began; hours without are missing."""
        return {datetime.fromtimestamp(at, UTC): lines for at, lines in self.by_second().items()}

    def by_second(self) -> dict[int, int]:
        """The same by the second since 1970, UTC, at which the hour began."""
        found: dict[int, int] = defaultdict(int)
        place = self._place()
        part = self._part("plain", place is not None, by_day=True)
        program = self.population.program
        starts = partial(shift_hour_seconds, zone=program.zone, starts_at=program.shift_starts_at)
        if place is not None:
            for settled, hours in hours_of(list(part.settled), *place):
                for start, lines in zip(starts(part.settled[settled]), hours, strict=False):
                    found[start] += lines
        for first, last in part.raw:
            span = self.population.within(first, last)
            steps = [start for day in span.days for start in program.shift_hours(day)]
            bounds = span.bounds[0][0], span.bounds[-1][1]
            for (step,), counts in grouped(span, [LOGGED], *bounds, steps=steps):
                found[int(steps[step].timestamp())] += counts[LOGGED.slug]
        return {start: lines for start, lines in found.items() if lines}

    def _read(
        self, numbers: Sequence[Number], *, dimension: str = "", by_day: bool = False
    ) -> Iterator[tuple[tuple[Any, ...], Counts]]:
        for reaches in (False, True):
            some = [number for number in numbers if number.reaches == reaches]
            if some:
                yield from self._read_kind(some, dimension=dimension, by_day=by_day)

    def _read_kind(
        self, numbers: Sequence[Number], *, dimension: str, by_day: bool
    ) -> Iterator[tuple[tuple[Any, ...], Counts]]:
        kind = "reaching" if numbers[0].reaches else "plain"
        kept = self._kept(dimension)
        part = self._part(kind, kept is not None, by_day=by_day)
        if kept is not None and part.settled:
            ids = list(part.settled)
            where = (kept.where, kept.values)
            for key, counts in sums(
                numbers, ids, kept.dimension, keys=where, by_period=by_day, by=kept.by
            ):
                yield ((part.settled[key[0]], *key[1:]) if by_day else key), counts
        keys = [dimension] if dimension else []
        for first, last in part.raw:
            span = self.population.within(first, last)
            bounds = span.bounds[0][0], span.bounds[-1][1]
            steps = [start for start, _ in span.bounds] if by_day else []
            for key, counts in grouped(span, numbers, *bounds, *keys, steps=steps):
                yield ((span.days[key[0]], *key[1:]) if by_day else key), counts

    def _part(self, kind: str, is_kept: bool, *, by_day: bool) -> Part:  # noqa: FBT001
        if not is_kept:
            return Part({}, [(self.population.first, self.population.last)])
        return self._known.part(self.population, kind, by_day=by_day)

    def _kept(self, dimension: str) -> Kept | None:
        """Where the sums of this are kept, if they are."""
        narrowed = dict(self.population.narrowed)
        where: list[str] = []
        values: list[Any] = []
        names = {"agent" if name == "team" else name for name in (*narrowed, dimension) if name}
        others = names - {"topic"}
        if len(others) > 1 or {"agent", "team"} <= narrowed.keys():
            return None
        crossed = names > others and bool(others)
        for name, value in narrowed.items():
            if name == "team":
                where.append("AND key = ANY(%s)")
                values.append(self._team)
            else:
                where.append("AND topic = %s" if crossed and name == "topic" else "AND key = %s")
                values.append(value)
        by = ["topic" if crossed and dimension == "topic" else "key"] if dimension else []
        one = next(iter(others), "topic" if names else "all")
        return Kept(f"{one}-topic" if crossed else one, " ".join(where), values, by)

    def _place(self) -> tuple[str, list[int]] | None:
        """The dimension and keys under which the hours of this are kept, if they are."""
        narrowed = self.population.narrowed
        if not narrowed:
            return "all", [0]
        if len(narrowed) > 1:
            return None
        ((name, value),) = narrowed.items()
        return ("agent", self._team) if name == "team" else (name, [int(value)])

    @cached_property
    def _team(self) -> list[int]:
        """The agents of the team asked for, as the roster has them now."""
        team = {"program": self.population.program, "team": self.population.team}
        return list(Agent.objects.filter(**team).order_by().values_list("pk", flat=True))


def added_up(by_day_and: Mapping[tuple[date, int], Counts]) -> Keyed:
    """What `by_day_and` counted, of all the days together."""
    found: Keyed = {}
    for (_, key), counts in by_day_and.items():
        _add(found.setdefault(key, dict.fromkeys(counts, 0)), counts)
    return {key: counts for key, counts in found.items() if any(counts.values())}


def _add(found: Counts, counts: Counts) -> None:
    for slug, count in counts.items():
        found[slug] += count
