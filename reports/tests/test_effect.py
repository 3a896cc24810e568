"""Did it work: from lines and calls in the database to what a captain is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from calibration.effect.card import Per
from calibration.effect.verdict import Finding
from calibration.models import BestPractice
from escalations.models import Escalation, ForwardedItem, Forwarding, Topic
from people.models import Membership
from reports.effect.cards import Effect, due_to_ask, effects
from reports.tests.effectfloor import (
    ONE_DAY,
    TODAY,
    ago,
    answer,
    handled,
    logged,
    steadily,
    topic_of,
)


@pytest.fixture
def fees(cora: Membership) -> Topic:
    return topic_of(cora, "Late fee")


@pytest.fixture
def boxes(cora: Membership) -> Topic:
    return topic_of(cora, "Modem rental")


def told(practice: BestPractice, today: date = TODAY) -> Effect:
    """What is known of a practice; those of a list say the same."""
    (found,) = effects([practice], practice.program, today=today)
    return found


def finding(practice: BestPractice) -> Finding | None:
    verdict = told(practice).verdict
    return verdict.finding if verdict else None


def floor(by: Membership, topic: Topic, before: int, after: int, *, since: int = 30) -> None:
    """Two months of a topic before, and the days since, with 800 calls in each."""
    logged(by, topic, steadily(since + 60, since + 1, before) | steadily(since, 1, after))
    handled(by.program, since + 60, 1)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (4, 1, Finding.FEWER),
        (2, 6, Finding.MORE),
        (6, 6, Finding.NO_DIFFERENCE),
        (0, 3, Finding.NOTHING_BEFORE),
    ],
)
def test_each_finding_comes_from_rows(
    cora: Membership, fees: Topic, before: int, after: int, expected: Finding
) -> None:
    floor(cora, fees, before, after)
    found = told(answer(cora, fees, 30))
    assert found.verdict
    assert found.verdict.finding is expected
    assert found.card
    assert found.card.per is Per.CALLS
    assert (found.card.before.days, found.card.after.days) == (53, 30)
    assert (found.card.before.events, found.card.after.events) == (53 * before, 30 * after)


def test_what_changed_as_all_topics_did_says_so(
    cora: Membership, fees: Topic, boxes: Topic
) -> None:
    floor(cora, fees, 6, 2)
    logged(cora, boxes, steadily(90, 31, 9) | steadily(30, 1, 3))
    found = told(answer(cora, fees, 30))
    assert found.verdict
    assert found.verdict.finding is Finding.SO_DID_ALL
    assert [(one.topic, one.before, one.after) for one in found.beside] == [(boxes, 53 * 9, 30 * 3)]


def test_a_topic_that_got_an_answer_meanwhile_is_not_untouched(
    cora: Membership, fees: Topic, boxes: Topic
) -> None:
    floor(cora, fees, 6, 2)
    logged(cora, boxes, steadily(90, 31, 9) | steadily(30, 1, 3))
    answer(cora, boxes, 12)
    found = told(answer(cora, fees, 30))
    assert found.beside == []
    assert found.verdict
    assert found.verdict.finding is Finding.FEWER


def test_the_first_days_are_too_early_and_the_day_to_ask_is_said(
    cora: Membership, fees: Topic
) -> None:
    floor(cora, fees, 4, 1, since=5)
    found = told(answer(cora, fees, 5))
    assert found.verdict
    assert found.verdict.finding is Finding.TOO_EARLY
    assert found.verdict.ask_again_on == ago(5) + 14 * ONE_DAY


def test_on_its_first_day_there_is_no_whole_day_yet(cora: Membership, fees: Topic) -> None:
    floor(cora, fees, 4, 1, since=1)
    found = told(answer(cora, fees, 0))
    assert found.card
    assert found.card.after.days == 0
    assert found.verdict
    assert found.verdict.ask_again_on == TODAY + 14 * ONE_DAY


def test_a_topic_that_comes_twice_a_year_comes_too_rarely(cora: Membership, fees: Topic) -> None:
    logged(cora, fees, {ago(80): 1, ago(100): 1})
    handled(cora.program, 200, 1)
    assert finding(answer(cora, fees, 20)) is Finding.TOO_RARE


def test_what_ended_soon_is_never_asked_again(cora: Membership, fees: Topic) -> None:
    floor(cora, fees, 4, 1, since=20)
    at = cora.program.shift_hours(ago(12))[3]
    found = told(answer(cora, fees, 20, state="retired", effective_until=at))
    assert found.card
    assert found.card.after.days == 8
    assert str(found.verdict) == "ended too soon to tell"


def test_without_volumes_it_is_shares_and_the_others_do_not_count(
    cora: Membership, fees: Topic, boxes: Topic
) -> None:
    logged(cora, fees, steadily(90, 31, 6) | steadily(30, 1, 2))
    logged(cora, boxes, steadily(90, 31, 14) | steadily(30, 1, 18))
    found = told(answer(cora, fees, 30))
    assert found.card
    assert found.card.per is Per.ALL
    assert found.card.before.rate == pytest.approx(0.3)
    assert found.card.after.rate == pytest.approx(0.1)
    assert (found.card.others, found.beside) == (None, [])
    assert finding(found.practice) is Finding.FEWER


@pytest.mark.parametrize(("volumes", "per"), [((64, 16), Per.ALL), ((65, 15), Per.CALLS)])
def test_calls_are_taken_with_four_weeks_before_and_half_of_the_days_since(
    cora: Membership, fees: Topic, volumes: tuple[int, int], per: Per
) -> None:
    logged(cora, fees, steadily(90, 1, 4))
    handled(cora.program, *volumes)
    found = told(answer(cora, fees, 30))
    assert found.card
    assert found.card.per is per


def test_a_young_floor_with_volumes_on_all_days_goes_by_calls(
    cora: Membership, fees: Topic
) -> None:
    logged(cora, fees, steadily(40, 1, 4))
    handled(cora.program, 40, 1)
    found = told(answer(cora, fees, 20))
    assert found.card
    assert found.card.per is Per.CALLS
    assert str(found.verdict) == "nothing to compare with"


def test_only_lines_in_hours_with_a_volume_count_per_call(cora: Membership, fees: Topic) -> None:
    floor(cora, fees, 4, 1)
    logged(cora, fees, steadily(90, 1, 2), hour=5)
    logged(cora, fees, steadily(90, 1, 1), status="void", void_reason="twice")
    found = told(answer(cora, fees, 30))
    assert found.card
    assert (found.card.before.events, found.card.after.events) == (53 * 4, 30)


def test_the_days_before_the_session_that_rose_are_left_out(cora: Membership, fees: Topic) -> None:
    logged(cora, fees, steadily(90, 45, 3) | steadily(44, 31, 12) | steadily(30, 1, 3))
    handled(cora.program, 90, 1)
    line = Escalation.objects.first()
    letter = Forwarding.objects.create(
        program=cora.program,
        key="0" * 32,
        number=7,
        subject="Fees",
        written_by=cora.user,
        written_at=cora.program.shift_hours(ago(34))[1],
    )
    item = ForwardedItem.objects.create(
        forwarding=letter, escalation=line, position=1, round=1, concern="Fees"
    )
    found = told(answer(cora, fees, 30, item=item))
    assert found.card
    assert found.span
    assert found.span.triggered_on == ago(34)
    left_out = found.card.spells.left_out
    assert (left_out[0].on, left_out[-1].on) == (ago(48), ago(31))
    assert found.card.before.per_thousand == pytest.approx(1000 * 3 / 800)


def test_lines_of_a_merged_topic_are_its_own(cora: Membership, fees: Topic, boxes: Topic) -> None:
    floor(cora, boxes, 4, 1)
    earlier = answer(cora, boxes, 60)
    practice = answer(cora, fees, 30)
    fees.merged_into = boxes
    fees.save()
    found = told(practice)
    assert found.topic == boxes
    assert found.card
    assert found.card.after.events == 30
    assert found.earlier == (earlier,)
    boxes.withdrawn_at = cora.program.shift_bounds(TODAY)[0]
    boxes.save()
    assert told(practice).because.startswith("Its topic was taken back")


def test_nights_that_nobody_grouped_yet_do_not_look_like_success(
    cora: Membership, fees: Topic, boxes: Topic
) -> None:
    floor(cora, fees, 5, 0, since=20)
    logged(cora, fees, steadily(20, 4, 5))
    logged(cora, boxes, steadily(80, 4, 5))
    logged(cora, None, steadily(80, 4, 1) | steadily(3, 1, 10))
    found = told(answer(cora, fees, 20))
    assert found.ungrouped == 3
    assert found.card
    assert (found.card.after.days, found.card.after.events) == (17, 85)


def test_nothing_is_judged_that_cannot_be(cora: Membership, fees: Topic) -> None:
    facts: dict[str, Any] = {"published_at": None, "effective_from": None}
    technique = answer(cora, None, 5, kind="technique")
    draft = answer(cora, fees, 5, state="draft", **facts)
    discarded = answer(cora, fees, 5, state="retired", **facts)
    found = effects([technique, draft, discarded], cora.program, today=TODAY)
    assert [one.card for one in found] == [None] * 3
    assert [one.because.split()[0] for one in found] == ["A", "Here", "It"]


def test_it_can_be_told_for_two_weeks_that_it_can_be_told(
    cora: Membership, fees: Topic, boxes: Topic
) -> None:
    floor(cora, fees, 4, 1)
    logged(cora, boxes, steadily(90, 1, 5))
    practice, younger = answer(cora, fees, 30), answer(cora, boxes, 6)
    told_at = [day for day in range(31) if due_to_ask(cora.program, TODAY - (30 - day) * ONE_DAY)]
    assert told_at[0] >= 14
    assert told_at == list(range(told_at[0], min(31, told_at[0] + 14)))
    assert younger not in [one.practice for one in due_to_ask(cora.program, TODAY)]
    assert practice.pk
