"""What a report is made of: facts with their definitions, pictures with their tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from escalations.charts.drawing import Drawing, Table
from escalations.charts.heat import Heat
from escalations.charts.scale import percent
from escalations.numbers.wilson import wilson
from reports.asked import Asked
from reports.definitions.families import NUMBERS
from reports.definitions.number import Number

NO_FIGURE = "–"


@dataclass(frozen=True)
class Fact:
    """One figure: `said` in words, what it is of, its definition, and where its rows are.

    `share` and `interval` are of a count that is a part of another, at `of_href`.
    """

    name: str
    said: str
    definition: str
    href: str = ""
    share: str = ""
    interval: str = ""
    of: str = ""
    of_href: str = ""
    slug: str = ""
    value: float | None = None


@dataclass(frozen=True)
class Listed:
    """A table that stands by itself, under a title; its columns `texts`, from 0, hold words."""

    name: str
    title: str
    table: Table
    note: str = ""
    texts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading: facts first, then pictures, then tables."""

    slug: str
    title: str
    facts: tuple[Fact, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    heats: tuple[Heat, ...] = ()
    lists: tuple[Listed, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Report:
    """One page of numbers."""

    slug: str
    title: str
    lead: str
    sections: tuple[Section, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Kind:
    """A report there is: its address, its names, and what makes it of what is asked."""

    slug: str
    title: str
    lead: str
    make: Callable[[Asked], tuple[Section, ...]]

    def of(self, asked: Asked) -> Report:
        """The report, read in one moment by whoever calls."""
        return Report(self.slug, self.title, self.lead, self.make(asked))


def fact(number: Number, counts: Mapping[str, int], asked: Asked) -> Fact:
    """How many lines a number counts, and what share of its whole with Wilson's 95 % interval."""
    count = counts[number.slug]
    share = interval = of = of_href = ""
    if number.out_of and number.out_of in counts:
        whole = counts[number.out_of]
        of = f"of {whole:,} {NUMBERS[number.out_of].name.lower()}"
        of_href = asked.lines(count=number.out_of)
        if whole:
            share, interval = shares(count, whole)
    return Fact(
        name=number.name,
        said=f"{count:,}",
        definition=definition(number),
        href=asked.lines(count=number.slug),
        share=share,
        interval=interval,
        of=of,
        of_href=of_href,
        slug=number.slug,
        value=count,
    )


def shares(count: int, whole: int) -> tuple[str, str]:
    """A share and its 95 % interval in words; that there is no denominator, and a dash, if none."""
    bounds = wilson(count, whole)
    if bounds is None:
        return "no denominator", NO_FIGURE
    low, high = (percent(round(end, 3)) for end in bounds)
    return percent(round(count / whole, 3)), f"{low} to {high}"


def definition(number: Number) -> str:
    """The whole definition of a number: as it is on hover, in the docs, on charts and exports."""
    parts = [number.rule]
    if number.out_of:
        parts.append(f"Its share is of: {NUMBERS[number.out_of].name.lower()}.")
    parts += [f"Unit: {number.unit}.", f"Population: {number.population}", f"Zone: {number.zone}"]
    if number.source:
        parts.append(number.source)
    return " ".join(parts)
