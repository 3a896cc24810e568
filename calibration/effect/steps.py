"""The points of a card's control chart: by shift day, by week, or the days between events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from calibration.effect.baseline import WEEK, Spells
from calibration.effect.controlchart import (
    FEWEST_POINTS,
    ControlChart,
    Sample,
    g_chart,
    p_prime_chart,
)
from calibration.effect.days import Day, total
from calibration.effect.interrupted import Moment

ENOUGH = 5
"""Events a point should have on average for the limits of a share to hold: NIST 6.3.3.2."""


class Unit(StrEnum):
    """What one point of the chart is."""

    DAY = "shift day"
    WEEK = "week"
    GAP = "days between escalations"


@dataclass(frozen=True)
class Steps:
    """The chart with what its points are: `starts` has the first shift day of each.

    `since` is the place of the first point in force, None while there is none. `counts` are the
    escalations and the base of each point. A gap has none: it stands at the escalation that ended
    it; the last, when `is_open`, has not ended yet.
    """

    unit: Unit
    starts: tuple[date, ...]
    since: int | None
    is_open: bool
    chart: ControlChart
    counts: tuple[Sample, ...] = ()


def steps(parted: Spells, in_force_on: date) -> Steps:
    """Choose the chart: p′ by day or week where points are large enough, g where they are not."""
    before = total(parted.before)
    each = before.events / before.days if before.days else 0.0
    weeks = len(parted.before) // WEEK
    if each >= ENOUGH or not before.events:
        return _by_share(parted, in_force_on, Unit.DAY)
    if each * WEEK >= ENOUGH and weeks >= FEWEST_POINTS:
        return _by_share(parted, in_force_on, Unit.WEEK)
    if each >= 1:
        return _by_share(parted, in_force_on, Unit.DAY)
    return _by_gap(parted, in_force_on)


def moments(parted: Spells, in_force_on: date) -> list[Moment]:
    """The whole weeks before and after as points of a time series, counted in weeks."""
    found = []
    for start, week in _weeks([*parted.before, *parted.after], in_force_on):
        count = total(week)
        at = (start - in_force_on).days / WEEK
        found.append(Moment(at, count.events, count.base, start >= in_force_on))
    return found


def _by_share(parted: Spells, in_force_on: date, unit: Unit) -> Steps:
    every = [*parted.before, *parted.left_out, *parted.after]
    groups = [(day.on, [day]) for day in every]
    if unit is Unit.WEEK:
        groups = _weeks(every, in_force_on)
    usual = {day.on for day in parted.before}
    counts = [total(group) for _, group in groups]
    baseline = [i for i, (_, group) in enumerate(groups) if all(day.on in usual for day in group)]
    starts = tuple(start for start, _ in groups)
    samples: list[Sample] = [(count.events, count.base) for count in counts]
    return Steps(
        unit=unit,
        starts=starts,
        since=_since(starts, in_force_on),
        is_open=False,
        chart=p_prime_chart(samples, baseline),
        counts=tuple(samples),
    )


def _weeks(days: Sequence[Day], in_force_on: date) -> list[tuple[date, list[Day]]]:
    """Seven days each, counted from the day in force both ways; incomplete ones are left out."""
    found: dict[int, list[Day]] = {}
    for day in days:
        found.setdefault((day.on - in_force_on).days // WEEK, []).append(day)
    return [
        (in_force_on + timedelta(days=WEEK * week), group)
        for week, group in sorted(found.items())
        if len(group) == WEEK
    ]


def _by_gap(parted: Spells, in_force_on: date) -> Steps:
    every = [*parted.before, *parted.left_out, *parted.after]
    usual = {day.on for day in parted.before}
    gaps, ends, baseline = [], [], []
    last: date | None = None
    for day in every:
        for number in range(day.events):
            if last is not None:
                gaps.append((day.on - last).days if not number else 0)
                ends.append(day.on)
                if day.on in usual and last in usual:
                    baseline.append(len(gaps) - 1)
            last = day.on
    is_open = last is not None and every[-1].on > last
    if last is not None and is_open:
        gaps.append((every[-1].on - last).days)
        ends.append(every[-1].on)
    starts = tuple(ends)
    return Steps(
        unit=Unit.GAP,
        starts=starts,
        since=_since(starts, in_force_on),
        is_open=is_open,
        chart=g_chart(gaps, baseline),
    )


def _since(starts: Sequence[date], in_force_on: date) -> int | None:
    return next((i for i, start in enumerate(starts) if start >= in_force_on), None)
