"""What verdicts are made of is what stands in the log, minute by minute, also when clocks move."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from calibration.effect.card import Per
from escalations.models import Escalation
from people.models import Membership, Program
from people.shiftday import clock_hour
from people.tests.factories import AgentFactory
from reports.effect.cards import effects
from reports.effect.counts import NO_TOPIC, read_floor
from reports.tests.effectfloor import ONE_DAY, answer, logged, recorded, topic_of

AUTUMN, SPRING = date(2026, 10, 31), date(2026, 3, 7)
"""Shift days of New York on whose nights the clocks are moved."""


def scattered(by: Membership, first: date, seed: int) -> tuple[list[Escalation], set[datetime]]:
    """Lines of two topics and none at any minute of four days, and calls in half of the hours."""
    program, chance = by.program, random.Random(seed)
    agent = AgentFactory(program=program)
    topics = [topic_of(by, "Late fee"), topic_of(by, "Modem rental"), None]
    start = program.shift_bounds(first)[0]
    minutes = int((program.shift_bounds(first + 3 * ONE_DAY)[1] - start).total_seconds() // 60)
    lines = Escalation.objects.bulk_create(
        Escalation(
            program=program,
            agent=agent,
            logged_by=by.user,
            number=n + 1,
            key=f"{n:032x}",
            concern="Fees",
            topic=chance.choice(topics),
            occurred_at=start + timedelta(minutes=chance.randrange(minutes)),
            status="void" if n % 9 == 0 else "resolved",
            void_reason="twice" if n % 9 == 0 else "",
        )
        for n in range(300)
    )
    hours = sorted({clock_hour(start + timedelta(minutes=m), program.zone) for m in range(minutes)})
    known = set(chance.sample(hours, len(hours) // 2))
    recorded(program, {hour: chance.randrange(1, 50) for hour in sorted(known)})
    return lines, known


@pytest.mark.parametrize(
    ("first", "starts"), [(AUTUMN, 18), (SPRING, 22), (AUTUMN, 0), (date(2026, 6, 1), 18)]
)
def test_counts_equal_the_rows(olga: Membership, harbor: Program, first: date, starts: int) -> None:
    start = harbor.shift_starts_at.replace(hour=starts, minute=30 if first.month == 6 else 0)
    Program.objects.filter(pk=harbor.pk).update(shift_starts_at=start)
    olga.program.refresh_from_db()
    program = olga.program
    lines, known = scattered(olga, first - ONE_DAY, seed=starts)
    last = first + 2 * ONE_DAY
    floor = read_floor(program, first - ONE_DAY, last)
    rows: Counter[tuple[int, date, bool]] = Counter(
        (
            line.topic_id or NO_TOPIC,
            program.shift_day_of(line.occurred_at),
            clock_hour(line.occurred_at.astimezone(UTC), program.zone) in known,
        )
        for line in lines
        if line.status != "void"
    )
    days = [first + n * ONE_DAY for n in range(-1, 3)]
    for topic in {line.topic_id or NO_TOPIC for line in lines}:
        for per, only in ((Per.CALLS, (True,)), (Per.ALL, (True, False))):
            counted = [one.events for one in floor.days([topic], days[0], last, per)]
            assert counted == [sum(rows[topic, day, has] for has in only) for day in days]
    assert sum(floor.every.values()) == sum(rows.values())


def test_the_nights_of_the_clocks_are_compared_like_any_other(
    olga: Membership, harbor: Program
) -> None:
    topic = topic_of(olga, "Late fee")
    since, today = AUTUMN, date(2026, 11, 20)
    logged(olga, topic, {since + n * ONE_DAY: 6 if n < 0 else 2 for n in range(-60, 20)})
    logged(olga, None, {since + n * ONE_DAY: 4 for n in range(-60, 20)})
    practice = answer(olga, topic, 0, effective_from=harbor.shift_hours(since)[7])
    (found,) = effects([practice], harbor, today=today)
    assert found.card
    assert found.card.in_force_on == since
    assert (found.card.before.events, found.card.after.events) == (53 * 6, 20 * 2)
    assert str(found.verdict) == "fewer than before"
