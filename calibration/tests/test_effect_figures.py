"""Intervals, ratios, control charts and the interrupted series: published figures, any figures."""

import json
from math import inf, isclose, log, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.effect.controlchart import Kind, g_chart, p_chart, p_prime_chart
from calibration.effect.interrupted import Moment, interrupted
from calibration.effect.ratio import against, rate_ratio, would_be_less
from calibration.quantiles import students_t
from calibration.tests.published import EXAMPLES, is_as_published
from escalations.numbers.wilson import wilson

QUICK = settings(deadline=None, max_examples=60, derandomize=True)
SICILY = Path(__file__).with_name("data") / "sicily.json"
EVENTS, BASES = st.integers(0, 400), st.integers(1, 50_000)


@pytest.mark.parametrize("example", EXAMPLES["wilson"], ids=lambda e: f"{e['x']}of{e['n']}")
def test_wilsons_interval_is_newcombes(example):
    ends = wilson(example["x"], example["n"])
    assert all(map(is_as_published, ends, example["ci95"]))


@pytest.mark.parametrize("example", EXAMPLES["rate_ratio"], ids=["poisson.test"])
def test_the_rate_ratio_is_rs(example):
    (after, before), (late, early) = example["events"], example["exposure"]
    ratio = rate_ratio(after, late, before, early)
    assert is_as_published(ratio.value, example["ratio"])
    assert all(map(is_as_published, (ratio.low, ratio.high), example["ci95_exact"]))


@pytest.mark.parametrize("example", EXAMPLES["control_chart"], ids=["nist"])
def test_the_control_chart_is_nists(example):
    chart = p_chart([(count, example["n"]) for count in example["counts"]])
    assert is_as_published(chart.centre, example["p_bar"])
    assert {point.low for point in chart.points} == {chart.points[0].low}
    assert is_as_published(chart.points[0].low, example["lcl"])
    assert is_as_published(chart.points[0].high, example["ucl"])
    assert [place + 1 for place in chart.out] == example["out_of_control_samples"]


def test_the_interrupted_series_is_the_tutorials_and_another_solvers():
    given_ = json.loads(SICILY.read_text())
    events, bases = np.array(given_["events"], float), np.array(given_["exposure"])
    time = np.arange(1, len(events) + 1)
    after = time >= given_["first_after"]
    found = interrupted(list(map(Moment, time.tolist(), events, bases.tolist(), after.tolist())))
    assert round(found.level.value, 3) == given_["ratio"]
    rows = np.column_stack([np.ones(len(time)), time, after])
    rate = np.log(events / bases)
    for _ in range(20):  # iteratively reweighted least squares, by an orthogonal factor
        means = bases * np.exp(rate)
        root = np.sqrt(means)
        target = rate + (events - means) / means
        guess = np.linalg.lstsq(rows * root[:, None], target * root, rcond=None)[0]
        rate = rows @ guess
    means = bases * np.exp(rate)
    dispersion = ((events - means) ** 2 / means).sum() / (len(events) - 3)
    error = np.sqrt(dispersion * np.linalg.inv(rows.T @ (rows * means[:, None]))[2, 2])
    assert found.level.value == pytest.approx(np.exp(guess[2]), rel=1e-7)
    assert found.trend == pytest.approx(np.exp(guess[1]), rel=1e-7)
    assert found.dispersion == pytest.approx(dispersion, rel=1e-6)
    assert found.error == pytest.approx(error, rel=1e-6)
    far = students_t(0.975, 56) * error
    assert found.level.high == pytest.approx(np.exp(guess[2] + far), rel=1e-6)
    assert found.fitted == pytest.approx(np.exp(rate), rel=1e-6)
    assert found.fitted[-1] / found.expected[-1] == pytest.approx(found.level.value)
    assert found.fitted[0] == found.expected[0]


def test_nothing_to_divide_by_is_no_figure():
    assert wilson(0, 0) is wilson(3, 0) is wilson(5, 4) is None
    assert wilson(1, 1)[1] == 1
    with pytest.raises(ValueError, match="negative"):
        wilson(-1, 4)
    assert rate_ratio(0, 10, 0, 10) is rate_ratio(3, 0, 3, 10) is rate_ratio(3, 10, 3, 0) is None
    assert against((1, 10, 1, 10), (1, 0, 1, 10)) is against((1, 9, 1, 9), (0, 9, 0, 9)) is None


def test_one_event_and_none_before_have_one_bound_only():
    none_after, none_before = rate_ratio(0, 10, 1, 10), rate_ratio(1, 10, 0, 10)
    assert (none_after.value, none_after.low) == (0, 0)
    assert none_after.high == pytest.approx(39)  # 0.975 / 0.025
    assert (none_before.value, none_before.high) == (None, None)
    assert none_before.low == pytest.approx(1 / 39)
    assert not none_before.is_less
    assert not none_before.is_more


@QUICK
@given(EVENTS, st.integers(1, 400))
def test_wilsons_interval_holds_the_share_and_turns_round_with_it(count, more):
    of = count + more
    low, high = wilson(count, of)
    assert 0 <= low <= count / of <= high <= 1
    assert wilson(of - count, of) == (pytest.approx(1 - high), pytest.approx(1 - low))
    wider = wilson(count * 4, of * 4)
    assert wider[1] - wider[0] < high - low


@QUICK
@given(EVENTS, BASES, st.integers(1, 400), BASES, st.floats(1, 9))
def test_a_rate_ratio_turns_round_scales_and_widens(after, late, before, early, wide):
    ratio = rate_ratio(after, late, before, early)
    assert ratio.low <= ratio.value <= ratio.high
    scaled = rate_ratio(after, late * 7, before, early)
    assert scaled.high == pytest.approx(ratio.high / 7)
    wider = rate_ratio(after, late, before, early, swing=wide)
    assert wider.value == ratio.value
    assert wider.low <= ratio.low * (1 + 1e-9)
    assert wider.high >= ratio.high * (1 - 1e-9)
    if after:
        turned = rate_ratio(before, early, after, late)
        assert turned.low == pytest.approx(1 / ratio.high, rel=1e-6)
        assert turned.value == pytest.approx(1 / ratio.value)


@QUICK
@given(st.integers(0, 60), st.integers(1, 900), st.integers(0, 60), st.integers(1, 900))
def test_whether_a_ratio_would_be_less_is_what_its_interval_says(after, late, before, early):
    ratio = rate_ratio(after, late, before, early, swing=1.5)
    told = would_be_less(after, late, before, early, swing=1.5)
    assert told == bool(ratio and ratio.is_less)


@QUICK
@given(EVENTS, EVENTS, EVENTS, EVENTS)
def test_against_others_that_changed_alike_nothing_is_left(a, b, c, d):
    if not (a + b and c + d):
        return
    alike = against((a, 10, b, 10), (a, 10, b, 10))
    if a + b:
        assert alike.value == pytest.approx(1)
        assert alike.low <= 1 <= alike.high
    found, turned = (
        against((a, 10, b, 10), (c, 10, d, 10)),
        against((c, 10, d, 10), (a, 10, b, 10)),
    )
    assert found.value == pytest.approx(1 / turned.value)
    assert found.low == pytest.approx(1 / turned.high)


SAMPLES = st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(30, 900)), max_size=40)


@QUICK
@given(SAMPLES, st.booleans())
def test_limits_hold_the_centre_and_stay_shares(samples, half):
    baseline = range(len(samples) // 2) if half else None
    for chart in (p_chart(samples, baseline), p_prime_chart(samples, baseline)):
        assert len(chart.points) == len(samples)
        for (_, base), point in zip(samples, chart.points, strict=True):
            assert (point.value is None) == (not base)
            assert (point.low is None) == (point.high is None)
            if point.low is not None:
                assert 0 <= point.low <= chart.centre <= point.high <= 1
            assert not (point.is_out and point.low is None)


def test_laneys_limits_are_the_p_charts_times_the_spread():
    samples = [(40 + 9 * (-1) ** i, 1000 + i) for i in range(20)]
    plain, prime = p_chart(samples), p_prime_chart(samples)
    assert (plain.kind, prime.kind, plain.spread) == (Kind.P, Kind.P_PRIME, 1)
    for one, other in zip(plain.points, prime.points, strict=True):
        assert other.high - prime.centre == pytest.approx(prime.spread * (one.high - plain.centre))
    # z-scores 9 over √(1000 p (1 - p)) up and down: each move is twice that
    p = plain.centre
    assert prime.spread == pytest.approx(18 / sqrt(1010 * p * (1 - p)) / 1.128, rel=0.02)


def test_limits_of_the_baseline_do_not_follow_what_came_after():
    usual, later = [(20, 1000), (30, 1000)] * 8, [(90, 1000)] * 9
    chart = p_prime_chart([*usual, *later], range(16))
    assert chart.centre == pytest.approx(0.025)
    assert chart.out == tuple(range(16, 25))
    assert chart.in_run == tuple(range(15, 25))  # the last of the baseline was above, too


def test_few_equal_or_no_points_give_no_false_signals():
    assert p_chart([]).points == g_chart([]).points == ()
    one = p_prime_chart([(3, 100)])
    assert (one.points[0].value, one.has_limits, one.out) == (0.03, False, ())
    assert not p_chart([(0, 0), (0, None)] * 20).has_limits
    assert not p_chart([(0, 100)] * 20).has_limits  # 0 ± 0 would call every event a signal
    same = p_prime_chart([(30, 900)] * 30)
    assert (same.out, same.in_run) == ((), ())
    assert not g_chart([0] * 30).has_limits


def test_the_g_chart_is_benneyans():
    gaps = [4, 0, 7, 2, 9, 1, 3, 6, 0, 5, 8, 3]
    chart = g_chart([*gaps, 40], range(12))
    assert chart.centre == 4
    assert chart.middle == pytest.approx(4 * log(2))
    assert chart.points[0].high == pytest.approx(4 + 3 * sqrt(20))
    assert (chart.points[0].low, chart.out) == (0, (12,))


@QUICK
@given(st.lists(st.integers(0, 60), max_size=40))
def test_g_limits_are_not_negative_and_hold_the_mean(gaps):
    chart = g_chart(gaps)
    for point in chart.points:
        if point.high is not None:
            assert 0 <= point.low <= chart.centre <= point.high < inf


def weeks(before, after, level=1.0, trend=1.0):
    for n in range(-before, after):
        rate = 20 * trend**n * (level if n >= 0 else 1)
        yield Moment(n, round(rate), 1000, n >= 0)


def test_twelve_points_on_both_sides_or_nothing():
    assert interrupted(list(weeks(12, 11))) is interrupted(list(weeks(11, 12))) is None
    assert interrupted([]) is None
    assert interrupted(list(weeks(12, 12, level=0))) is None
    assert interrupted(list(weeks(12, 12))).level.value == pytest.approx(1)
    gaps = [*weeks(12, 12), Moment(12, 0, 0, is_after=True)]
    assert len(interrupted(gaps).fitted) == 25


@QUICK
@given(st.floats(0.3, 3), st.floats(0.97, 1.03))
def test_a_level_change_is_told_from_a_trend(level, trend):
    found = interrupted(list(weeks(26, 26, level, trend)))
    assert isclose(found.level.value, level, rel_tol=0.15)
    assert isclose(found.trend, trend, rel_tol=0.01)
    assert found.level.low <= found.level.value <= found.level.high
