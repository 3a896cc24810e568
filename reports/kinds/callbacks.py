"""Promised call-backs: kept in time, late, not yet; how content customers were."""

from __future__ import annotations

from escalations.charts.drawing import Cell, Table
from escalations.charts.scale import whole
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.callbacks import (
    ASKED,
    CONTENT,
    KEPT,
    LATE,
    NOT_CONTENT,
    PROMISED,
    WAITING,
)
from reports.definitions.feedback import ACKNOWLEDGED, DID_NOT_HELP, HELPED
from reports.definitions.number import Number
from reports.definitions.rests import BETWEEN
from reports.kinds.drawings import Course, bars, by_weeks, columns, course
from reports.report import Kind, Listed, Section, fact

SHOWN = (PROMISED, KEPT, LATE, WAITING, ASKED, CONTENT, NOT_CONTENT)
NUMBERS = (*SHOWN, ACKNOWLEDGED, HELPED, DID_NOT_HELP)


def make(asked: Asked) -> tuple[Section, ...]:
    """Count promises by week, and what customers and agents said."""
    parted = course(asked, Counter(asked.population).by_day(*NUMBERS), by_weeks(asked))
    return _promises(parted), _content(parted)


def _promises(parted: Course) -> Section:
    asked, per = parted.asked, parted.periods.per
    return Section(
        "promises",
        "Promised call-backs",
        facts=tuple(fact(one, parted.counts, asked) for one in (PROMISED, KEPT, LATE, WAITING)),
        drawings=(
            columns(
                "promises-kept",
                f"Promised call-backs, per {per} of the escalation",
                f"How many were kept in time, late, and not yet, per {per}.",
                parted,
                KEPT,
                LATE,
                WAITING,
            ),
        ),
        note="A call-back counts in the shift day of the escalation it was promised in.",
    )


def _content(parted: Course) -> Section:
    asked, counts = parted.asked, parted.counts
    numbers = (ASKED, CONTENT, BETWEEN, NOT_CONTENT, HELPED, DID_NOT_HELP)
    said = (CONTENT, BETWEEN, NOT_CONTENT)
    title = "How content customers were at follow-up"
    return Section(
        "content",
        "Content at follow-up, and whether feedback helped",
        facts=tuple(fact(one, counts, asked) for one in numbers),
        drawings=(
            bars("content-said", title, "What customers said, of 5.", asked, counts, *said),
            bars(
                "feedback-helped",
                "Whether feedback helped",
                "What agents said of the feedback they acknowledged.",
                asked,
                counts,
                HELPED,
                DID_NOT_HELP,
            ),
        ),
        lists=(_by_period(parted, ASKED, *said, HELPED, DID_NOT_HELP),),
    )


def _by_period(parted: Course, *numbers: Number) -> Listed:
    every = zip(*(parted.values(one) for one in numbers), strict=True)
    rows = [
        (Cell(values[0].label), *(Cell(whole(v.value or 0), v.href) for v in values))
        for values in every
    ]
    headings = (parted.periods.name, *(one.name for one in numbers))
    return Listed(
        "content-by-period",
        f"What customers and agents said, per {parted.periods.per}",
        Table(headings, tuple(rows)),
    )


KIND = Kind(
    "callbacks",
    "Call-backs",
    "Whether what was promised was kept, how content customers were, and whether feedback helped.",
    make,
)
