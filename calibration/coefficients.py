"""Coefficients of agreement between people who answered the same cases, some answers missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from calibration.quantiles import students_t


@dataclass(frozen=True)
class Case:
    """The answers to one case: how many for each of the list, in its order; the agreeing pairs."""

    counts: tuple[int, ...]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def pairs(self) -> int:
        """How many pairs of SMEs answered this case."""
        return self.answers * (self.answers - 1) // 2

    @property
    def agreeing(self) -> int:
        """How many of these pairs gave the same answer."""
        return sum(count * (count - 1) // 2 for count in self.counts)

    @property
    def pairwise(self) -> float | None:
        """The share of agreeing pairs, 0 to 1; None with fewer than two answers."""
        return self.agreeing / self.pairs if self.pairs else None


@dataclass(frozen=True)
class Coefficient:
    """A coefficient (at most 1) with its standard error and 95 % interval.

    Both are None with fewer than two cases. `parts` is each case's linearised share of the
    coefficient; their mean is the coefficient, their spread its standard error.
    """

    value: float
    error: float | None
    interval: tuple[float, float] | None
    parts: tuple[float, ...]


def percent_agreement(cases: Sequence[Case]) -> float | None:
    """The mean over cases of the share of agreeing pairs, 0 to 1; None without a pair.

    p_a in Gwet (2008), "Computing inter-rater reliability and its variance in the presence of
    high agreement", British Journal of Mathematical and Statistical Psychology 61, 29–48.
    """
    return _mean([case.pairwise for case in cases if case.pairwise is not None])


def gwet_ac1(cases: Sequence[Case]) -> Coefficient | None:
    """Gwet's AC1 = (p_a - p_e) / (1 - p_e); None without a pair or with a list of one answer.

    p_e = Σ π(1 - π) / (q - 1), where π is an answer's mean share in the cases and q the length of
    the whole list. The variance is by linearisation with missing answers, the interval by t with
    n - 1 degrees of freedom: Gwet (2008) as above; Gwet (2014), Handbook of Inter-Rater
    Reliability, 4th edition, chapter 5. The sampling is over cases, the SMEs are who they are.
    """
    rated = [case for case in cases if case.answers]
    seen, agreed = sum(case.pairs > 0 for case in rated), percent_agreement(rated)
    if agreed is None or len(rated[0].counts) < 2:
        return None
    shares, n, others = _shares(rated), len(rated), len(rated[0].counts) - 1
    chance = sum(share * (1 - share) for share in shares) / others
    value = (agreed - chance) / (1 - chance)
    parts = []
    for case in rated:
        own = 0.0 if case.pairwise is None else n / seen * (case.pairwise - chance) / (1 - chance)
        by_chance = sum(c * (1 - s) for c, s in zip(case.counts, shares, strict=True))
        by_chance /= case.answers * others
        parts.append(own - 2 * (1 - value) * (by_chance - chance) / (1 - chance))
    error = standard_error(parts, value)
    return Coefficient(value, error, _interval(value, error, n - 1, 1.0), tuple(parts))


def krippendorff_alpha(cases: Sequence[Case]) -> float | None:
    """Krippendorff's alpha for nominal answers, 1 - D_o / D_e; None where it is 0/0.

    Only answers that have another one beside them count. Krippendorff (2011), "Computing
    Krippendorff's Alpha-Reliability", section C.
    """
    pairable = [case for case in cases if case.pairs]
    totals = [sum(column) for column in zip(*(case.counts for case in pairable), strict=True)]
    n = sum(totals)
    expected = n * n - sum(total * total for total in totals)
    if not expected:
        return None
    differing = [2 * (case.pairs - case.agreeing) / (case.answers - 1) for case in pairable]
    return 1 - (n - 1) * sum(differing) / expected


def standard_error(parts: Sequence[float], mean: float) -> float | None:
    """The standard error of the mean of `parts`; None with fewer than two."""
    n = len(parts)
    return sqrt(sum((part - mean) ** 2 for part in parts) / (n * (n - 1))) if n > 1 else None


def _shares(rated: Sequence[Case]) -> list[float]:
    """Each answer's mean share in the cases that have answers."""
    columns = zip(*([c / case.answers for c in case.counts] for case in rated), strict=True)
    return [sum(column) / len(rated) for column in columns]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _interval(
    value: float, error: float | None, freedom: int, most: float
) -> tuple[float, float] | None:
    if error is None:
        return None
    far = students_t(0.975, freedom) * error
    return max(-most, value - far), min(most, value + far)
