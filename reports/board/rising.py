"""Which topics rise tonight: come more often than the shift days before let expect."""

from __future__ import annotations

from functools import lru_cache

from calibration.quantiles import incomplete_beta

DAYS = 28
"""Shift days before tonight that are compared with it, at most; a young log has fewer."""

FEWEST, TIMES, CHANCE = 3, 1.5, 0.01

RULE = (
    "A topic rises when it has at least 3 lines in this shift, half as many again as the same time"
    " of the last 28 shift days had on average, and chance alone would bring so many at most once"
    " in a hundred such looks."
)
SOURCE = (
    "given their sum, lines of this shift and of the days before are binomial: Przyborowski and"
    " Wilenski (1940), Biometrika 31, 313–323"
)


def chance_of(tonight: int, before: int, days: int) -> float:
    """The chance of at least `tonight` lines, were it a shift like the `days` before, from 0 to 1.

    `before` is how many lines the same time of those days had together. Of `tonight + before`
    lines each falls into tonight with 1 / (days + 1), so that few days prove little: a Poisson tail
    around their mean would take that mean for known. SOURCE; the tail is an incomplete beta
    function (Abramowitz and Stegun (1964), 26.5.24). Raises ValueError for what cannot be counted.
    """
    if tonight < 0 or before < 0 or days < 1:
        raise ValueError("Lines are not negative, and there is a day to compare with.")
    return incomplete_beta(1 / (days + 1), tonight, before + 1) if tonight else 1.0


def is_rising(tonight: int, before: int, days: int) -> bool:
    """Whether a topic rises, by RULE; with no day before, none does. Arguments as `chance_of`."""
    if tonight < FEWEST or days < 1 or tonight * days < TIMES * before:
        return False
    return chance_of(tonight, before, days) <= CHANCE


@lru_cache(maxsize=4096)
def most_before(tonight: int, days: int) -> int:
    """The largest `before` with which a topic still rises, -1 if it cannot: where to stop counting.

    It never exceeds `tonight` × `days`, so that what is counted depends on tonight alone.
    """
    if not is_rising(tonight, 0, days):
        return -1
    low, high = 0, int(tonight * days / TIMES)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_rising(tonight, middle, days) else (low, middle - 1)
    return low
