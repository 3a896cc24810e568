"""Feedback: asked for, owed and for how long, given and how soon, acknowledged, of help or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from escalations.charts.bars import bar
from escalations.charts.drawing import Drawing
from escalations.charts.scale import whole
from escalations.charts.values import About, Value
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.counting.lines import Counts
from reports.definitions.feedback import (
    ACKNOWLEDGED,
    ASKED,
    DID_NOT_HELP,
    GIVEN,
    HELPED,
    OWED,
    SOON,
)
from reports.definitions.logged import LOGGED
from reports.definitions.others import OWED_AGE, TIME_TO_GIVE
from reports.definitions.rests import UNREAD
from reports.kinds.drawings import Course, bars, columns, course
from reports.report import Fact, Kind, Section, fact

FACTS = (ASKED, OWED, GIVEN, ACKNOWLEDGED, HELPED, DID_NOT_HELP)
NUMBERS = (LOGGED, *FACTS, *SOON)
AGES = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 14), (15, 28), (29, None))
"""Ages in whole shift days, both ends included; the last one has no end."""

WITHIN = ("4 hours", "24 hours", "3 days", "7 days")


def make(asked: Asked) -> tuple[Section, ...]:
    """Count all of it in one read."""
    by_day = Counter(asked.population).by_day(*NUMBERS)
    parted = course(asked, by_day)
    return _state(parted), _soon(asked, parted.counts), _owed(asked, parted.counts, by_day)


def _state(parted: Course) -> Section:
    per = parted.periods.per
    return Section(
        "feedback",
        "Feedback to agents",
        facts=tuple(fact(one, parted.counts, parted.asked) for one in FACTS),
        drawings=(
            columns(
                "feedback-by-period",
                f"Feedback required, per {per}",
                f"How many lines have feedback owed, given and acknowledged now, per {per}.",
                parted,
                OWED,
                UNREAD,
                ACKNOWLEDGED,
            ),
        ),
    )


def _soon(asked: Asked, counts: Counts) -> Section:
    title, labels = "Time to give feedback", [*(f"to {within}" for within in WITHIN), "later"]
    said = "How soon after the escalation feedback was given."
    half = Fact(
        name=TIME_TO_GIVE.name,
        said=half_given(counts),
        definition=TIME_TO_GIVE.hover,
        of=f"of {counts[GIVEN.slug]:,} feedback given",
        of_href=asked.lines(count=GIVEN.slug),
    )
    return Section(
        "time-to-give",
        title,
        facts=(half, *(fact(one, counts, asked) for one in SOON)),
        drawings=(
            bars("given-soon", title, said, asked, counts, *SOON, labels=labels, of="Given"),
        ),
    )


def half_given(counts: Mapping[str, int]) -> str:
    """How soon at least half of the feedback was given, as far as the bands tell."""
    given = sum(counts[one.slug] for one in SOON)
    so_far = 0
    for one, within in zip(SOON, WITHIN, strict=False):
        so_far += counts[one.slug]
        if given and 2 * so_far >= given:
            return f"within {within}"
    return "later than 7 days" if given else "none given"


def _owed(asked: Asked, counts: Counts, by_day: Mapping[date, Counts]) -> Section:
    return Section(
        "owed",
        "Feedback owed, by age",
        facts=(fact(OWED, counts, asked),),
        drawings=(_ages(asked, by_day),),
        note=OWED_AGE.hover,
    )


def _ages(asked: Asked, by_day: Mapping[date, Counts]) -> Drawing:
    values = []
    for youngest, oldest in AGES:
        first = asked.first if oldest is None else asked.today - timedelta(days=oldest)
        last = asked.last if not youngest else asked.today - timedelta(days=youngest)
        first, last = max(first, asked.first), min(last, asked.last)
        if first > last:
            continue
        owed = sum(counts[OWED.slug] for day, counts in by_day.items() if first <= day <= last)
        span: dict[str, date] = {"from": first, "to": last}
        values.append(
            Value(_age(youngest, oldest), owed, href=asked.lines(count=OWED.slug, **span))
        )
    said = "How many shift days ago the lines with feedback owed were escalated."
    about = About("owed-ages", "Feedback owed, by age", said, "owed", "Shift days ago", "", whole)
    return bar(about, values)


def _age(youngest: int, oldest: int | None) -> str:
    if not youngest:
        return "this shift"
    if oldest is None:
        return f"{youngest} and more"
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"


KIND = Kind(
    "feedback",
    "Feedback",
    "What agents were told: owed and for how long, given and how soon, acknowledged, of help.",
    make,
)
