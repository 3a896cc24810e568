"""How far SMEs agree: the published figures, and what holds for any answers."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.agreement import State, agreement, apart, change, counted, matches
from calibration.coefficients import (
    Case,
    Coefficient,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from calibration.quantiles import beta, incomplete_beta, normal, students_t
from calibration.tests.kappa import fleiss_kappa
from calibration.tests.published import EXAMPLES, is_as_published

WAYS = ["hold", "explain", "offer", "exception", "transfer", "forward"]
QUICK = settings(deadline=None, max_examples=60, derandomize=True)


def cases_of(example) -> list[Case]:
    if "raters" in example:
        return list(counted(list(zip(*example["raters"], strict=True)), example["categories"]))
    if "counts" in example:
        return [Case(tuple(row)) for row in example["counts"]]
    cross = example["cross"]
    pairs = [(i, j) for i in (0, 1) for j in (0, 1) for _ in range(cross[i][j])]
    return list(counted(pairs, (0, 1)))


@pytest.mark.parametrize("example", EXAMPLES["agreement"], ids=lambda e: e["source"][:30])
def test_every_published_figure_comes_out_to_the_digits_given(example):
    cases = cases_of(example)
    ac1 = gwet_ac1(cases)
    ours = {
        "percent_agreement": percent_agreement(cases),
        "gwet_ac1": ac1.value,
        "gwet_ac1_se": ac1.error,
        "krippendorff_alpha_nominal": krippendorff_alpha(cases),
        "fleiss_kappa": fleiss_kappa(cases),
    }
    named = [name for name in ours if name in example]
    assert named
    for name in named:
        assert is_as_published(ours[name], example[name]), name
    for end, published in zip(ac1.interval, example.get("gwet_ac1_ci95", ()), strict=False):
        assert is_as_published(end, published)


def test_all_agreed_on_one_answer_is_said_and_no_error():
    for cases, smes in ((1, 2), (4, 5), (12, 3)):
        said = agreement([["explain"] * smes] * cases, WAYS)
        assert (said.state, said.percent, said.ac1, said.alpha) == ("all agreed", 1.0, None, None)
    cases = counted([["explain"] * 3] * 12, ["explain"])
    assert krippendorff_alpha(cases) is gwet_ac1(cases) is fleiss_kappa(cases) is None


def test_all_agreed_is_also_said_when_the_cases_differ():
    assert agreement([[way] * 3 for way in WAYS * 2], WAYS).state is State.ALL_AGREED


def test_too_few_is_said_below_ten_cases_or_three_smes():
    split = ["hold", "hold", "explain"]
    assert agreement([split] * 10, WAYS).state is State.MEASURED
    assert agreement([split] * 9, WAYS).state is State.TOO_FEW
    assert agreement([["hold", "explain"]] * 10, WAYS).state is State.TOO_FEW
    assert agreement([[*split[1:], None]] * 10, WAYS).state is State.TOO_FEW
    alone = [["hold", None, None]]
    assert agreement([split] * 9 + alone, WAYS).state is State.TOO_FEW
    for nothing in ([], [[]], [[None, None]], alone):
        said = agreement(nothing, WAYS)
        assert (said.state, said.percent, said.ac1, said.compared) == (
            "too few to say",
            None,
            None,
            0,
        )


def test_the_list_is_the_sessions_whole_list_not_only_what_was_used():
    cases = [["hold", "hold", "explain"]] * 10
    assert agreement(cases, WAYS).ac1.value > agreement(cases, WAYS[:2]).ac1.value


def test_an_answer_outside_the_list_and_ragged_rows_are_refused():
    for table, answers in (([["sing"]], WAYS), ([["hold"], []], WAYS), ([["hold"]], ["hold"] * 2)):
        with pytest.raises(ValueError, match=r"list|entry"):
            agreement(table, answers)


def test_one_case_has_no_standard_error():
    one = gwet_ac1(counted([["hold", "hold", "explain"]], WAYS))
    assert one.error is None
    assert one.interval is None
    assert apart(one, one) is None


def test_an_smes_match_counts_only_ruled_cases_that_the_sme_answered():
    table = [["hold", "explain", None], ["hold", None, None], ["offer", "offer", "hold"]]
    ada, ben, cy = matches(table, ["hold", "hold", None])
    assert (ada.same, ada.answers) == (2, 2)
    assert (ben.same, ben.answers) == (0, 1)
    assert (cy.same, cy.answers) == (0, 0)
    assert matches([], []) == ()


def test_a_second_round_shows_what_moved_and_how_much_ac1_grew():
    first = [["hold", "explain", "offer"], ["hold", "hold", "explain"]] * 6
    second = [["hold", "hold", None], ["hold", "hold", "hold"]] * 5 + first[-2:]
    seen = change(first, second, WAYS)
    assert (seen.moved, seen.answers) == (10, 31)
    assert [case.pairwise for case in seen.first.cases[:2]] == [0.0, pytest.approx(1 / 3)]
    assert [case.pairwise for case in seen.second.cases[:2]] == [1.0, 1.0]
    low, high = seen.ac1.interval
    assert 0 < low < seen.ac1.value < high
    assert seen.ac1.value == pytest.approx(seen.second.ac1.value - seen.first.ac1.value)
    assert change(first, [[*row[:2], None] for row in first], WAYS).ac1 is None


def test_no_change_is_a_difference_of_nothing():
    first = [["hold", "explain", "offer"], ["hold", "hold", "explain"]] * 6
    none = change(first, first, WAYS)
    assert (none.moved, none.ac1.value, none.ac1.interval) == (0, 0.0, (0.0, 0.0))


def test_two_sessions_with_cases_of_their_own_are_further_apart_than_two_rounds():
    ac1 = gwet_ac1(counted([["hold", "hold", "explain"], ["hold", "hold", "hold"]] * 6, WAYS))
    low, high = apart(ac1, ac1).interval
    assert low == pytest.approx(-high)
    assert high == pytest.approx(students_t(0.975, 22) * 2**0.5 * ac1.error)  # equal: Student's
    assert apart(Coefficient(1, 0, (1, 1), (1, 1)), Coefficient(1, 0, (1, 1), (1, 1))).error == 0


@st.composite
def tables(draw, fewest_cases=1, fewest_smes=1):
    width = draw(st.integers(fewest_smes, 6))
    answer = st.none() | st.sampled_from(WAYS[:4])
    row = st.lists(answer, min_size=width, max_size=width)
    height = draw(st.integers(fewest_cases, 14))
    return draw(st.lists(row, min_size=height, max_size=height))


def near(one, other):
    """Equal but for the last digits, which depend on the order of adding up."""
    return (one is other) or one == pytest.approx(other, abs=1e-9)


def same(one, other):
    ends = [(a.ac1.value, a.ac1.error, *a.ac1.interval) if a.ac1 else None for a in (one, other)]
    return (
        (one.state, one.compared, one.smes) == (other.state, other.compared, other.smes)
        and near(one.percent, other.percent)
        and near(one.alpha, other.alpha)
        and near(*ends)
    )


@QUICK
@given(tables(fewest_cases=8, fewest_smes=2), st.randoms())
def test_the_order_of_smes_cases_and_list_and_the_names_do_not_matter(table, chance):
    whole = agreement(table, WAYS)
    order = chance.sample(range(len(table[0])), len(table[0]))
    turned = [[row[i] for i in order] for row in chance.sample(table, len(table))]
    assert same(whole, agreement(turned, chance.sample(WAYS, len(WAYS))))
    numbers = {way: number for number, way in enumerate(WAYS)}
    renamed = [[numbers.get(way) for way in row] for row in table]
    assert same(whole, agreement(renamed, range(len(WAYS))))


@QUICK
@given(tables())
def test_somebody_or_a_case_without_any_answer_changes_nothing(table):
    whole = agreement(table, WAYS)
    assert same(whole, agreement([[*row, None] for row in table], WAYS))
    assert same(whole, agreement([*table, [None] * len(table[0])], WAYS))


@QUICK
@given(tables())
def test_what_is_counted_is_what_the_pairs_say_one_by_one(table):
    shares, differing, weight = [], 0.0, 0.0
    for row in table:
        pairs = list(combinations([way for way in row if way is not None], 2))
        if pairs:
            shares.append(sum(a == b for a, b in pairs) / len(pairs))
            answers = sum(way is not None for way in row)
            differing += 2 * sum(a != b for a, b in pairs) / (answers - 1)
            weight += answers
    cases = counted(table, WAYS)
    assert near(percent_agreement(cases), sum(shares) / len(shares) if shares else None)
    pooled = [way for row in table if sum(w is not None for w in row) > 1 for way in row if way]
    apart_by_chance = sum(a != b for a, b in combinations(pooled, 2)) * 2
    if apart_by_chance:
        expected = apart_by_chance / (weight - 1)
        assert near(krippendorff_alpha(cases), 1 - differing / expected)
    else:
        assert krippendorff_alpha(cases) is None


@QUICK
@given(tables())
def test_coefficients_stay_within_their_bounds_and_their_interval(table):
    cases = counted(table, WAYS)
    ac1, alpha = gwet_ac1(cases), krippendorff_alpha(cases)
    assert alpha is None or alpha <= 1 + 1e-12
    if ac1 is None:
        assert not any(case.pairs for case in cases)
        return
    assert -1 <= ac1.value <= 1
    assert near(sum(ac1.parts) / len(ac1.parts), ac1.value)
    if ac1.interval:
        assert -1 <= ac1.interval[0] <= ac1.value + 1e-12
        assert ac1.value - 1e-12 <= ac1.interval[1] <= 1


@QUICK
@given(tables(), st.randoms())
def test_agreeing_more_never_lowers_the_share_of_agreeing_pairs(table, chance):
    row = chance.randrange(len(table))
    united = [list(r) for r in table]
    united[row] = [None if way is None else "hold" for way in table[row]]
    one, other = (percent_agreement(counted(t, WAYS)) for t in (table, united))
    assert (one is other is None) or other >= one - 1e-12


def test_quantiles_are_the_tables():
    """Abramowitz and Stegun (1964), tables 26.10 and 26.1; closed forms for beta."""
    assert students_t(0.975, 11) == pytest.approx(2.200985, abs=5e-7)
    assert students_t(0.975, 1) == pytest.approx(12.706205, abs=5e-7)
    assert students_t(0.025, 30) == pytest.approx(-2.042272, abs=5e-7)
    assert students_t(0.5, 7) == pytest.approx(0, abs=1e-6)
    assert students_t(0.975, 1e7) == pytest.approx(normal(0.975), abs=1e-6)
    assert incomplete_beta(0.3, 2, 3) == pytest.approx(0.3483, abs=1e-12)
    assert beta(0.9, 1, 4) == pytest.approx(1 - 0.1**0.25, abs=1e-12)
    assert (incomplete_beta(0, 2, 3), incomplete_beta(1, 2, 3)) == (0, 1)


@QUICK
@given(st.floats(0.001, 0.999), st.floats(0.2, 5000), st.floats(0.2, 5000))
def test_a_beta_quantile_has_its_share_below(share, a, b):
    x = beta(share, a, b)
    assert incomplete_beta(x, a, b) == pytest.approx(share, abs=1e-6)
