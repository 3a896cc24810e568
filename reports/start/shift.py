"""How the shift goes: what was logged so far, by the member and by the floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from people.models import Membership
from people.ready import planned
from reports.definitions.feedback import OWED
from reports.definitions.logged import LOGGED, UNRESOLVED
from reports.definitions.number import Number
from reports.report import definition
from reports.start.blocks import Figure, place


@dataclass(frozen=True)
class Tonight:
    """Lines of the current shift day: the member's own, all, unresolved, with feedback owed."""

    day: date
    mine: int
    logged: int
    unresolved: int
    owed: int


SAID: tuple[tuple[str, str, Number, str], ...] = (
    ("mine", "logged by you", LOGGED, ""),
    ("logged", "by the floor", LOGGED, ""),
    ("unresolved", "unresolved", UNRESOLVED, "due"),
    ("owed", "feedback owed", OWED, "due"),
)
"""Of each figure its words, which number it is, and how it looks unless it is 0."""


_COUNTED = (
    "SELECT count(*) FILTER (WHERE logged_by_id = %s), count(*),"
    " count(*) FILTER (WHERE status = 'unresolved'), count(*) FILTER (WHERE feedback = 'owed')"
    " FROM escalations_escalation"
    " WHERE program_id = %s AND status <> 'void' AND occurred_at >= %s AND occurred_at < %s"
)


def read_tonight(member: Membership) -> Tonight:
    """Count the current shift day; one query."""
    day = member.program.current_shift()
    if not member.may("read_log"):
        return Tonight(day, 0, 0, 0, 0)
    span = member.program.shift_bounds(day)
    ((mine, logged, unresolved, owed),) = planned(
        _COUNTED, [member.user_id, member.program_id, *span]
    )
    return Tonight(day, mine, logged, unresolved, owed)


def figures(tonight: Tonight, member: Membership) -> list[Figure]:
    """The numbers, each leading to its lines."""
    asked = {
        "mine": {"by": member.user.username, "count": "logged"},
        "logged": {"count": "logged"},
        "unresolved": {"status": "unresolved"},
        "owed": {"feedback": "owed"},
    }
    found = []
    for name, words, number, tone in SAID:
        count, query = getattr(tonight, name), {"shift": tonight.day.isoformat(), **asked[name]}
        url = place("log", member, query)
        found.append(Figure(f"{count:,}", words, url, definition(number), tone if count else ""))
    return found
