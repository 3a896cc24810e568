"""What "before" is: the days before a best practice without the spike that triggered it.

A session is prepared when a topic has just come often, and after such a time it comes less often
by itself. Whoever counts those days as usual sees every best practice work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from calibration.effect.days import Day, total

WEEK = 7
FEWEST = 28
"""Days that must remain: four of each weekday."""

MOST = 182
"""Days before the trigger that are looked at: half a year is still the same floor."""


@dataclass(frozen=True)
class Spells:
    """The days before, the days left out (the spike, and until it was in force), the days after."""

    before: tuple[Day, ...]
    left_out: tuple[Day, ...]
    after: tuple[Day, ...]


def spells(days: Sequence[Day], *, triggered_on: date, in_force_on: date) -> Spells:
    """Part shift days, oldest first, around the day a session (or letter) was prepared.

    The seven days before that are always left out; further weeks as long as the topic was rising
    in them by the rule of `trend`: half as many again as the days before let expect, and by more
    than twice the square root of it. At least 28 days remain if there were as many.
    """
    earlier = [day for day in days if day.on < min(triggered_on, in_force_on)][-MOST:]
    end = max(0, len(earlier) - WEEK)
    while end - WEEK >= FEWEST and _rises(earlier[: end - WEEK], earlier[end - WEEK : end]):
        end -= WEEK
    first = earlier[end].on if end < len(earlier) else min(triggered_on, in_force_on)
    return Spells(
        before=tuple(earlier[:end]),
        left_out=tuple(day for day in days if first <= day.on < in_force_on),
        after=tuple(day for day in days if day.on >= in_force_on),
    )


def _rises(early: Sequence[Day], late: Sequence[Day]) -> bool:
    usual, now = total(early), total(late)
    if not usual.base or not now.base:
        return False
    expected = usual.events / usual.base * now.base
    return now.events - expected > 2 * sqrt(max(expected, 1)) and now.events >= 1.5 * expected
