"""The overview: how much was logged and when, how it stands, and how much that is of the calls."""

from __future__ import annotations

from escalations.charts.bars import bar
from escalations.charts.scale import whole
from escalations.charts.values import About, Value
from reports.asked import Asked
from reports.clockhours import ClockHours, clock_said, read_hours
from reports.counting.counter import Counter
from reports.definitions.feedback import OWED
from reports.definitions.logged import ANSWERED, FORWARDED, LOGGED, OPEN, RESOLVED, UNRESOLVED
from reports.kinds.drawings import Course, course
from reports.kinds.rates import rate_section
from reports.kinds.splits import split_section
from reports.report import Kind, Section, definition, fact

STANDS = (RESOLVED, OPEN, UNRESOLVED, FORWARDED, ANSWERED, OWED)
NUMBERS = (LOGGED, *STANDS)


def make(asked: Asked) -> tuple[Section, ...]:
    """Count by day and by hour, and the calls beside them."""
    counter = Counter(asked.population)
    hours = read_hours(counter)
    parted = course(asked, counter.by_day(*NUMBERS))
    split = asked.cleaned_data.get("split")
    sections = (_logged(parted, hours), _stands(parted), rate_section(parted, hours))
    return (*sections, split_section(asked, counter, split)) if split else sections


def _logged(parted: Course, hours: ClockHours) -> Section:
    per = parted.periods.per
    by_period = About(
        "logged-by-period",
        f"Escalations per {per}",
        f"How many lines were logged in each {per}.",
        "logged",
        parted.periods.name,
        definition(LOGGED),
        whole,
    )
    by_hour = About(
        "logged-by-hour",
        "Escalations per hour on the clock",
        "How many lines were logged in each hour on the clock, in the order of a shift.",
        "logged",
        "Hour from",
        "An hour that comes twice in the night the clocks go back is one hour here.",
        whole,
    )
    return Section(
        "logged",
        "Escalations",
        facts=(fact(LOGGED, parted.counts, parted.asked),),
        drawings=(bar(by_period, parted.values(LOGGED)), bar(by_hour, _hours(parted, hours))),
    )


def _hours(parted: Course, hours: ClockHours) -> list[Value]:
    return [
        Value(
            clock_said(hour),
            here.logged,
            href=parted.asked.lines(hour=hour, count=LOGGED.slug),
        )
        for hour, here in hours.by_hour().items()
    ]


def _stands(parted: Course) -> Section:
    counts, asked = parted.counts, parted.asked
    return Section(
        "stands", "How it stands now", facts=tuple(fact(one, counts, asked) for one in STANDS)
    )


KIND = Kind("overview", "Overview", "How much was logged, when, and how it stands.", make)
