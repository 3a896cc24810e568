"""Control charts: p and Laney's p′ for shares, g for rare events; two rules that signal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import log, sqrt

RUN = 8
"""So many points in a row on one side of the middle are a signal: Western Electric (1956)."""

FEWEST_POINTS = 12
"""Points of the baseline below which there are no limits: Provost and Murray (2011)."""

ROUNDING = 1e-12
"""What two ways of calculating the same figure may differ by."""

MOVING = 1.128
"""The mean distance of two draws from the standard normal, 2 / √π (d2 of two)."""


class Kind(StrEnum):
    """The kind of chart."""

    P = "p chart"
    P_PRIME = "p′ chart"
    G = "g chart"


@dataclass(frozen=True)
class Point:
    """One point; `value` is None without a denominator, `low` and `high` without limits."""

    value: float | None
    low: float | None
    high: float | None
    is_out: bool = False
    in_run: bool = False


@dataclass(frozen=True)
class ControlChart:
    """A chart: `centre` is the mean of the baseline, `middle` what runs are judged by.

    `spread` is how many times wider the limits are than chance alone makes them (p′ only).
    """

    kind: Kind
    centre: float | None
    middle: float | None
    spread: float | None
    points: tuple[Point, ...]

    @property
    def has_limits(self) -> bool:
        """Whether any point has limits."""
        return any(point.high is not None for point in self.points)

    @property
    def out(self) -> tuple[int, ...]:
        """The places, from 0, of the points beyond their limits."""
        return tuple(i for i, point in enumerate(self.points) if point.is_out)

    @property
    def in_run(self) -> tuple[int, ...]:
        """The places, from 0, of the points in a run of eight or more."""
        return tuple(i for i, point in enumerate(self.points) if point.in_run)


Sample = tuple[int, int | None]
"""Events, and out of how many; None or 0: no denominator."""


def p_chart(samples: Sequence[Sample], baseline: Collection[int] | None = None) -> ControlChart:
    """The p chart, limits p̄ ± 3 √(p̄(1 - p̄)/n): NIST/SEMATECH e-Handbook 6.3.3.2.

    `baseline` are the places of the points that p̄ is of; all by default.
    """
    return _shares(Kind.P, samples, baseline)


def p_prime_chart(
    samples: Sequence[Sample], baseline: Collection[int] | None = None
) -> ControlChart:
    """Laney's p′ chart: the limits of the p chart, wider by how much the points really swing.

    By σ_z, the mean moving range of the baseline's z-scores ÷ 1.128: Laney (2002), "Improved
    control charts for attributes", Quality Engineering 14, 531–537. `baseline` as for `p_chart`.
    """
    return _shares(Kind.P_PRIME, samples, baseline)


def g_chart(gaps: Sequence[int], baseline: Collection[int] | None = None) -> ControlChart:
    """The g chart of the days (or calls) between events; a longer gap is a rarer event.

    Limits ḡ ± 3 √(ḡ(ḡ + 1)), the lower one at least 0: Benneyan (2001), Health Care Management
    Science 4, 305–318. Gaps are skewed, so runs are judged by the median, ḡ ln 2 (Provost and
    Murray 2011, The Health Care Data Guide, chapter 7).
    """
    usual = [gap for i, gap in enumerate(gaps) if baseline is None or i in baseline]
    if not usual:
        return ControlChart(Kind.G, None, None, None, tuple(Point(g, None, None) for g in gaps))
    mean = sum(usual) / len(usual)
    low = high = None
    if len(usual) >= FEWEST_POINTS and mean > 0:
        far = 3 * sqrt(mean * (mean + 1))
        low, high = max(0.0, mean - far), mean + far
    return _judged(
        ControlChart(
            kind=Kind.G,
            centre=mean,
            middle=mean * log(2),
            spread=None,
            points=tuple(Point(gap, low, high) for gap in gaps),
        )
    )


def _shares(
    kind: Kind, samples: Sequence[Sample], baseline: Collection[int] | None
) -> ControlChart:
    usual = [
        (events, base)
        for i, (events, base) in enumerate(samples)
        if base and (baseline is None or i in baseline)
    ]
    values = tuple(events / base if base else None for events, base in samples)
    if not usual:
        return ControlChart(kind, None, None, None, tuple(Point(v, None, None) for v in values))
    mean = sum(events for events, _ in usual) / sum(base for _, base in usual)
    spread: float | None = 1.0
    if len(usual) < FEWEST_POINTS or not 0 < mean < 1:
        spread = None
    elif kind is Kind.P_PRIME:
        spread = _spread(usual, mean)
    points = []
    for value, (_, base) in zip(values, samples, strict=True):
        low = high = None
        if base and spread is not None:
            far = 3 * spread * sqrt(mean * (1 - mean) / base)
            low, high = max(0.0, mean - far), min(1.0, mean + far)
        points.append(Point(value, low, high))
    return _judged(ControlChart(kind, mean, mean, spread, tuple(points)))


def _spread(usual: Sequence[tuple[int, int]], mean: float) -> float:
    scores = [(events / base - mean) / sqrt(mean * (1 - mean) / base) for events, base in usual]
    moves = [abs(later - earlier) for earlier, later in pairwise(scores)]
    return sum(moves) / len(moves) / MOVING


def _judged(chart: ControlChart) -> ControlChart:
    """Mark the points beyond the limits and those in runs; a point on the middle is in neither."""
    runs = _runs([point.value for point in chart.points], chart.middle)
    points = (
        replace(point, is_out=_beyond(point), in_run=place in runs)
        for place, point in enumerate(chart.points)
    )
    return replace(chart, points=tuple(points))


def _beyond(point: Point) -> bool:
    if point.value is None or point.low is None or point.high is None:
        return False
    return point.value < point.low - ROUNDING or point.value > point.high + ROUNDING


def _runs(values: Sequence[float | None], middle: float | None) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    side = 0
    for place, value in enumerate(values):
        if value is None or middle is None or abs(value - middle) < ROUNDING:
            continue
        now = 1 if value > middle else -1
        run = [*run, place] if now == side else [place]
        side = now
        if len(run) >= RUN:
            found.update(run)
    return found
