"""What is in the week's and the month's pack: the reports as their pages have them."""

from __future__ import annotations

from collections.abc import Iterator

from escalations.charts.drawing import Cell, Table
from reports.asked import Asked
from reports.effect.verdicts import EffectList
from reports.kinds import KINDS
from reports.report import NO_FIGURE, Listed, Report, Section
from reports.weeks import read_week

OF_WEEK = ("overview", "waiting", "feedback", "callbacks")
MOST_PAGES = 4
"""Pages of verdicts that are printed, the newest best practices first."""


def week(asked: Asked) -> list[Report]:
    """The week beside the week before, then what waits, feedback and call-backs."""
    glance = read_week(asked.membership, asked.first, asked.last)
    first = Report("week", "The week", "", (glance.section,))
    return [first, *(kind.of(asked) for kind in KINDS if kind.slug in OF_WEEK)]


def month(asked: Asked) -> list[Report]:
    """Every report, the overview with calls, wait and handling, and what worked."""
    worked = Report("effect", "Did it work?", "", (_verdicts(asked),))
    return [*(kind.of(asked) for kind in KINDS), worked]


def _verdicts(asked: Asked) -> Section:
    rows = tuple(_rows(asked))
    headings = ("Best practice", "Topic", "Before", "After", "Times as many", "Verdict")
    listed = Listed("verdicts", "Answers in force, the newest first", Table(headings, rows))
    note = "" if rows else "No answer is in force yet."
    return Section("verdicts", "Did it work?", lists=(listed,) if rows else (), note=note)


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    page, pages = 1, 1
    while page <= min(pages, MOST_PAGES):
        found = EffectList(asked.membership, str(page))
        pages, page = found.pages, page + 1
        for one in found.lines:
            topic = one.effect.topic.name if one.effect.topic else NO_FIGURE
            verdict = one.verdict.words if one.verdict else one.effect.because
            rates = [_rate(rate, one.per) for rate in (one.before, one.after)]
            times = one.times or NO_FIGURE
            yield tuple(map(Cell, (one.practice.title, topic, *rates, times, verdict)))


def _rate(words: str, per: str) -> str:
    return f"{words} {per}" if words not in ("", NO_FIGURE) else NO_FIGURE
