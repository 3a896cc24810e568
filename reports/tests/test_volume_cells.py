"""Headings, counts, durations and intervals as phone systems write them."""

from __future__ import annotations

from datetime import date

import pytest

from reports.volumes.sheet.cells import read_count, read_duration, read_interval
from reports.volumes.sheet.words import read_heading

SHIFT = date(2025, 10, 20)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Calls Handled", "calls"), ("ACD Calls", "calls"), ("Total Calls Answered", "calls"),
        ("Contacts handled", "calls"), ("Calls Offered", "offered"), ("% Answered", ""),
        ("Answered within 20 sec", ""), ("Calls Answered in SL", ""), ("Unanswered", ""),
        ("ASA (sec)", "wait"), ("Average Wait Time", "wait"), ("Avg Abandon Time", "offered"),
        ("AHT", "handling"), ("Avg Handle Time (hh:mm:ss)", "handling"), ("Handle time", ""),
        ("Skill", "skill"), ("Half Hour", "time"), ("Hour begins (UTC)", "utc"),
    ],
)  # fmt: skip
def test_headings(heading: str, kind: str) -> None:
    assert read_heading(heading).kind == kind


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45", 45),
        ("0:45", 45),
        ("00:03:12", 192),
        ("3m 12s", 192),
        ("1,234.5", 1234.5),
        ("-", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert read_duration(text) == seconds


def test_counts_as_people_write_them() -> None:
    assert [read_count(text) for text in ("1,234", "41.0", "0", "n/a", " 7 ")] == [
        1234,
        41,
        0,
        None,
        7,
    ]


def test_the_end_of_an_interval_says_its_half_of_the_day() -> None:
    found = [read_interval(text, near=SHIFT) for text in ("6-7 PM", "11-12 PM", "23:30-24:00")]
    assert [(one.wall.hour, one.minutes) for one in found] == [(18, 60), (11, 60), (23, 30)]
