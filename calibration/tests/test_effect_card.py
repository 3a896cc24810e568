"""Whether a best practice worked: what a captain is told on floors made for it."""

from datetime import date, timedelta
from random import Random

import pytest

from calibration.effect.baseline import spells
from calibration.effect.card import Per, card
from calibration.effect.days import Day, total
from calibration.effect.ratio import swing
from calibration.effect.steps import Unit
from calibration.effect.verdict import Finding

START = date(2026, 1, 1)
PREPARED, IN_FORCE = START + timedelta(days=113), START + timedelta(days=120)


def nights(*spells_of, calls=800, seed=1):
    """Shift days from the start: (how many, escalations per 1,000 calls) each, as chance has it."""
    chance, found = Random(seed), []
    for length, rate in spells_of:
        for _ in range(length):
            taken = round(calls * chance.uniform(0.8, 1.2)) if calls else None
            trials = taken or 800
            events = sum(chance.random() < rate / 1000 for _ in range(trials))
            found.append(Day(START + timedelta(days=len(found)), events, taken))
    return found


def judged(days, untouched=(), per=Per.CALLS):
    return card(
        days,
        per=per,
        triggered_on=PREPARED,
        in_force_on=IN_FORCE,
        until=days[-1].on if days else IN_FORCE,
        untouched=untouched,
    )


def test_half_as_many_afterwards_is_fewer():
    seen = judged(nights((120, 4), (60, 2)))
    assert str(seen.verdict) == "fewer than before"
    assert seen.ratio.low < seen.ratio.value < seen.ratio.high < 1
    assert seen.judged.high >= seen.ratio.high
    assert seen.before.per_thousand == pytest.approx(4, rel=0.15)
    assert (seen.others, seen.series) == (None, None)


def test_twice_as_many_afterwards_is_more():
    assert judged(nights((120, 4), (60, 8))).verdict.finding is Finding.MORE


def test_as_many_as_before_is_no_difference_once_half_would_have_shown():
    assert judged(nights((120, 4), (60, 4))).verdict.finding is Finding.NO_DIFFERENCE


def test_the_first_two_weeks_are_too_early_and_the_day_to_ask_is_said():
    days = nights((120, 4), (10, 0))
    seen = judged(days)
    assert str(seen.verdict) == "too early to tell, ask again on 2026-05-15"
    assert seen.verdict.ask_again_on == IN_FORCE + timedelta(days=14)
    assert judged(days[:120]).verdict.finding is Finding.TOO_EARLY


def test_a_rare_topic_is_asked_again_later_and_never_before_tomorrow():
    days = nights((120, 0.5), (10, 0.5))
    again = judged(days).verdict.ask_again_on
    assert again > IN_FORCE + timedelta(days=28)
    once = [Day(START + timedelta(days=n), int(n == 50), 800) for n in range(140)]
    assert judged(once).verdict.finding is Finding.TOO_RARE
    late = nights((120, 0.5), (300, 0.5), calls=None)
    for length in (130, 134, 135, 200, 419):
        seen = judged(
            [Day(d.on, d.events, 800 if d.on < IN_FORCE else None) for d in late[:length]]
        )
        assert (seen.verdict.ask_again_on or date.max) > late[length - 1].on + timedelta(days=1)


def test_nothing_before_is_nothing_to_compare_with():
    for days in ([], nights((1, 4)), nights((120, 0), (60, 4)), nights((120, 4), (9, 4))[100:]):
        assert judged(days).verdict.finding is Finding.NOTHING_BEFORE
    unknown = judged(nights((120, 4), (60, 2), calls=None))
    assert (unknown.verdict.finding, unknown.ratio) == (Finding.NOTHING_BEFORE, None)
    assert (unknown.before.without, unknown.before.rate, unknown.before.per_thousand) == (
        *(len(unknown.spells.before), None, None),
    )


def test_when_the_other_topics_fell_as_well_so_did_everything_else():
    days = nights((120, 4), (60, 2))
    fell, same = nights((120, 40), (60, 21), seed=2), nights((120, 40), (60, 40), seed=3)
    assert judged(days, fell).verdict.finding is Finding.SO_DID_ALL
    assert judged(days, same).verdict.finding is Finding.FEWER
    assert judged(days, same).others.against.is_less
    much_more = judged(nights((120, 4), (60, 0.4)), fell)
    assert much_more.verdict.finding is Finding.FEWER
    rose = nights((120, 40), (60, 80), seed=4)
    assert judged(nights((120, 4), (60, 8)), rose).verdict.finding is Finding.SO_DID_ALL


def test_shares_have_no_topics_beside_them():
    days = nights((120, 40), (60, 20))
    seen = judged(days, untouched=days, per=Per.ALL)
    assert (seen.others, seen.verdict.finding) == (None, Finding.FEWER)


def test_the_spike_that_triggered_the_session_is_no_usual_time():
    days = nights((92, 4), (28, 14), (60, 4))
    seen = judged(days)
    assert seen.verdict.finding is Finding.NO_DIFFERENCE
    assert seen.before.per_thousand == pytest.approx(4, rel=0.15)
    assert seen.spells.before[-1].on < START + timedelta(days=93)
    assert seen.spells.left_out[-1].on == IN_FORCE - timedelta(days=1)
    every = (*seen.spells.before, *seen.spells.left_out, *seen.spells.after)
    assert list(every) == days


def test_four_weeks_before_stay_whatever_rose():
    days = nights((85, 1), (35, 20))
    parted = spells(days[80:], triggered_on=PREPARED, in_force_on=IN_FORCE)
    assert len(parted.before) == 33 - 7
    parted = spells(days[60:], triggered_on=PREPARED, in_force_on=IN_FORCE)
    assert len(parted.before) >= 28
    quiet = [Day(d.on, d.events, None) for d in days]
    assert len(spells(quiet, triggered_on=PREPARED, in_force_on=IN_FORCE).before) == 113 - 7


def test_days_that_swing_widely_widen_what_is_judged_by():
    wild = [
        Day(d.on, d.events * (1 + 5 * (i % 6 == 0)), d.base)
        for i, d in enumerate(nights((120, 4), (60, 3)))
    ]
    seen = judged(wild)
    assert seen.swing > 2
    assert seen.judged.high - seen.judged.low > 1.3 * (seen.ratio.high - seen.ratio.low)
    assert swing(wild[:3]) == swing([]) == 1  # too few days to tell


def test_the_chart_follows_how_often_the_topic_comes():
    often, weekly, rare = (judged(nights((120, r), (60, r / 2))).steps for r in (20, 3, 0.4))
    assert (often.unit, weekly.unit, rare.unit) == (Unit.DAY, Unit.WEEK, Unit.GAP)
    assert often.starts[often.since] == weekly.starts[weekly.since] == IN_FORCE
    assert all((start - IN_FORCE).days % 7 == 0 for start in weekly.starts)
    assert rare.starts[rare.since] >= IN_FORCE
    assert len(often.starts) == len(often.chart.points) == 180
    assert often.chart.centre == pytest.approx(0.02, rel=0.1)
    some = judged(nights((50, 3), (70, 3), (20, 3))[60:]).steps
    assert some.unit is Unit.DAY  # too few weeks before
    assert judged([]).steps.chart.points == ()


def test_a_topic_that_stopped_has_a_gap_that_still_grows():
    steps = judged(nights((120, 0.5), (60, 0))).steps
    assert steps.is_open
    assert steps.chart.points[-1].value > 60
    assert len(steps.chart.points) - 1 in steps.chart.out


def test_twelve_weeks_on_both_sides_give_an_interrupted_series():
    seen = judged(nights((120, 40), (84, 20)))
    assert seen.series.level.value == pytest.approx(0.5, rel=0.15)
    assert judged(nights((120, 6), (83, 3))).series is None


def test_totals_leave_out_days_without_a_denominator():
    assert total([]).rate is None
    days = [Day(START, 3, 100), Day(START, 5, None), Day(START, 7, 0)]
    count = total(days)
    assert (count.events, count.base, count.days, count.without) == (3, 100, 1, 2)
    assert (count.rate, count.per_thousand) == (0.03, 30)
