"""What is in the week's and the month's pack: the reports as their pages have them."""

from __future__ import annotations

from escalations.charts.drawing import Cell, Table
from reports.asked import Asked
from reports.effect.verdicts import EffectList, Line
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
    pages = [EffectList(asked.membership, "1")]
    last = min(pages[0].pages, MOST_PAGES)
    pages += [EffectList(asked.membership, str(page)) for page in range(2, last + 1)]
    rows = tuple(_row(line) for page in pages for line in page.lines)
    headings = ("Best practice", "Topic", "Before", "After", "Times as many", "Verdict")
    listed = Listed("verdicts", "Answers in force, the newest first", Table(headings, rows))
    note = "" if rows else "No answer is in force yet."
    if len(rows) < pages[0].count:
        note = f"The newest {len(rows)} of {pages[0].count:,}; all are under “Did it work?”."
    return Section("verdicts", "Did it work?", lists=(listed,) if rows else (), note=note)


def _row(line: Line) -> tuple[Cell, ...]:
    topic = line.effect.topic.name if line.effect.topic else NO_FIGURE
    verdict = line.verdict.words if line.verdict else line.effect.because
    rates = [_rate(rate, line.per) for rate in (line.before, line.after)]
    words = (line.practice.title, topic, *rates, line.times or NO_FIGURE, verdict)
    return tuple(map(Cell, words))


def _rate(words: str, per: str) -> str:
    return f"{words} {per}" if words not in ("", NO_FIGURE) else NO_FIGURE
