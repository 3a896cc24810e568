"""A population as a condition in SQL, for the few statements that read lines instead of counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reports.counting.population import Population

_COLUMNS = {
    "topic": "line.topic_id",
    "agent": "line.agent_id",
    "sme": "line.logged_by_id",
    "severity": "line.severity",
}
_TEAM = (
    "line.agent_id IN (SELECT agent.id FROM people_agent AS agent"
    " WHERE agent.program_id = line.program_id AND agent.team = %s)"
)


def narrowing(population: Population) -> tuple[str, list[Any]]:
    """What leaves lines of `line` out beside program, days and status; begins with AND or is ""."""
    parts: list[str] = []
    values: list[Any] = []
    for name, value in population.narrowed.items():
        if value == 0:
            parts.append(f" AND {_COLUMNS[name]} IS NULL")
            continue
        parts.append(f" AND {_TEAM if name == 'team' else f'{_COLUMNS[name]} = %s'}")
        values.append(value)
    return "".join(parts), values


def days_of(counts: Mapping[date, int], enough: int, *, newest: bool = False) -> list[date]:
    """The first (or `newest`) days that have `enough` lines together, those without left out."""
    found: list[date] = []
    so_far = 0
    for day in sorted((day for day, count in counts.items() if count), reverse=newest):
        if so_far >= enough:
            break
        found.append(day)
        so_far += counts[day]
    return found
