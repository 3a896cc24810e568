"""No published figure goes unasserted; what defines the intervals and limits, for any counts."""

import json
from hashlib import sha256
from itertools import pairwise
from math import comb, sqrt
from operator import itemgetter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calibration.effect import controlchart
from calibration.effect.controlchart import p_chart, p_prime_chart
from calibration.effect.ratio import rate_ratio
from calibration.tests.published import EXAMPLES, FILE, is_as_published
from escalations.numbers.wilson import Z, wilson

QUICK = settings(deadline=None, max_examples=60, derandomize=True)
GIVEN = {"source", "raters", "categories", "counts", "cross", "events", "exposure", "x", "n"}
ASSERTED = {
    "test_agreement.py": {
        "percent_agreement",
        "gwet_ac1",
        "gwet_ac1_se",
        "gwet_ac1_ci95",
        "krippendorff_alpha_nominal",
        "fleiss_kappa",
    },
    "test_effect_figures.py": {
        *("ratio", "ci95_exact"),
        *("ci95", "p_bar", "lcl", "ucl", "out_of_control_samples"),
    },
}
"""The figures, by the module whose tests compare each example's own with what comes out."""

DIGEST = "0ab81ed54714d5f02ae36532c8a80e4d7f23c2e6ffb1d70e1bd4f994dbbf1cfe"


def test_every_figure_of_the_published_examples_is_asserted_somewhere():
    lists = [examples for examples in EXAMPLES.values() if isinstance(examples, list)]
    figures = {name for examples in lists for one in examples for name in one} - GIVEN
    assert figures == set().union(*ASSERTED.values())
    for module, names in ASSERTED.items():
        text = FILE.parents[1].joinpath(module).read_text()
        assert [name for name in names if f'"{name}"' not in text] == []
    assert "all agreed" in EXAMPLES["agreement_edge_cases"]


def test_the_published_examples_are_still_as_they_were_copied():
    said = json.dumps(json.loads(FILE.read_text()), sort_keys=True)
    assert sha256(said.encode()).hexdigest() == DIGEST


def test_a_figure_is_as_published_to_all_its_digits_only():
    (example,) = EXAMPLES["rate_ratio"]
    assert is_as_published(1.9714880952, example["ratio"])
    assert not is_as_published(1.9714894, example["ratio"])
    assert not is_as_published(1.97149, example["ratio"])


@QUICK
@given(st.integers(0, 400), st.integers(0, 400))
def test_the_ends_of_wilsons_interval_are_the_shares_just_not_rejected(count, rest):
    assume(count + rest)
    of = count + rest
    for end in wilson(count, of):
        far = abs(count / of - end)
        assert far == pytest.approx(Z * sqrt(end * (1 - end) / of), abs=1e-9)


@QUICK
@given(st.integers(0, 399), st.integers(1, 400))
def test_one_more_moves_both_ends_of_wilsons_interval_up(count, rest):
    of = count + rest
    fewer, more = wilson(count, of), wilson(count + 1, of)
    assert fewer[0] < more[0]
    assert fewer[1] < more[1]


def at_least(events, of, chance):
    """The chance of so many or more out of `of`, term by term."""
    terms = (comb(of, n) * chance**n * (1 - chance) ** (of - n) for n in range(events, of + 1))
    return sum(terms)


@QUICK
@given(st.integers(0, 40), st.integers(1, 900), st.integers(0, 40), st.integers(1, 900))
def test_the_ends_of_a_rate_ratio_are_where_the_binomial_tails_are_2_5_percent(
    after, late, before, early
):
    assume(after + before)
    ratio, of = rate_ratio(after, late, before, early), after + before
    if after:
        chance = ratio.low * late / (ratio.low * late + early)
        assert at_least(after, of, chance) == pytest.approx(0.025, abs=1e-6)
    if before:
        chance = ratio.high * late / (ratio.high * late + early)
        assert 1 - at_least(after + 1, of, chance) == pytest.approx(0.025, abs=1e-6)


SAMPLES = st.lists(st.tuples(st.integers(0, 30), st.integers(30, 900)), min_size=12, max_size=40)


@QUICK
@given(SAMPLES)
def test_limits_are_wider_for_fewer_calls(samples):
    for chart in (p_chart(samples), p_prime_chart(samples)):
        assume(chart.has_limits)
        by_base = sorted(
            zip((base for _, base in samples), chart.points, strict=True), key=itemgetter(0)
        )
        for (_, fewer), (_, more) in pairwise(by_base):
            assert fewer.low <= more.low
            assert fewer.high >= more.high


@QUICK
@given(SAMPLES)
def test_laneys_chart_is_the_p_chart_where_the_points_swing_as_chance_lets_them(samples):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(controlchart, "_spread", lambda usual, mean: 1.0)
        assert p_prime_chart(samples).points == p_chart(samples).points


def test_one_row_no_row_and_no_calls_have_no_limits_and_no_error():
    for samples in ([], [(0, 0)], [(3, None)], [(1, 1)], [(0, 0)] * 40):
        for chart in (p_chart(samples), p_prime_chart(samples)):
            assert not chart.has_limits
            assert (chart.out, chart.in_run) == ((), ())
    assert p_chart([(1, 1)]).points[0].value == 1
    assert wilson(0, 1)[0] == 0
    assert wilson(1, 1)[1] == 1
    assert rate_ratio(0, 0, 0, 0) is None
