"""How much more or less often: ratios of two rates with their 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from calibration import quantiles
from calibration.effect.days import Day, total

Z = quantiles.normal(0.975)
FEWEST_SWINGS = 8
"""Degrees of freedom below which days tell too little about how much they swing."""


@dataclass(frozen=True)
class Ratio:
    """A ratio of rates, after ÷ before, from 0; None as `value` and `high`: without bound."""

    value: float | None
    low: float
    high: float | None

    @property
    def is_less(self) -> bool:
        """Whether the whole interval is below 1."""
        return self.high is not None and self.high < 1

    @property
    def is_more(self) -> bool:
        """Whether the whole interval is above 1."""
        return self.low > 1


def rate_ratio(
    after: float, after_base: float, before: float, before_base: float, *, swing: float = 1.0
) -> Ratio | None:
    """The exact ratio of two Poisson rates; None where it is 0/0 or a denominator is missing.

    Given their sum, the events after are binomial; its exact interval is Clopper and Pearson's:
    Przyborowski and Wilenski (1940), Biometrika 31, 313–323; R's poisson.test. `swing` above 1
    makes the interval wider, as if there were so many times fewer events (quasi-likelihood:
    McCullagh and Nelder (1989), Generalized Linear Models, chapter 9).
    """
    if after_base <= 0 or before_base <= 0 or after + before <= 0:
        return None
    scale = before_base / after_base
    one, two = after / swing, before / swing
    low = quantiles.beta(0.025, one, two + 1) if one else 0.0
    high = quantiles.beta(0.975, one + 1, two) if two else 1.0
    return Ratio(
        value=after / before * scale if before else None,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale if high < 1 else None,
    )


def would_be_less(
    after: float, after_base: float, before: float, before_base: float, *, swing: float = 1.0
) -> bool:
    """Whether `rate_ratio` of the same would lie below 1 whole, found without its ends."""
    if after_base <= 0 or before_base <= 0 or before <= 0:
        return False
    even = after_base / (after_base + before_base)
    return quantiles.incomplete_beta(even, after / swing + 1, before / swing) > 0.975


def swing(*spells: Sequence[Day]) -> float:
    """How much more days swing around the rate of their spell than chance lets them; at least 1.

    Pearson's chi-squared by its degrees of freedom: McCullagh and Nelder (1989), 4.5.2.
    """
    far, freedom = 0.0, 0
    for spell in spells:
        count = total(spell)
        if not count.events:
            continue
        freedom += count.days - 1
        for day in spell:
            if day.base:
                expected = count.events * day.base / count.base
                far += (day.events - expected) ** 2 / expected
    return max(1.0, far / freedom) if freedom >= FEWEST_SWINGS else 1.0


def against(
    own: tuple[float, float, float, float],
    others: tuple[float, float, float, float],
    *,
    own_swing: float = 1.0,
    others_swing: float = 1.0,
) -> Ratio | None:
    """The topic's ratio ÷ the others' ratio; each is (after, its base, before, its base).

    On the log scale: Altman and Bland (2003), "Interaction revisited", BMJ 326, 219; with a half
    added to each count where one is 0 (Haldane 1956). None where a denominator is missing or one
    of the groups has no event.
    """
    if min(own[1], own[3], others[1], others[3]) <= 0:
        return None
    if not (own[0] + own[2] and others[0] + others[2]):
        return None
    add = 0.0 if min(own[0], own[2], others[0], others[2]) > 0 else 0.5
    value, variance = 0.0, 0.0
    for sign, group, wide in ((1, own, own_swing), (-1, others, others_swing)):
        after, after_base, before, before_base = group
        value += sign * log((after + add) / after_base * before_base / (before + add))
        variance += wide * (1 / (after + add) + 1 / (before + add))
    far = Z * sqrt(variance)
    return Ratio(exp(value), exp(value - far), exp(value + far))
