"""Ranges parted into shift days, weeks and months, and the ranges often asked for."""

from datetime import date, timedelta

import pytest

from reports.periods import days_of, parted
from reports.reportpage import ranges

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "name", "count"),
    [(1, "Shift day", 1), (92, "Shift day", 92), (93, "Week", 14), (365, "Week", 53)],
)
def test_a_long_range_is_told_by_week(days, name, count):
    first = date(2026, 1, 1)
    found = parted(first, first + (days - 1) * DAY)
    assert (found.name, len(found.every)) == (name, count)


@pytest.mark.parametrize("name", ["Shift day", "Week", "Month"])
def test_every_day_is_in_one_period(name):
    first, last = date(2025, 11, 12), date(2026, 3, 3)
    every = [day for period in parted(first, last, name).every for day in days_of(period)]
    assert every == [first + n * DAY for n in range((last - first).days + 1)]


def test_a_decade_is_told_by_month():
    found = parted(date(2017, 3, 10), date(2026, 3, 9))
    assert found.name == "Month"
    assert found.every[0].label == "Mar 2017"
    assert (found.every[1].first, found.every[1].last) == (date(2017, 4, 1), date(2017, 4, 30))


def test_a_week_begins_on_monday_and_may_be_cut_by_the_range():
    weeks = parted(date(2026, 10, 29), date(2026, 11, 10), "Week").every
    assert [one.label for one in weeks] == ["29 Oct–1 Nov", "2–8 Nov", "9–10 Nov"]


def test_the_ranges_often_asked_for_end_with_the_current_shift():
    today = date(2026, 11, 22)  # a Sunday
    found = {words: (first, last) for words, first, last in ranges(today)}
    assert found["This shift"] == (today, today)
    assert found["Last 28 shift days"] == (date(2026, 10, 26), today)
    assert found["This week"] == (date(2026, 11, 16), today)
    assert found["Last week"] == (date(2026, 11, 9), date(2026, 11, 15))
    assert found["Last month"] == (date(2026, 10, 1), date(2026, 10, 31))
