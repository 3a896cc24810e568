"""Shift days named relative to the current one, so that a saved view goes with the calendar."""

from __future__ import annotations

import re
from datetime import date, timedelta

from reports.asked import MOST_DAYS

ONE_DAY = timedelta(days=1)
LAST = re.compile(r"last-([1-9]\d{0,3})")
WORDS = {
    "this-week": "this week",
    "last-week": "last week",
    "this-month": "this month",
    "last-month": "last month",
}
"""Weeks are of Monday to Sunday shift days; this one and this month end with the current day."""


def is_span(name: str) -> bool:
    """Whether it names shift days."""
    found = LAST.fullmatch(name)
    return name in WORDS or (found is not None and int(found[1]) <= MOST_DAYS)


def days_of(name: str, today: date) -> tuple[date, date]:
    """The first and last shift day that a name means while `today` is the current one.

    Raises ValueError for what is no name.
    """
    if not is_span(name):
        raise ValueError(f"“{name}” names no shift days.")
    if found := LAST.fullmatch(name):
        return today - (int(found[1]) - 1) * ONE_DAY, today
    if name.endswith("week"):
        monday = today - today.weekday() * ONE_DAY
        return (monday, today) if name == "this-week" else (monday - 7 * ONE_DAY, monday - ONE_DAY)
    month = today.replace(day=1)
    before = month - ONE_DAY
    return (month, today) if name == "this-month" else (before.replace(day=1), before)


def said(name: str) -> str:
    """A name in words: `the last 28 shift days`."""
    if found := LAST.fullmatch(name):
        return "the current shift" if found[1] == "1" else f"the last {found[1]} shift days"
    return WORDS.get(name, "")


def names_of(first: date, last: date, today: date) -> list[str]:
    """The names that mean these shift days now, the likeliest first; none for days of the past."""
    names = [name for name in WORDS if days_of(name, today) == (first, last)]
    count = (last - first).days + 1
    return [f"last-{count}", *names] if last == today and count <= MOST_DAYS else names
