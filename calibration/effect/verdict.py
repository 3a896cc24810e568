"""The plain verdict on a best practice, from a fixed list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from calibration.effect.baseline import FEWEST as FEWEST_BEFORE
from calibration.effect.baseline import WEEK
from calibration.effect.days import Count
from calibration.effect.ratio import Ratio, rate_ratio, would_be_less

FEWEST_AFTER = 14
"""Days in force before anything is said: two of each weekday."""

LONGEST = 364
"""Days in force after which a topic that still tells nothing comes too rarely."""


class Finding(StrEnum):
    """Everything that may be said, in the words it is said in."""

    FEWER = "fewer than before"
    MORE = "more than before"
    NO_DIFFERENCE = "no difference to be seen"
    SO_DID_ALL = "changed, but so did everything else"
    TOO_EARLY = "too early to tell"
    TOO_RARE = "comes too rarely to tell"
    NOTHING_BEFORE = "nothing to compare with"
    TOO_SHORT = "ended too soon to tell"
    """In place of "too early" where no later day can say more; said by who knows that it ended."""


@dataclass(frozen=True)
class Verdict:
    """What was found; `ask_again_on` goes with "too early to tell" alone."""

    finding: Finding
    ask_again_on: date | None = None

    def __str__(self) -> str:
        """In words, the date as YYYY-MM-DD; a page that writes dates its way has both fields."""
        if self.ask_again_on is None:
            return str(self.finding)
        return f"{self.finding}, ask again on {self.ask_again_on}"


def verdict(
    before: Count,
    after: Count,
    *,
    since: date,
    until: date,
    swing: float,
    others: Ratio | None,
    against_others: Ratio | None,
) -> Verdict:
    """Judge the days from `since` to `until`, both shift days and included.

    Changed: the interval, as much wider as the days swing, leaves out 1. So did everything else:
    the others changed the same way, and the topic not tellingly more than they. No difference is
    only said when half as many, or fewer, would have shown; until then it is too early, to be
    asked again on the day when it would, and too rare when that is more than a year away.
    """
    if before.days < FEWEST_BEFORE or not before.events:
        return Verdict(Finding.NOTHING_BEFORE)
    judged = rate_ratio(after.events, after.base, before.events, before.base, swing=swing)
    if judged is None or after.days < FEWEST_AFTER:
        return _later(before, after, since, until, swing)
    if judged.is_less or judged.is_more:
        if _so_did_all(judged, others, against_others):
            return Verdict(Finding.SO_DID_ALL)
        return Verdict(Finding.FEWER if judged.is_less else Finding.MORE)
    if half_would_show(before, after.base, swing):
        return Verdict(Finding.NO_DIFFERENCE)
    return _later(before, after, since, until, swing)


def half_would_show(before: Count, base: float, swing: float) -> bool:
    """Whether half as many events as before, on so much of the base, would be told from chance."""
    half = before.events / before.base * base / 2
    return would_be_less(half, base, before.events, before.base, swing=swing)


def _so_did_all(judged: Ratio, others: Ratio | None, against_others: Ratio | None) -> bool:
    if others is None or against_others is None:
        return False
    if judged.is_less:
        return others.is_less and not against_others.is_less
    return others.is_more and not against_others.is_more


def _later(before: Count, after: Count, since: date, until: date, swing: float) -> Verdict:
    """When to ask again, at the pace of calls so far: after whole weeks, from tomorrow on."""
    pace = after.base / ((until - since).days + 1) if after.base and until >= since else 0.0
    pace = pace or before.base / (before.days + before.without)
    days = range(FEWEST_AFTER, LONGEST + 1, WEEK)
    days = days[bisect_right(days, (until - since).days + 1) :]
    place = bisect_left(days, True, key=lambda n: half_would_show(before, pace * n, swing))  # noqa: FBT003
    if place == len(days):
        return Verdict(Finding.TOO_RARE)
    return Verdict(Finding.TOO_EARLY, since + timedelta(days=days[place]))
