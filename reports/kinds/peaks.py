"""Peaks: escalations by hour on the clock and weekday of the shift, and their rate of the calls."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable

from escalations.charts.drawing import Cell, Table
from escalations.charts.heat import Heat, heat
from escalations.charts.scale import figure, percent
from escalations.charts.values import NONE, About, Series, Value
from escalations.counted import WEEKDAYS
from reports.asked import Asked
from reports.clockhours import ClockHours, Hourly, clock_said, read_hours
from reports.counted import WITH_VOLUME
from reports.counting.counter import Counter
from reports.definitions.logged import LOGGED
from reports.definitions.others import RATE
from reports.kinds.rates import ALL_CALLS, HEADINGS, rate_said
from reports.report import Kind, Listed, Section, definition, fact

NOTHING = Hourly()


def make(asked: Asked) -> tuple[Section, ...]:
    """Count by hour and weekday, and the calls beside them."""
    hours = read_hours(Counter(asked.population))
    logged = sum(day.logged for day in hours.days.values())
    rates = (_rates(asked, hours),) if hours.has_volumes else ()
    hourly = Section(
        "peaks",
        "By hour and weekday",
        facts=(fact(LOGGED, {LOGGED.slug: logged}, asked),),
        heats=(_counts(asked, hours), *rates),
        note=ALL_CALLS if rates and asked.filters else "",
    )
    return (hourly, Section("weekdays", "By weekday", lists=(_weekdays(asked, hours),)))


def _counts(asked: Asked, hours: ClockHours) -> Heat:
    about = About(
        "peaks-logged",
        "Escalations by hour on the clock and weekday of the shift",
        "The stronger the colour, the more lines. A night’s hours after midnight stand under the "
        "weekday it began on.",
        "logged",
        "Hour from",
        definition(LOGGED),
    )

    def value(weekday: int, hour: int, here: Hourly) -> Value:
        href = asked.lines(weekday=weekday, hour=hour, count=LOGGED.slug)
        return Value(WEEKDAYS[weekday][:3], here.logged, href=href)

    return heat(about, _rows(hours, value))


def _rates(asked: Asked, hours: ClockHours) -> Heat:
    about = About(
        "peaks-rate",
        "Escalation rate by hour on the clock and weekday of the shift",
        "The stronger the colour, the more of the calls were escalated; a dash where no hour has a "
        "call volume.",
        "rate",
        "Hour from",
        RATE.rule,
        shown=lambda share: percent(round(share, 3)),
    )

    def value(weekday: int, hour: int, here: Hourly) -> Value:
        name = WEEKDAYS[weekday][:3]
        if not here.calls or here.with_volume > here.calls:
            return Value(name, None)
        share, interval = rate_said(here.with_volume, here.calls)
        words = f"{here.with_volume:,} of {here.calls:,} calls, {share} ({interval})"
        href = asked.lines(weekday=weekday, hour=hour, count=WITH_VOLUME)
        said = f"{clock_said(hour)}, {name}: {words}"
        return Value(name, here.with_volume / here.calls, said, href)

    return heat(about, _rows(hours, value))


def _rows(hours: ClockHours, value: Callable[[int, int, Hourly], Value]) -> list[Series]:
    """A row for each hour from the first to the last in which there was anything, 24 if nothing.

    A weekday that is not in the range has no value.
    """
    asked_for = {day.weekday() for day in hours.days}
    busy = [n for n, one in enumerate(hours.by_hour().values()) if one.logged or one.hours]
    shown = hours.order[min(busy, default=0) : max(busy, default=23) + 1]
    return [
        Series(
            clock_said(hour),
            [
                value(weekday, hour, hours.cells.get((weekday, hour), NOTHING))
                if weekday in asked_for
                else Value(name[:3], None)
                for weekday, name in enumerate(WEEKDAYS)
            ],
        )
        for hour in shown
    ]


def _weekdays(asked: Asked, hours: ClockHours) -> Listed:
    """Each weekday with how often it came, its lines and its rate."""
    often = Tally(day.weekday() for day in hours.days)
    rows = []
    for weekday, name in enumerate(WEEKDAYS):
        if not often[weekday]:
            continue
        here = hours.of([day for day in hours.days if day.weekday() == weekday])
        said, interval = rate_said(here.with_volume, here.calls)
        logged = asked.lines(weekday=weekday, count=LOGGED.slug)
        counted = asked.lines(weekday=weekday, count=WITH_VOLUME)
        cells = (
            Cell(name),
            Cell(f"{often[weekday]:,}"),
            Cell(f"{here.logged:,}", logged),
            Cell(figure(round(here.logged / often[weekday], 1))),
            Cell(f"{here.with_volume:,}", counted),
            Cell(f"{here.calls:,}" if here.hours else NONE),
            Cell(said),
            Cell(interval),
        )
        rows.append(cells if hours.has_volumes else cells[:4])
    headings = ("Weekday", "Shift days", "Logged", "Per shift day", *HEADINGS[:2], *HEADINGS[3:5])
    table = Table(headings if hours.has_volumes else headings[:4], tuple(rows))
    return Listed("by-weekday", "By weekday", table)


KIND = Kind(
    "peaks",
    "Peaks",
    "When escalations come: by hour on the clock and weekday of the shift.",
    make,
)
