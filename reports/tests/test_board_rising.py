"""When a topic rises: as many as chance would hardly bring, and not before."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.board.rising import (
    CHANCE,
    DAYS,
    FEWEST,
    RULE,
    TIMES,
    chance_of,
    is_rising,
    most_before,
)

counts, days = st.integers(0, 60), st.integers(1, DAYS)


def added_up(tonight, before, days):
    """The binomial tail, term by term."""
    share, both = 1 / (days + 1), tonight + before
    terms = range(tonight, both + 1)
    return sum(comb(both, n) * share**n * (1 - share) ** (both - n) for n in terms)


@given(counts, counts, days)
def test_the_chance_is_the_binomial_tail(tonight, before, days):
    assert chance_of(tonight, before, days) == pytest.approx(added_up(tonight, before, days))


@given(st.integers(1, 400), days)
def test_counting_may_stop_where_nothing_rises_any_more(tonight, days):
    most = most_before(tonight, days)
    assert most == -1 or is_rising(tonight, most, days)
    assert not is_rising(tonight, most + 1, days)
    assert most <= tonight * days


@pytest.mark.parametrize(
    ("tonight", "before", "days", "rises"),
    [
        (2, 0, 28, False),  # two are never enough
        (3, 0, 28, True),  # a new topic on an old log
        (3, 9, 28, True),
        (3, 28, 28, False),  # one a night, three tonight: once in thirteen nights
        (5, 28, 28, True),
        (600, 15_260, 28, False),  # beyond chance, but a tenth more is no news
        (900, 15_260, 28, True),
        (3, 0, 1, False),  # one day proves little
        (7, 0, 1, True),
        (30, 0, 0, False),  # the first night ever
    ],
)
def test_what_rises(tonight, before, days, rises):
    assert is_rising(tonight, before, days) is rises


def test_it_is_said_as_it_is_counted():
    assert f"at least {FEWEST} lines" in RULE
    assert f"last {DAYS} shift days" in RULE
    assert "half as many again" in RULE
    assert TIMES == 1.5
    assert "once in a hundred" in RULE
    assert CHANCE == 0.01


@pytest.mark.parametrize("said", [(-1, 0, 1), (0, -1, 1), (0, 0, 0)])
def test_what_cannot_be_counted_is_refused(said):
    with pytest.raises(ValueError, match="not negative"):
        chance_of(*said)
