"""The card of one best practice: everything that can be said about whether it worked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from calibration.effect.baseline import Spells, spells
from calibration.effect.days import Count, Day, total
from calibration.effect.interrupted import Interrupted, interrupted
from calibration.effect.ratio import Ratio, against, rate_ratio, swing
from calibration.effect.steps import Steps, moments, steps
from calibration.effect.verdict import Verdict, verdict


class Per(StrEnum):
    """What escalations are divided by."""

    CALLS = "per 1,000 calls handled"
    ALL = "of all escalations, as there are no call volumes"


@dataclass(frozen=True)
class Others:
    """The untouched topics beside it: their escalations before and after, and their ratio."""

    before: Count
    after: Count
    ratio: Ratio | None
    against: Ratio | None


@dataclass(frozen=True)
class Card:
    """The figures of a card; `ratio` is exact, `judged` as much wider as the days swing.

    A list of verdicts needs neither `steps` nor `series`: they are worked out when asked for.

    `swing` is 1 when the days differ as chance lets them; `series` is None without twelve weeks on
    both sides, `others` without untouched topics or with shares, where they must mirror the topic.
    """

    per: Per
    spells: Spells
    before: Count
    after: Count
    ratio: Ratio | None
    swing: float
    judged: Ratio | None
    others: Others | None
    verdict: Verdict
    in_force_on: date

    @cached_property
    def steps(self) -> Steps:
        """The points of the control chart."""
        return steps(self.spells, self.in_force_on)

    @cached_property
    def series(self) -> Interrupted | None:
        """The interrupted time series by week."""
        return interrupted(moments(self.spells, self.in_force_on))


def card(
    days: Sequence[Day],
    *,
    per: Per,
    triggered_on: date,
    in_force_on: date,
    until: date,
    untouched: Sequence[Day] = (),
) -> Card:
    """Judge a best practice by its topic's shift days, oldest first, without gaps up to `until`.

    `triggered_on` is the shift day on which the session was prepared, or the letter written, that
    led to it; `until` the last whole shift day it was in force. `untouched` are the days of topics
    that no best practice touched in this time, with the same base.
    """
    parted = spells(
        [day for day in days if day.on <= until], triggered_on=triggered_on, in_force_on=in_force_on
    )
    before, after = total(parted.before), total(parted.after)
    wide = swing(parted.before, parted.after)
    beside = _others(parted, untouched, wide) if per is Per.CALLS else None
    return Card(
        per=per,
        spells=parted,
        before=before,
        after=after,
        ratio=rate_ratio(after.events, after.base, before.events, before.base),
        swing=wide,
        judged=rate_ratio(after.events, after.base, before.events, before.base, swing=wide),
        others=beside,
        verdict=verdict(
            before,
            after,
            since=in_force_on,
            until=until,
            swing=wide,
            others=beside.ratio if beside else None,
            against_others=beside.against if beside else None,
        ),
        in_force_on=in_force_on,
    )


def _others(parted: Spells, untouched: Sequence[Day], wide: float) -> Others | None:
    """The untouched topics on the very days that are compared."""
    if not untouched:
        return None
    early, late = ({day.on for day in spell} for spell in (parted.before, parted.after))
    before = [day for day in untouched if day.on in early]
    after = [day for day in untouched if day.on in late]
    own_before, own_after = total(parted.before), total(parted.after)
    one, two, theirs = total(before), total(after), swing(before, after)
    return Others(
        before=one,
        after=two,
        ratio=rate_ratio(two.events, two.base, one.events, one.base, swing=theirs),
        against=against(
            (own_after.events, own_after.base, own_before.events, own_before.base),
            (two.events, two.base, one.events, one.base),
            own_swing=wide,
            others_swing=theirs,
        ),
    )
