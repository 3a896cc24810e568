"""The interrupted time series: whether the level changed at a date, apart from the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from calibration import quantiles
from calibration.effect.ratio import Ratio

FEWEST_POINTS = 12
"""Points needed on each side."""

ROUNDS = 50
Vector = list[float]
Matrix = list[Vector]


@dataclass(frozen=True)
class Moment:
    """One point in time: how often, out of how many, and whether the change was in force."""

    at: float
    events: int
    base: int | float
    is_after: bool


@dataclass(frozen=True)
class Interrupted:
    """The fitted series.

    `level` is the rate after ÷ what the trend let expect, with its 95 % interval; `error` the
    standard error of its logarithm; `trend` the ratio from one unit of time to the next;
    `dispersion` the swing of the points, 1 being chance. `fitted` and `expected` (without the
    change) are rates per unit of the base, one per moment.
    """

    level: Ratio
    error: float
    trend: float
    dispersion: float
    fitted: tuple[float, ...]
    expected: tuple[float, ...]


def interrupted(moments: Sequence[Moment]) -> Interrupted | None:
    """Fit log(rate) = level + trend · time + change · after; None where that cannot be done.

    That is with fewer than 12 points with a denominator, or no event, on either side. Quasi-
    Poisson, the dispersion by Pearson's chi-squared, the interval by t: Lopez Bernal, Cummins and
    Gasparrini (2017), "Interrupted time series regression for the evaluation of public health
    interventions: a tutorial", International Journal of Epidemiology 46, 348–355, its model 2.
    """
    based = [moment for moment in moments if moment.base > 0]
    for side in (True, False):
        own = [moment for moment in based if moment.is_after is side]
        if len(own) < FEWEST_POINTS or not sum(moment.events for moment in own):
            return None
    middle = sum(moment.at for moment in based) / len(based)
    rows = [[1.0, moment.at - middle, float(moment.is_after)] for moment in based]
    found = _fit(rows, based)
    if found is None:
        return None
    guess, covered = found
    means = [m.base * exp(_dot(row, guess)) for row, m in zip(rows, based, strict=True)]
    freedom = len(based) - len(guess)
    far = sum((m.events - mean) ** 2 / mean for m, mean in zip(based, means, strict=True))
    dispersion = far / freedom
    error = sqrt(dispersion * covered[2][2])
    reach = quantiles.students_t(0.975, freedom) * error
    without = [guess[0] + guess[1] * (moment.at - middle) for moment in moments]
    return Interrupted(
        level=Ratio(exp(guess[2]), exp(guess[2] - reach), exp(guess[2] + reach)),
        error=error,
        trend=exp(guess[1]),
        dispersion=dispersion,
        fitted=tuple(exp(w + guess[2] * m.is_after) for w, m in zip(without, moments, strict=True)),
        expected=tuple(exp(w) for w in without),
    )


def _fit(rows: Matrix, moments: Sequence[Moment]) -> tuple[Vector, Matrix] | None:
    """The coefficients and the inverse of the information, by Fisher scoring; None: no end found.

    McCullagh and Nelder (1989), Generalized Linear Models, 2.5. Three columns are too few to ask
    numpy, which costs a process 25 MiB.
    """
    events, base = sum(m.events for m in moments), sum(m.base for m in moments)
    guess = [log(events / base), 0.0, 0.0]
    for _ in range(ROUNDS):
        means = [m.base * exp(_dot(row, guess)) for row, m in zip(rows, moments, strict=True)]
        information = [
            [sum(u * row[i] * row[j] for row, u in zip(rows, means, strict=True)) for j in range(3)]
            for i in range(3)
        ]
        covered = _inverse(information)
        if covered is None:
            return None
        slope = [
            sum((m.events - u) * row[i] for row, u, m in zip(rows, means, moments, strict=True))
            for i in range(3)
        ]
        step = [_dot(row, slope) for row in covered]
        guess = [one + max(-5.0, min(5.0, move)) for one, move in zip(guess, step, strict=True)]
        if max(abs(move) for move in step) < 1e-10:
            return guess, covered
    return None


def _dot(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _inverse(matrix: Matrix) -> Matrix | None:
    """By Gauss and Jordan, the largest element first; None for a singular one."""
    size = len(matrix)
    work = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        best = max(range(i, size), key=lambda k: abs(work[k][i]))
        work[i], work[best] = work[best], work[i]
        if abs(work[i][i]) < 1e-12 * max(1.0, abs(matrix[i][i])):
            return None
        work[i] = [value / work[i][i] for value in work[i]]
        for k in range(size):
            if k != i:
                times = work[k][i]
                work[k] = [a - times * b for a, b in zip(work[k], work[i], strict=True)]
    return [row[size:] for row in work]
