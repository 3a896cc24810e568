"""The overview: how much was logged and when, how it stands, and how much that is of the calls."""

from __future__ import annotations

from collections.abc import Mapping

from escalations.charts.bars import bar
from escalations.charts.scale import whole
from escalations.charts.values import About, Value
from reports.asked import Asked
from reports.clockhours import ClockHours, clock_said, read_hours
from reports.counting.counter import Counter
from reports.definitions.feedback import OWED
from reports.definitions.logged import ANSWERED, FORWARDED, LOGGED, OPEN, RESOLVED, UNRESOLVED
from reports.definitions.number import Number
from reports.definitions.rests import with_rests
from reports.kinds.drawings import Course
from reports.kinds.rates import rate_section
from reports.kinds.splits import split_section
from reports.periods import periods
from reports.report import Kind, Section, definition, fact

STANDS = (RESOLVED, OPEN, UNRESOLVED, FORWARDED, ANSWERED, OWED)
NUMBERS = (LOGGED, *STANDS)


def make(asked: Asked) -> tuple[Section, ...]:
    """Count by day and by hour, and the calls beside them; or how it stands by what it is split."""
    counter = Counter(asked.population)
    counts = with_rests(counter.total(*NUMBERS))
    if split := asked.cleaned_data.get("split"):
        return (_stands(asked, counts, LOGGED), split_section(asked, counter, split))
    hours = read_hours(counter)
    by_day = {day: {LOGGED.slug: here.logged} for day, here in hours.days.items()}
    parts = periods(asked)
    parted = Course(asked, parts, parts.summed(by_day))
    return (_logged(parted, hours), _stands(asked, counts), rate_section(parted, hours))


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


def _stands(asked: Asked, counts: Mapping[str, int], *before: Number) -> Section:
    facts = tuple(fact(one, counts, asked) for one in (*before, *STANDS))
    return Section("stands", "How it stands now", facts=facts)


KIND = Kind("overview", "Overview", "How much was logged, when, and how it stands.", make)
