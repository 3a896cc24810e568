"""A range split by topic, team, agent, SME or severity: a table by name, never by rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from escalations.charts.drawing import Cell, Table
from escalations.counted import NO_SEVERITY, NO_TEAM
from people.models import Agent, User
from reports.asked import SPLITS, Asked
from reports.counting.counter import Counter, Keyed
from reports.definitions.feedback import OWED
from reports.definitions.logged import LOGGED, OPEN, UNRESOLVED
from reports.definitions.number import Number
from reports.kinds.drawings import topics_of
from reports.report import Listed, Section

NUMBERS: tuple[Number, ...] = (LOGGED, OPEN, UNRESOLVED, OWED)
MOST_ROWS = 500


@dataclass(frozen=True)
class Part:
    """What was counted of one of them; `value` is that of the log's filter."""

    name: str
    value: str
    counts: dict[str, int]


def split_section(asked: Asked, counter: Counter, by: str) -> Section:
    """Count a population once more, by one of `SPLITS`."""
    parts = sorted(_READ[by](asked, counter), key=lambda one: (one.name.lower(), one.value))
    rows = tuple(_row(asked, "by" if by == "sme" else by, part) for part in parts[:MOST_ROWS])
    title, heading = f"By {SPLITS[by]}", SPLITS[by][0].upper() + SPLITS[by][1:]
    note = f"The first {MOST_ROWS} of {len(parts):,}, by name." if len(parts) > MOST_ROWS else ""
    table = Table((heading, *(one.name for one in NUMBERS)), rows)
    return Section("split", title, lists=(Listed(f"by-{by}", title, table, note),))


def _row(asked: Asked, name: str, part: Part) -> tuple[Cell, ...]:
    """How many of each number, each with its lines; `name` is that of the log's filter."""
    lines = asked.lines(**{name: part.value})
    counts = [Cell(f"{part.counts[one.slug]:,}", f"{lines}&count={one.slug}") for one in NUMBERS]
    return (Cell(part.name), *counts)


def _by_topic(asked: Asked, counter: Counter) -> Iterable[Part]:
    for one in topics_of(asked, counter.by("topic", *NUMBERS), LOGGED):
        yield Part(one.name, one.slug, dict(one.counts))


def _agents(asked: Asked, counted: Keyed) -> Iterable[tuple[str, str, str, dict[str, int]]]:
    """Name, employee ID and team of the agents counted; a floor has hundreds."""
    agents = Agent.objects.filter(program=asked.program).order_by()
    for pk, name, employee_id, team in agents.values_list("pk", "name", "employee_id", "team"):
        if pk in counted:
            yield name, employee_id, team, counted[pk]


def _by_agent(asked: Asked, counter: Counter) -> Iterable[Part]:
    for name, employee_id, _, counts in _agents(asked, counter.by("agent", *NUMBERS)):
        yield Part(f"{name} / {employee_id}", employee_id, counts)


def _by_team(asked: Asked, counter: Counter) -> Iterable[Part]:
    teams: dict[str, dict[str, int]] = {}
    for _, _, of, counts in _agents(asked, counter.by("agent", *NUMBERS)):
        sums = teams.setdefault(of, dict.fromkeys(counts, 0))
        for slug, count in counts.items():
            sums[slug] += count
    for team, counts in teams.items():
        yield Part(team or "No team", team or NO_TEAM, counts)


def _by_sme(asked: Asked, counter: Counter) -> Iterable[Part]:
    counted = counter.by("sme", *NUMBERS)
    people = User.objects.in_bulk(list(counted))
    for pk, counts in counted.items():
        yield Part(str(people[pk]), people[pk].username, counts)


def _by_severity(asked: Asked, counter: Counter) -> Iterable[Part]:
    for degree, counts in counter.by("severity", *NUMBERS).items():
        yield Part(str(degree) if degree else "Not said", str(degree or NO_SEVERITY), counts)


_READ: dict[str, Callable[[Asked, Counter], Iterable[Part]]] = {
    "topic": _by_topic,
    "team": _by_team,
    "agent": _by_agent,
    "sme": _by_sme,
    "severity": _by_severity,
}
