"""Handover: how many lines say what was offered, why it was refused and what is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from escalations.charts.drawing import Cell, Table
from escalations.counted import NO_TEAM
from people.models import Agent
from reports.asked import WORDS, Asked
from reports.counting.counter import Counter
from reports.definitions.handover import COMPLETE, WITHOUT
from reports.definitions.logged import LOGGED
from reports.definitions.rests import INCOMPLETE
from reports.kinds.drawings import bars, by_weeks, course, share_line
from reports.report import Kind, Listed, Section, fact, shares

NUMBERS = (LOGGED, COMPLETE, *WITHOUT)
PARTS = ("what was offered", "why not accepted", "what is wanted")
Teams = Mapping[str, Mapping[str, int]]


def make(asked: Asked) -> tuple[Section, ...]:
    """Count complete handovers by week and by team, and what is missing."""
    counter = Counter(asked.population)
    parted = course(asked, counter.by_day(*NUMBERS), by_weeks(asked))
    counts, per = parted.counts, parted.periods.per
    said = f"How many of the logged lines were handed over completely, per {per}."
    title, missing = "What is missing", "How many lines do not say each of the three."
    return (
        Section(
            "handover",
            "Complete handovers",
            facts=tuple(fact(one, counts, asked) for one in (LOGGED, COMPLETE, INCOMPLETE)),
            drawings=(
                share_line("complete", f"Complete, per {per}", said, parted, COMPLETE, LOGGED),
            ),
        ),
        Section(
            "missing",
            title,
            facts=tuple(fact(one, counts, asked) for one in WITHOUT),
            drawings=(
                bars("parts-missing", title, missing, asked, counts, *WITHOUT, labels=PARTS),
            ),
            note="A line may be without more than one.",
        ),
        _teams(asked, counter),
    )


def _teams(asked: Asked, counter: Counter) -> Section:
    """By team; of one SME's or severity's lines no sums are kept by agent, and there are many."""
    title = "Handover, by team"
    if crossed := [WORDS[name] for name in ("by", "severity") if name in asked.filters]:
        note = f"Take the filter by {' and '.join(crossed)} away to see it by team."
        return Section("teams", title, note=note)
    return Section("teams", title, lists=(_by_team(asked, _counted(asked, counter)),))


def _counted(asked: Asked, counter: Counter) -> Teams:
    """The counts by team of the roster as it is now; `""` is of no team."""
    counted = counter.by("agent", *NUMBERS)
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_SLUGS, 0))
    agents = Agent.objects.filter(program=asked.program)  # naming hundreds takes longer than all
    for pk, team in agents.values_list("pk", "team"):
        for slug, count in counted.get(pk, {}).items():
            found[team][slug] += count
    return found


def _by_team(asked: Asked, teams: Teams) -> Listed:
    rows = []
    for team in sorted(teams, key=lambda name: (not name, name.lower(), name)):
        counts = teams[team]
        cells = [
            Cell(f"{counts[one.slug]:,}", asked.lines(team=team or NO_TEAM, count=one.slug))
            for one in NUMBERS
        ]
        told = shares(counts[COMPLETE.slug], counts[LOGGED.slug])
        rows.append((Cell(team or "No team"), *cells, *map(Cell, told)))
    names = [one.name for one in NUMBERS]
    table = Table(("Team", *names, "Share complete", "95 % interval"), tuple(rows))
    note = "Teams as the roster has them now, in alphabetical order."
    return Listed("handover-teams", "Handover, by team", table, note)


_SLUGS = tuple(one.slug for one in NUMBERS)

KIND = Kind(
    "handover",
    "Handover",
    "Whether agents could say what was offered, why it was refused and what the customer wants.",
    make,
)
