"""The overview: how much was logged and when, how it stands, and how much that is of the calls."""

from __future__ import annotations

from escalations.charts.bars import bar
from escalations.charts.values import About, Value
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.logged import LOGGED, OPEN, RESOLVED, UNRESOLVED
from reports.periods import periods
from reports.report import Kind, Section, fact

NUMBERS = (LOGGED, RESOLVED, OPEN, UNRESOLVED)


def make(asked: Asked) -> tuple[Section, ...]:
    """Read and say it."""
    counter = Counter(asked.population)
    by_day = counter.by_day(*NUMBERS)
    spans = periods(asked)
    sums = spans.summed(by_day)
    counts = {one.slug: sum(s[one.slug] for s in sums) for one in NUMBERS}
    values = [
        Value(span.label, some[LOGGED.slug], href=span.of(asked, count=LOGGED.slug))
        for span, some in zip(spans.every, sums, strict=True)
    ]
    about = About(
        "logged-per-day", f"Logged per {spans.per}", "How much was logged.", "logged", spans.name
    )
    return (
        Section(
            "logged",
            "Logged, and how it stands",
            facts=tuple(fact(one, counts, asked) for one in NUMBERS),
            drawings=(bar(about, values),),
        ),
    )


KIND = Kind("overview", "Overview", "How much was logged, when, and how it stands.", make)
