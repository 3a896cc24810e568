"""How kinds of reports draw counts: columns by period, a share with its band, tables by topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from escalations.charts.bars import bar, stacked
from escalations.charts.drawing import Cell, Drawing, Table
from escalations.charts.lines import line
from escalations.charts.scale import percent, whole
from escalations.charts.values import About, Series, Value
from escalations.models import Topic
from escalations.models.topics import UNGROUPED
from escalations.numbers.wilson import wilson
from reports.asked import Asked
from reports.counting.counter import Keyed
from reports.definitions.number import LINES, Number
from reports.definitions.rests import with_rests
from reports.periods import Periods, periods
from reports.report import definition, shares


@dataclass(frozen=True)
class Course:
    """What was asked for, parted into periods, and what was counted in each."""

    asked: Asked
    periods: Periods
    sums: Sequence[Mapping[str, int]]

    @cached_property
    def counts(self) -> dict[str, int]:
        """What was counted in the whole range."""
        found: dict[str, int] = {}
        for sums in self.sums:
            for slug, count in sums.items():
                found[slug] = found.get(slug, 0) + count
        return found

    def values(self, number: Number) -> list[Value]:
        """A number by period; each leads to its lines."""
        return [
            Value(
                period.label,
                sums[number.slug],
                said=f"{period.label}: {sums[number.slug]:,} {lowered(number.name)}",
                href=period.of(self.asked, count=number.slug),
            )
            for period, sums in zip(self.periods.every, self.sums, strict=True)
        ]


def course(asked: Asked, by_day: Mapping[date, Mapping[str, int]], name: str = "") -> Course:
    """Sum what `Counter.by_day` counted up by period, rests with it; `name` as for `periods`."""
    parts = periods(asked, name)
    return Course(asked, parts, [with_rests(sums) for sums in parts.summed(by_day)])


def by_weeks(asked: Asked) -> str:
    """The name of the period for what is too rare to be told by day."""
    return periods(asked).name.replace("Shift day", "Week")


def columns(name: str, title: str, said: str, course: Course, *numbers: Number) -> Drawing:
    """Stacked columns of numbers of which no line is in two; one alone as plain columns."""
    about = About(name, title, said, "escalations", course.periods.name, noted(*numbers), whole)
    if len(numbers) == 1:
        return bar(about, course.values(numbers[0]))
    return stacked(about, [Series(one.name, course.values(one)) for one in numbers])


def share_line(
    name: str, title: str, said: str, course: Course, part: Number, of: Number
) -> Drawing:
    """A share by period with Wilson's 95 % interval; a period without a denominator is a gap."""
    values, rows = [], []
    for period, sums in zip(course.periods.every, course.sums, strict=True):
        count, whole = sums[part.slug], sums[of.slug]
        bounds = wilson(count, whole) or (None, None)
        share, ends = shares(count, whole)
        here = period.of(course.asked, count=part.slug)
        words = f"{count:,} of {whole:,}, {share}" if whole else "no denominator"
        value = count / whole if whole else None
        href = here if whole else ""
        values.append(Value(period.label, value, f"{period.label}: {words}", href, *bounds))
        whole_cell = Cell(f"{whole:,}", period.of(course.asked, count=of.slug))
        cells = (Cell(period.label), Cell(f"{count:,}", here), whole_cell, Cell(share), Cell(ends))
        rows.append(cells)
    about = About(name, title, said, "share", course.periods.name, definition(part), percent)
    headings = (course.periods.name, part.name, of.name, "Share", "95 % interval")
    return replace(line(about, values), table=Table(headings, tuple(rows)))


def bars(
    name: str,
    title: str,
    said: str,
    asked: Asked,
    counts: Mapping[str, int],
    *numbers: Number,
    labels: Sequence[str] = (),
    of: str = "",
) -> Drawing:
    """One column for each number, in their order, under their `labels`; each leads to its lines."""
    values = [
        Value(label, counts[one.slug], href=asked.lines(count=one.slug))
        for one, label in zip(numbers, labels or [one.name for one in numbers], strict=True)
    ]
    return bar(About(name, title, said, "escalations", of, noted(*numbers), whole), values)


def noted(*numbers: Number) -> str:
    """The rules of numbers shown together, and of which lines they are, once."""
    rules = [f"{one.name}: {one.rule}" for one in numbers]
    sources = dict.fromkeys(one.source for one in numbers if one.source)
    return " ".join([*rules, *sources, f"Population: {LINES}"])


def lowered(name: str) -> str:
    """A name inside a sentence."""
    return name[:1].lower() + name[1:]


@dataclass(frozen=True)
class TopicCounts:
    """What was counted of one topic; `slug` is `none` for the lines without one."""

    pk: int
    slug: str
    name: str
    counts: Mapping[str, int]


def topics_of(asked: Asked, counted: Keyed, first: Number) -> list[TopicCounts]:
    """The topics counted, those with most of `first` at the top."""
    names = {topic.pk: (topic.slug, topic.name) for topic in asked.topics}
    names[0] = (UNGROUPED, "No topic")
    if missing := counted.keys() - names.keys():
        found = Topic.objects.filter(program=asked.program, pk__in=missing)
        names |= {pk: (slug, name) for pk, slug, name in found.values_list("pk", "slug", "name")}
    topics = [
        TopicCounts(pk, *names[pk], with_rests(counts))
        for pk, counts in counted.items()
        if pk in names
    ]
    return sorted(topics, key=lambda one: (-one.counts[first.slug], one.name.lower()))


def by_topic(
    asked: Asked,
    topics: Iterable[TopicCounts],
    *numbers: Number,
    share: tuple[Number, Number],
    share_said: str = "Share",
) -> Table:
    """A row per topic: how many of each number, each linked, and the share of one in another."""
    part, whole = share
    rows = []
    for topic in topics:
        lines = asked.lines(topic=topic.slug)
        cells = [
            Cell(f"{topic.counts[one.slug]:,}", f"{lines}&count={one.slug}") for one in numbers
        ]
        told = shares(topic.counts[part.slug], topic.counts[whole.slug])
        rows.append((Cell(topic.name), *cells, *map(Cell, told)))
    headings = ("Topic", *(one.name for one in numbers), share_said, "95 % interval")
    return Table(headings, tuple(rows))
