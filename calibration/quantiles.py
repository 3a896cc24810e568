"""Quantiles of the normal, Student's t and beta distributions, without a library for them."""

from __future__ import annotations

from math import exp, lgamma, log, log1p
from statistics import NormalDist

TINY = 1e-300
MOST_TERMS = 100_000


def normal(share: float) -> float:
    """The value below which `share` (between 0 and 1) of the standard normal lies."""
    return NormalDist().inv_cdf(share)


def students_t(share: float, freedom: float) -> float:
    """The value below which `share` (between 0 and 1) of Student's t lies; `freedom` above 0.

    By the beta distribution: Abramowitz and Stegun (1964), 26.7.1.
    """
    if share < 0.5:
        return -students_t(1 - share, freedom)
    rest = beta(2 * (1 - share), freedom / 2, 0.5)
    return (freedom * (1 - rest) / rest) ** 0.5 if rest > 0 else float("inf")


def beta(share: float, a: float, b: float) -> float:
    """The value below which `share` (between 0 and 1) of the beta distribution lies; a, b > 0.

    By Newton's steps, and by halving where they would leave the bracket or come too slowly:
    Press and others (2007), Numerical Recipes, 9.4. A tenth of the time of halving alone.
    """
    low, high, x, moved = 0.0, 1.0, a / (a + b), 1.0
    for _ in range(300):
        far, slope = incomplete_beta(x, a, b) - share, _density(x, a, b)
        low, high = (x, high) if far < 0 else (low, x)
        after = x - far / slope if slope > 0 else -1.0
        if not low < after < high or abs(after - x) > moved / 2:
            after = (low + high) / 2
        moved = abs(after - x)
        x = after
        if moved <= 1e-13 * x or high - low <= 1e-14 * high:
            break
    return x


def _density(x: float, a: float, b: float) -> float:
    """How steeply `incomplete_beta` rises at `x`; 0 at its ends."""
    if not 0 < x < 1:
        return 0.0
    front = lgamma(a + b) - lgamma(a) - lgamma(b)
    return exp(min(700.0, front + (a - 1) * log(x) + (b - 1) * log1p(-x)))


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The share of the beta distribution with `a`, `b` above 0 that lies below `x`, from 0 to 1.

    A continued fraction, DLMF 8.17.22, from the side on which it converges fast.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    return exp(front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """1 / (1 + d1 / (1 + d2 / …)) by Lentz's method, ends when nothing changes any more."""
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or TINY)
    value = d
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / ((1 + term * d) or TINY)
            c = (1 + term / c) or TINY
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value
