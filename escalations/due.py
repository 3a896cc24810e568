"""What has come to wait for whom: feedback owed for long, call-backs due, promises nearly over.

Every question is about one program and one instant `now` (aware). Days are shift days of the
program's zone, so that a night on which the clocks change counts as one like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Min, Q

from escalations.models import Escalation
from people.models import Membership, Program

OWED_AGES = (2, 7, 14, 28)
"""Shift days after which owed feedback is news: once a whole shift passed, and ever more seldom."""

CALL_AGES = (timedelta(0), timedelta(days=1), timedelta(days=7))
"""After which time since the promised one a call-back is news to the SME who logged the line."""

CALL_LATE = timedelta(minutes=30)
"""After which it is news to the managers too, whoever promised it."""

SHARES = (0.9, 1.0)
"""The parts of the client's promise after which an unresolved line is news."""


@dataclass(frozen=True)
class Due:
    """How many lines wait for one person, since when (aware), and how many of them are past it."""

    count: int
    oldest: datetime
    past: int = 0


DueBy = dict[int, Due]
"""By user."""

Members = Sequence[Membership]
"""Those of one program who may be told."""


def feedback_owed(program: Program, members: Members, now: datetime) -> DueBy:
    """Per user: feedback owed on calls from before the last shift day."""
    lines = Escalation.objects.filter(program=program).with_feedback("owed")
    waiting = lines.filter(occurred_at__lt=_owed_before(program, now, OWED_AGES[0])).order_by()
    counted = waiting.values("logged_by").annotate(lines=Count("pk"), oldest=Min("occurred_at"))
    found = {one["logged_by"]: Due(one["lines"], one["oldest"]) for one in counted}
    return {m.user_id: found[m.user_id] for m in members if m.user_id in found}


def feedback_news(member: Membership, _: Members, since: datetime, now: datetime) -> Q:
    """Own lines whose owed feedback came of an age."""
    program = member.program
    ages = [
        Q(occurred_at__gte=_owed_before(program, since, age))
        & Q(occurred_at__lt=_owed_before(program, now, age))
        for age in OWED_AGES
    ]
    return Q(feedback="owed", logged_by=member.user_id) & reduce(or_, ages)


def _owed_before(program: Program, now: datetime, age: int) -> datetime:
    """The instant before which calls are of shift days at least `age` before the current one."""
    return program.shift_bounds(program.current_shift(now) - timedelta(days=age - 1))[0]


def calls_due(program: Program, members: Members, now: datetime) -> DueBy:
    """Per user: own promised call-backs that are due; for managers others’ that are late, too."""
    lines = Escalation.objects.filter(program=program).promised().filter(callback_at__lte=now)
    late = Q(callback_at__lte=now - CALL_LATE)
    counted = (
        lines.order_by()
        .values("logged_by")
        .annotate(lines=Count("pk"), late=Count("pk", filter=late), oldest=Min("callback_at"))
    )
    by_user = {one["logged_by"]: one for one in counted}
    found = {}
    for member in members:
        mine = by_user.get(member.user_id)
        parts = [(mine["lines"], mine["oldest"], mine["late"])] if mine else []
        if member.may("forward"):
            others = [one for user, one in by_user.items() if user != member.user_id]
            parts += [(one["late"], one["oldest"], one["late"]) for one in others if one["late"]]
        if parts:
            counts, since, lates = zip(*parts, strict=True)
            found[member.user_id] = Due(sum(counts), min(since), sum(lates))
    return found


def calls_news(member: Membership, _: Members, since: datetime, now: datetime) -> Q:
    """Own promises whose time came, or came a day or a week ago; a manager's of others, later."""
    ages = [Q(callback_at__gt=since - age, callback_at__lte=now - age) for age in CALL_AGES]
    news = Q(logged_by=member.user_id) & reduce(or_, ages)
    if member.may("forward"):
        late = Q(callback_at__gt=since - CALL_LATE, callback_at__lte=now - CALL_LATE)
        news |= ~Q(logged_by=member.user_id) & late
    return Q(called_back_at=None) & news


def promises_near(program: Program, members: Members, now: datetime) -> DueBy:
    """Per user: unresolved lines that are near the client's promise before the shift ends.

    Their own, and those that nobody among `members` owns.
    """
    managers = {member.user_id for member in members}
    near = _promised_before(program, now, SHARES[0])
    over = Count("pk", filter=Q(occurred_at__lt=now - timedelta(days=program.promise_days)))
    lines = Escalation.objects.filter(program=program, occurred_at__lt=near)
    waiting = lines.with_status("unresolved").order_by().values("owner")
    counted = waiting.annotate(lines=Count("pk"), over=over, oldest=Min("occurred_at"))
    groups = list(counted)
    found = {}
    for user in managers:
        mine = [one for one in groups if one["owner"] == user or one["owner"] not in managers]
        if mine:
            count, past = sum(one["lines"] for one in mine), sum(one["over"] for one in mine)
            found[user] = Due(count, min(one["oldest"] for one in mine), past)
    return found


def promises_news(member: Membership, members: Members, since: datetime, now: datetime) -> Q:
    """Own and nobody's unresolved lines that come near the promise, or past it, in this shift."""
    shares = [
        Q(occurred_at__gte=_promised_before(member.program, since, share))
        & Q(occurred_at__lt=_promised_before(member.program, now, share))
        for share in SHARES
    ]
    others = [one.user_id for one in members if one.user_id != member.user_id]
    mine = Q(owner=None) | ~Q(owner__in=others)
    return Q(status="unresolved") & mine & reduce(or_, shares)


def _promised_before(program: Program, now: datetime, share: float) -> datetime:
    """The instant before which calls have used that part of the promise when the shift ends."""
    ends = program.shift_bounds(program.current_shift(now))[1]
    return ends - share * timedelta(days=program.promise_days)
