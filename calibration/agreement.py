"""How far SMEs who answered the same cases alone agree, and what a session changed.

Everywhere a table is one row per case with one entry per SME, in the same order in each row:
the answer, or None where there is none. The answers come from the session's fixed list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from calibration.coefficients import (
    Case,
    Coefficient,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    standard_error,
)
from calibration.quantiles import students_t

Table = Sequence[Sequence[Hashable | None]]
FEWEST_CASES, FEWEST_SMES = 10, 3
"""Below either, a coefficient would say more than was seen."""


class State(StrEnum):
    """What may be said about the agreement of a session."""

    MEASURED = "measured"
    TOO_FEW = "too few to say"
    ALL_AGREED = "all agreed"


@dataclass(frozen=True)
class Difference:
    """How much a coefficient grew, with its standard error and 95 % interval."""

    value: float
    error: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Agreement:
    """The agreement of one blind round; the coefficients are None unless it is `measured`.

    `compared` counts the cases with two answers or more, `smes` those who gave any answer.
    """

    state: State
    cases: tuple[Case, ...]
    compared: int
    smes: int
    percent: float | None
    ac1: Coefficient | None
    alpha: float | None


@dataclass(frozen=True)
class Match:
    """How many of an SME's answers, of those to cases with a ruling, were what was ruled."""

    same: int
    answers: int


@dataclass(frozen=True)
class Change:
    """What a second blind round changed.

    `moved` of the `answers` that were given in both rounds are others now. `ac1` is None unless
    both are `measured`.
    """

    first: Agreement
    second: Agreement
    moved: int
    answers: int
    ac1: Difference | None


def agreement(table: Table, answers: Sequence[Hashable]) -> Agreement:
    """Say how far the SMEs of one round agree; `answers` is the session's whole list.

    "all agreed" comes first: no pair differs, so there is nothing to estimate and with one answer
    throughout alpha is 0/0. "too few to say": below 10 compared cases or 3 SMEs.
    Raises ValueError for rows of different length or an answer that is not in the list.
    """
    cases = counted(table, answers)
    compared = [case for case in cases if case.pairs]
    smes = sum(any(given is not None for given in column) for column in zip(*table, strict=True))
    state = State.MEASURED
    if compared and all(case.agreeing == case.pairs for case in compared):
        state = State.ALL_AGREED
    elif len(compared) < FEWEST_CASES or smes < FEWEST_SMES:
        state = State.TOO_FEW
    measured = state is State.MEASURED
    return Agreement(
        state=state,
        cases=cases,
        compared=len(compared),
        smes=smes,
        percent=percent_agreement(cases),
        ac1=gwet_ac1(cases) if measured else None,
        alpha=krippendorff_alpha(cases) if measured else None,
    )


def counted(table: Table, answers: Sequence[Hashable]) -> tuple[Case, ...]:
    """Count the answers to each case; raises ValueError as `agreement` does."""
    if len(set(answers)) != len(answers):
        raise ValueError("An answer stands twice in the list.")
    if len({len(row) for row in table}) > 1:
        raise ValueError("Each case needs one entry per SME.")
    cases = []
    for row in table:
        given = Counter(answer for answer in row if answer is not None)
        if strange := given.keys() - set(answers):
            raise ValueError(f"Not in the list: {sorted(map(str, strange))}")
        cases.append(Case(tuple(given[answer] for answer in answers)))
    return tuple(cases)


def matches(table: Table, rulings: Sequence[Hashable | None]) -> tuple[Match, ...]:
    """Each SME's match with the rulings, in the order of the columns; None: no ruling yet."""
    ruled = [(r, row) for row, r in zip(table, rulings, strict=True) if r is not None]
    columns = zip(*table, strict=True)
    return tuple(
        Match(sum(row[i] == r for r, row in ruled), sum(row[i] is not None for _, row in ruled))
        for i, _ in enumerate(columns)
    )


def change(first: Table, second: Table, answers: Sequence[Hashable]) -> Change:
    """Compare two rounds with the same cases and SMEs in the same order.

    AC1 is compared on the cases that were answered in both rounds, case by case: Gwet (2016),
    "Testing the difference of correlated agreement coefficients for statistical significance",
    Educational and Psychological Measurement 76, 609–637. Raises ValueError as `agreement` does.
    """
    before, after = agreement(first, answers), agreement(second, answers)
    twice = [
        (one, two)
        for row, again in zip(first, second, strict=True)
        for one, two in zip(row, again, strict=True)
        if one is not None and two is not None
    ]
    cases = tuple(zip(before.cases, after.cases, strict=True))
    return Change(
        first=before,
        second=after,
        moved=sum(one != two for one, two in twice),
        answers=len(twice),
        ac1=_paired(cases) if before.ac1 and after.ac1 else None,
    )


def apart(first: Coefficient, second: Coefficient) -> Difference | None:
    """How much AC1 grew between two sessions with cases of their own; None without errors.

    Independent samples: Welch (1947), "The generalization of Student's problem when several
    different population variances are involved", Biometrika 34, 28–35.
    """
    if first.error is None or second.error is None:
        return None
    one, two = first.error**2, second.error**2
    error, freedom = sqrt(one + two), 1.0
    if error:
        freedom = (one + two) ** 2 / (
            one**2 / (len(first.parts) - 1) + two**2 / (len(second.parts) - 1)
        )
    return _difference(second.value - first.value, error, freedom)


def _paired(cases: Sequence[tuple[Case, Case]]) -> Difference | None:
    both = [pair for pair in cases if pair[0].answers and pair[1].answers]
    one, two = gwet_ac1([pair[0] for pair in both]), gwet_ac1([pair[1] for pair in both])
    if one is None or two is None:
        return None
    grown = [later - earlier for earlier, later in zip(one.parts, two.parts, strict=True)]
    value = two.value - one.value
    error = standard_error(grown, value)
    return None if error is None else _difference(value, error, len(grown) - 1)


def _difference(value: float, error: float, freedom: float) -> Difference:
    far = students_t(0.975, freedom) * error
    return Difference(value, error, (max(-2.0, value - far), min(2.0, value + far)))
