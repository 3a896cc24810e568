"""Filters by which numbers lead to their lines: team, severity, hour, weekday, what is counted."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from escalations.filters import SheetFilter
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory

LOG = "/p/harbor/log/"
NIGHT = date(2026, 10, 31)
"""New York sets its clocks back in this shift: one o'clock comes twice."""


@pytest.fixture
def lines(olga):
    """A line in every hour of a night, each second one of Team A and of severity 1."""
    teams = [AgentFactory(program=olga.program, team=f"Team {name}") for name in "AB"]
    hours = olga.program.shift_hours(NIGHT)
    return [
        a_line(
            olga,
            number=n + 1,
            agent=teams[n % 2],
            occurred_at=hour + timedelta(minutes=10),
            severity=None if n % 2 else 1,
            status="void" if n == 3 else "resolved",
        )
        for n, hour in enumerate(hours)
    ]


def shown(olga, query):
    asked = SheetFilter(QueryDict(query), olga.program)
    assert not asked.errors, asked.errors
    page = asked.found(olga)
    assert page.count == asked.rows(olga).count(), "the page and its files have the same rows"
    return {line.number for line in page.page.lines}


def test_the_hour_that_comes_twice_is_one_hour_of_the_clock(olga, lines):
    assert shown(olga, f"shift={NIGHT}&hour=1") == {8, 9}
    assert shown(olga, f"shift={NIGHT}&hour=23") == {6}


def test_every_line_is_in_one_hour_and_on_one_weekday(olga, lines):
    hours = [shown(olga, f"shift={NIGHT}&hour={hour}") for hour in range(24)]
    assert sum(map(len, hours)) == len(lines) == 25
    asked = f"from={NIGHT - timedelta(days=9)}&to={NIGHT + timedelta(days=9)}"
    days = [shown(olga, f"{asked}&weekday={day}") for day in range(7)]
    assert [len(day) for day in days] == [0, 0, 0, 0, 0, 25, 0], "all of Saturday’s shift"


def test_team_and_severity_and_what_is_counted_leave_theirs(olga, lines):
    assert shown(olga, f"shift={NIGHT}&team=Team A") == set(range(1, 26, 2))
    assert shown(olga, f"shift={NIGHT}&severity=1") == set(range(1, 26, 2))
    assert shown(olga, f"shift={NIGHT}&severity=none") == set(range(2, 25, 2))
    assert shown(olga, f"shift={NIGHT}&count=logged") == set(range(1, 26)) - {4}, "void ones not"
    assert shown(olga, f"shift={NIGHT}&count=logged&q=waive") == set(range(1, 26)) - {4}


@pytest.mark.parametrize(
    "query",
    ["count=everything", "hour=24", "hour=x", "weekday=7", "severity=5", "shift=all&weekday=1"],
)
def test_what_cannot_be_read_is_said(olga, browse, query):
    answer = browse(olga).get(f"{LOG}?{query}")
    assert answer.status_code == 422
    assert "Nothing is shown" in answer.content.decode()


def test_what_is_on_is_said_and_kept(olga, lines, browse):
    page = browse(olga).get(f"{LOG}?shift={NIGHT}&hour=1&count=logged&weekday=5").content.decode()
    for words in ("1:00 to 1:59", "Counted: Logged", "Shift days: Saturday"):
        assert words in page
    assert '<input type="hidden" name="count" value="logged">' in page
    assert "hour=1" in page
