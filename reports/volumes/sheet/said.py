"""What rows of a report say of intervals, before it is known which instants those are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

MOST_PROBLEMS = 1000


@dataclass
class Said:
    """One interval as a row, or a cell of a matrix, says it.

    `day` is a calendar date, a shift day where `is_shift_day`, or None: then the times run
    forward. `minutes` is how long it lasts if it says so. `group` holds the row's other words:
    intervals of different groups (queues) are added up, one that comes twice in a group is not.
    `at` is the instant it begins, once known; `ends` only in UTC.
    """

    row: int
    column: str
    day: date | None
    wall: time
    calls: int
    wait: Decimal | None = None
    handling: Decimal | None = None
    is_shift_day: bool = False
    minutes: int | None = None
    group: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Problem:
    """What cannot be read: row number, column, and the reason in a sentence.

    `is_lost` tells that calls stand there whose hour nobody knows.
    """

    row: int
    column: str
    reason: str
    is_lost: bool = False


@dataclass
class Found:
    """What a report says: intervals, problems, notes in sentences, and what was left out.

    `broken` are intervals whose numbers cannot be read; their hours would be too low.
    """

    layout: str
    intervals: list[Said] = field(default_factory=list)
    broken: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    says_wait: bool = False
    says_handling: bool = False

    def refuse(self, row: int, column: str, reason: str, *, is_lost: bool = False) -> None:
        """List what cannot be read."""
        self.problems.append(Problem(row, column, reason, is_lost))
