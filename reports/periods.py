"""The periods into which a report parts its range: shift days, weeks or months, for charts to read.

A week is of Monday to Sunday shift days; the first and the last period may be cut by the range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.asked import Asked

ONE_DAY = timedelta(days=1)
MOST_DAYS, MOST_WEEKS = 92, 106
"""Days that are drawn one by one; weeks that are. Beyond them weeks, then months."""


@dataclass(frozen=True)
class Period:
    """Shift days from `first` to `last`, both included, and how they are said."""

    first: date
    last: date
    label: str

    def of(self, asked: Asked, **filters: str | int) -> str:
        """The address of its lines."""
        return asked.lines(**{"from": self.first, "to": self.last}, **filters)


@dataclass(frozen=True)
class Periods:
    """A range in order, without gap or overlap; `name` is what each is: Shift day, Week, Month."""

    name: str
    every: tuple[Period, ...]

    @property
    def per(self) -> str:
        """As it follows "per"."""
        return self.name.lower()

    def summed(self, by_day: Mapping[date, Mapping[str, int]]) -> list[dict[str, int]]:
        """What `Counter.by_day` counted, summed up by period."""
        found = []
        for period in self.every:
            sums: dict[str, int] = {}
            for day in days_of(period):
                for slug, count in by_day[day].items():
                    sums[slug] = sums.get(slug, 0) + count
            found.append(sums)
        return found


def periods(asked: Asked, name: str = "") -> Periods:
    """Part the range asked for; by day up to MOST_DAYS, by `name` ("Week", "Month") if given."""
    return parted(asked.first, asked.last, name)


def parted(first: date, last: date, name: str = "") -> Periods:
    """Part a range of shift days, both ends included."""
    count = (last - first).days + 1
    if not name:
        name = "Week" if count > MOST_DAYS else "Shift day"
        name = "Month" if count > 7 * MOST_WEEKS else name
    found, day = [], first
    while day <= last:
        end = min(_end(day, name), last)
        found.append(Period(day, end, _label(day, end, name, with_year=first.year != last.year)))
        day = end + ONE_DAY
    return Periods(name, tuple(found))


def days_of(period: Period) -> Sequence[date]:
    """The shift days of a period."""
    return [period.first + n * ONE_DAY for n in range((period.last - period.first).days + 1)]


def _end(day: date, name: str) -> date:
    if name == "Shift day":
        return day
    if name == "Week":
        return day + (6 - day.weekday()) * ONE_DAY
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY


def _label(first: date, last: date, name: str, *, with_year: bool) -> str:
    year = f" {last.year}" if with_year else ""
    if name == "Month":
        return f"{first:%b}{year}"
    if first == last:
        return f"{first:%a} {first.day} {first:%b}{year}"
    month = "" if first.month == last.month else f" {first:%b}"
    return f"{first.day}{month}–{last.day} {last:%b}{year}"
