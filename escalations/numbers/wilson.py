"""The interval of a share: Wilson's score interval."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)


def wilson(count: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of count / of, both from 0 to 1.

    None where there is no share: nothing to divide by ("no denominator"), or more than there were.
    Raises ValueError for a negative number. Wilson (1927), Journal of the American Statistical
    Association 22, 209–212; method 3 of Newcombe (1998), Statistics in Medicine 17, 857–872.
    """
    if count < 0 or of < 0:
        raise ValueError("Counts are not negative.")
    if not of or count > of:
        return None
    share, square = count / of, Z * Z
    middle = share + square / (2 * of)
    far = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    low = 0.0 if not count else max(0.0, (middle - far) / whole)
    high = 1.0 if count == of else min(1.0, (middle + far) / whole)
    return low, high
