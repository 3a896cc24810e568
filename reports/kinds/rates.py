"""Escalations beside the calls handled: the rate of a range and of each of its periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import NoReverseMatch, reverse

from escalations.charts.drawing import Cell, Drawing, Table
from escalations.charts.lines import line
from escalations.charts.scale import percent
from escalations.charts.values import NONE, About, Value
from escalations.numbers.wilson import wilson
from reports.asked import Asked
from reports.clockhours import ClockHours, Hourly, hours_in
from reports.counted import WITH_VOLUME
from reports.definitions.effect import Figure
from reports.definitions.others import CALLS, HANDLING, RATE, VOLUME_HOURS, WAIT
from reports.kinds.drawings import Course
from reports.periods import Period, days_of
from reports.report import NO_FIGURE, Fact, Section
from reports.volumes.averages import Averages, averages

NO_DENOMINATOR = "no denominator"
ALL_CALLS = (
    "The calls are all the calls of the program: nobody records them by topic, team, agent, SME or "
    "severity."
)
HEADINGS = (
    "Escalations in hours with a volume",
    "Calls handled",
    "Hours with a volume",
    "Rate",
    "95 % interval",
    "Average wait",
    "Average handling",
)
SHOWN = "Rate of each, with its 95 % interval; where no hour has a call volume there is a gap."


def rate_section(parted: Course, hours: ClockHours) -> Section:
    """The rate, what it is made of, and how it went; a sentence where there are no calls."""
    asked, every = parted.asked, parted.periods.every
    if not hours.has_volumes:
        said = "There are no call volumes in these shift days, so there is nothing to divide by."
        return Section("rate", RATE.name, facts=(_rate(asked, Hourly()),), note=said)
    firsts = [period.first for period in every]
    each, whole = averages(asked.program, firsts, asked.last)
    found = hours.of(asked.population.days)
    facts = (
        _rate(asked, found),
        _plain(CALLS, f"{found.calls:,}", found.calls, asked),
        _plain(VOLUME_HOURS, f"{found.hours:,}", found.hours, asked, _of(hours, asked)),
        _plain(WAIT, clock(whole.wait), whole.wait, asked),
        _plain(HANDLING, clock(whole.handling), whole.handling, asked),
    )
    note = ALL_CALLS if asked.filters else ""
    return Section("rate", RATE.name, facts, (_drawing(parted, hours, each),), note=note)


def volumes_at(asked: Asked, period: Period | None = None) -> str:
    """The page where the calls of a range can be looked at."""
    first, last = (period.first, period.last) if period else (asked.first, asked.last)
    try:
        url = reverse("volumes", kwargs={"p": asked.program.slug})
    except NoReverseMatch:
        return ""
    return f"{url}?from={first}&to={last}"


def rate_said(count: int, calls: int) -> tuple[str, str]:
    """A rate and its 95 % interval in words; dashes or "no denominator" where there is none."""
    bounds = wilson(count, calls)
    if bounds is None:
        return NO_DENOMINATOR, NONE
    return percent(count / calls), f"{percent(bounds[0])} to {percent(bounds[1])}"


def clock(seconds: float | None) -> str:
    """Seconds as minutes and seconds, `4:05`; a dash for none."""
    if seconds is None:
        return NO_FIGURE
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"


def _rate(asked: Asked, of: Hourly) -> Fact:
    said, interval = rate_said(of.with_volume, of.calls)
    return Fact(
        name=RATE.name,
        said=said,
        definition=RATE.hover,
        href=asked.lines(count=WITH_VOLUME),
        interval="" if interval == NONE else interval,
        of=f"{of.with_volume:,} of {of.calls:,} calls handled" if of.calls else "",
        of_href=volumes_at(asked) if of.calls else "",
        slug=RATE.slug,
        value=of.with_volume / of.calls if said != NO_DENOMINATOR else None,
    )


def _plain(figure: Figure, said: str, value: float | None, asked: Asked, of: str = "") -> Fact:
    return Fact(
        figure.name, said, figure.hover, volumes_at(asked), of=of, slug=figure.slug, value=value
    )


def _of(hours: ClockHours, asked: Asked) -> str:
    return f"of {hours_in(asked.program, asked.population.days):,} clock hours"


def _drawing(parted: Course, hours: ClockHours, each: Sequence[Averages]) -> Drawing:
    asked, name = parted.asked, parted.periods.name
    values, rows = [], []
    for period, means in zip(parted.periods.every, each, strict=True):
        here = hours.of(days_of(period))
        said, interval = rate_said(here.with_volume, here.calls)
        href = period.of(asked, count=WITH_VOLUME)
        values.append(_value(period, here, said, href))
        whole = hours_in(asked.program, days_of(period))
        calls = Cell(f"{here.calls:,}" if here.hours else NONE, volumes_at(asked, period))
        times = (clock(means.wait), clock(means.handling))
        rows.append(
            (
                Cell(period.label),
                Cell(f"{here.with_volume:,}", href),
                calls,
                *map(Cell, (f"{here.hours} of {whole}", said, interval, *times)),
            )
        )
    about = About(
        "rate-by-period",
        f"Escalation rate per {parted.periods.per}",
        SHOWN,
        "escalations of calls handled",
        name,
        RATE.rule,
        shown=percent,
    )
    return replace(line(about, values), table=Table((name, *HEADINGS), tuple(rows)))


def _value(period: Period, here: Hourly, said: str, href: str) -> Value:
    bounds = wilson(here.with_volume, here.calls)
    if bounds is None:
        return Value(period.label, None, f"{period.label}: {NO_DENOMINATOR}")
    words = f"{period.label}: {here.with_volume:,} of {here.calls:,} calls, {said}"
    return Value(period.label, here.with_volume / here.calls, words, href, *bounds)
