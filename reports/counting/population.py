"""Whose lines are counted: a program’s, of a range of shift days, of a topic or an agent, say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from people.models import Program

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Population:
    """Lines of `program` in the shift days from `first` to `last`, both included; void ones never.

    `topic`, `agent` and `sme` are primary keys, `severity` 1 to 4; 0 is "of none" for topic and
    severity. None leaves nothing out. `team` is a team of the roster as it is now; empty: of none.
    """

    program: Program
    first: date
    last: date
    topic: int | None = None
    agent: int | None = None
    sme: int | None = None
    severity: int | None = None
    team: str | None = None

    @cached_property
    def days(self) -> list[date]:
        """The shift days, the oldest first."""
        count = (self.last - self.first).days + 1
        return [self.first + n * ONE_DAY for n in range(count)]

    @cached_property
    def bounds(self) -> list[tuple[datetime, datetime]]:
        """From when until when each of the days lasts, as UTC instants."""
        return [self.program.shift_bounds(day) for day in self.days]

    @property
    def narrowed(self) -> dict[str, int | str]:
        """What leaves lines out beside the days, by name."""
        named = {
            name: getattr(self, name) for name in ("topic", "agent", "sme", "severity", "team")
        }
        return {name: value for name, value in named.items() if value is not None}

    def within(self, first: date, last: date) -> Population:
        """The same lines of other days."""
        return replace(self, first=first, last=last)
