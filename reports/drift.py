"""Whether the sums kept of settled shift days are what the lines say (ADR 0161)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from people.models import Program
from reports.counting.counter import one_moment
from reports.counting.lines import first_day, grouped
from reports.counting.population import Population
from reports.counting.settled import known, sums
from reports.counting.summing import KEPT
from reports.definitions.families import PLAIN, REACHING


class Drift(NamedTuple):
    """A number of a settled shift day that is kept as other than the lines say."""

    program: Program
    day: date
    dimension: str
    key: tuple[int, ...]
    slug: str
    lines: int
    kept: int


def drift() -> Iterator[Drift]:
    """The sums that are wrong although they are said to hold; reads every line."""
    for program in Program.objects.order_by("pk"):
        start = first_day(program)
        if start is None:
            continue
        every = Population(program, start, program.current_shift(timezone.now()))
        for day in every.days:
            yield from _of_day(every.within(day, day))


def _of_day(population: Population) -> Iterator[Drift]:
    with one_moment():
        found = known(population).days
        for kind, numbers in (("plain", PLAIN), ("reaching", REACHING)):
            ids = list(found[kind].values())
            for keys in KEPT if ids else ():
                dimension = "-".join(keys) or "all"
                said = dict(grouped(population, numbers, *population.bounds[0], *keys))
                kept = dict(sums(numbers, ids, dimension, by=("key", "topic")[: len(keys)]))
                nothing = {number.slug: 0 for number in numbers}
                for key in said.keys() | kept.keys():
                    one, other = said.get(key, nothing), kept.get(key, nothing)
                    for slug in one:
                        if one[slug] != other[slug]:
                            at = (population.program, population.first, dimension, key)
                            yield Drift(*at, slug, one[slug], other[slug])
