"""The numbers of topics: ways of resolving, trends, and counts by shift day."""

from datetime import timedelta

import pytest

from calibration import stats
from calibration.spread import spread
from calibration.stats import settled_days
from calibration.tests.factories import log, topic
from calibration.trend import trend
from escalations.models import Escalation


def test_like_wordings_are_one_way():
    found = spread(
        [
            ("credited $5", 1),
            ("Credited $12", 2),
            ("explained due date, customer agreed", 1),
            ("explained the due date", 1),
            ("", 3),
            ("  ", 3),
            ("...", 3),
        ]
    )
    assert [(way.lines, way.people) for way in found.ways] == [(2, 2), (2, 1), (1, 1)]
    assert (found.lines, found.percent) == (5, 40)
    assert found.ways[0].said in ("credited $5", "Credited $12")


@pytest.mark.parametrize("denial", ["not credited", "didn't credit", "hindi credited", "no credit"])
def test_what_is_denied_is_another_way(denial):
    assert len(spread([("credited", 1), (denial, 2)]).ways) == 2


def test_nothing_resolved_is_no_way():
    found = spread([])
    assert (found.ways, found.lines, found.percent) == ([], 0, 0)


@pytest.mark.parametrize(
    ("early", "late", "word"),
    [(0, 0, ""), (0, 1, "new"), (2, 2, "steady"), (2, 5, "rising"), (5, 2, "falling")],
)
def test_a_trend_compares_the_last_week_with_the_days_before(early, late, word):
    assert trend([early] * 20 + [late] * 7) == word


def test_one_more_among_few_is_no_trend():
    assert trend([0] * 19 + [1] + [0] * 6 + [1]) == "steady"


def test_nights_that_nobody_has_looked_at_say_nothing():
    assert settled_days([9, 9, 9, 9], [0, 1, 5, 9]) == 2
    assert settled_days([9, 9], [9, 9]) == 0


@pytest.mark.django_db
def test_lines_are_counted_by_shift_day_void_ones_nowhere(cora):
    program = cora.program
    today = program.current_shift()
    fees = topic(cora, "Late fee", "a", "b", "c")
    first = program.shift_bounds(today - timedelta(days=27))[0]
    starts = [first, first - timedelta(minutes=1), program.shift_bounds(today)[0]]
    for line, at in zip(fees.escalations.order_by("pk"), starts, strict=True):
        Escalation.objects.filter(pk=line.pk).update(occurred_at=at)
    void = log(cora, "d")[0]
    gone = {"status": "void", "void_reason": "twice", "topic": fees}
    Escalation.objects.filter(pk=void.pk).update(**gone)
    log(cora, "not grouped", occurred_at=program.shift_bounds(today)[0])
    found = stats.numbers(program)
    own = found.topics[0]
    assert (own.name, own.total, own.recent) == ("Late fee", 3, 2)
    assert (own.days[0], own.days[-1]) == (1, 1)
    assert (found.ungrouped.total, found.ungrouped.days[-1]) == (1, 1)
    assert round(own.percent) == 67
    assert own.spread.lines == 3
    alone = stats.facts(fees, program)
    assert (alone.numbers.total, alone.numbers.days) == (3, own.days)
    assert alone.by_status == {"resolved": 3, "void": 1}


@pytest.mark.django_db
def test_totals_stop_at_the_cap_and_say_so(cora, monkeypatch):
    monkeypatch.setattr(stats, "CAP", 2)
    topic(cora, "Late fee", "a", "b", "c")
    own = stats.numbers(cora.program).topics[0]
    own.cap = 2
    assert own.total_said == "2+"


@pytest.mark.django_db
def test_a_program_without_lines_has_no_numbers(cora):
    found = stats.numbers(cora.program)
    assert (found.topics, found.recent, found.ungrouped.total) == ([], 0, 0)
