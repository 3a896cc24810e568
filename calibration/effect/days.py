"""What is counted: a topic's escalations per shift day, and what they are divided by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Day:
    """One shift day: the topic's escalations, and the calls handled or all escalations.

    `base` None or 0 is "no denominator": such a day counts on neither side of a rate.
    """

    on: date
    events: int
    base: int | None


@dataclass(frozen=True)
class Count:
    """The sums over the `days` that have a denominator; `without` counts those that have none."""

    events: int
    base: int
    days: int
    without: int

    @property
    def rate(self) -> float | None:
        """Escalations per unit of the base; None without a denominator."""
        return self.events / self.base if self.base else None

    @property
    def per_thousand(self) -> float | None:
        """Escalations per 1,000 of the base; None without a denominator."""
        return 1000 * self.events / self.base if self.base else None


def total(days: Iterable[Day]) -> Count:
    """Add up days."""
    every = list(days)
    based = [day for day in every if day.base]
    return Count(
        events=sum(day.events for day in based),
        base=sum(day.base or 0 for day in based),
        days=len(based),
        without=len(every) - len(based),
    )
