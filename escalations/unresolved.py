"""Unresolved lines in the order in which they wait: by topic, mine first, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from escalations.models import Escalation, Topic
from escalations.models.escalation import NO_PROMISE, NO_SEVERITY, WAITING_ORDER
from escalations.querysets import EscalationQuerySet
from people.models import Membership

PAGE = 50
IN_GROUP = 5
"""Lines shown of each topic before one asks for all of them."""
MOST_GROUPS = 30
MOST_MINE = 20
SALT = "escalations.unresolved"


@dataclass
class Waiting:
    """An unresolved line and how much of the promise its age has used."""

    line: Escalation
    days: int
    share: int
    is_overdue: bool


@dataclass
class Group:
    """The unresolved lines of one topic; `topic` is None for those without."""

    topic: Topic | None
    count: int
    oldest: datetime
    lines: list[Waiting]

    @property
    def name(self) -> str:
        """The topic's name, or that there is none."""
        return self.topic.name if self.topic else "Without a topic"

    @property
    def slug(self) -> str:
        """What the page's `topic` says for it."""
        return self.topic.slug if self.topic else "none"


@dataclass
class WaitingPage:
    """One page of lines, and the signed place at which the next begins ("" at the end)."""

    lines: list[Waiting]
    more: str


def waiting(membership: Membership) -> EscalationQuerySet:
    """The program's unresolved lines in their order, with what a row shows."""
    lines = Escalation.objects.visible_to(membership).with_status("unresolved")
    return lines.select_related("agent", "topic", "owner").order_by(*WAITING_ORDER)


def mine(membership: Membership) -> list[Waiting]:
    """The unresolved lines that the member owns, MOST_MINE at most."""
    lines = waiting(membership).filter(owner=membership.user_id)
    shown = lines.select_related(None).select_related("agent", "owner")
    return aged(shown[:MOST_MINE], membership)


def groups(membership: Membership) -> list[Group]:
    """The unresolved lines by topic, the worst and oldest group first, those without a topic last.

    Three queries, whatever the number of lines; each group shows its first IN_GROUP.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [membership.program_id, MOST_GROUPS])
        found = cursor.fetchall()
        keys = [pk for pk, *_ in found]
        cursor.execute(_FIRST, [keys, membership.program_id, membership.program_id, IN_GROUP])
        first = [pk for (pk,) in cursor.fetchall()]
    by_topic: dict[int | None, list[Escalation]] = {}
    for line in waiting(membership).filter(pk__in=first):
        by_topic.setdefault(line.topic_id, []).append(line)
    return [
        Group(lines[0].topic, count, oldest, aged(lines, membership))
        for pk, count, oldest, _ in found
        if (lines := by_topic.get(pk, []))
    ]


def page_of(lines: EscalationQuerySet, cursor: str, membership: Membership) -> WaitingPage:
    """One page of waiting lines after a signed place; a damaged place is the beginning."""
    place = _place(cursor)
    if place:
        lines = lines.filter(_after(place))
    found = list(lines[: PAGE + 1])
    more = _sign(found[PAGE - 1]) if len(found) > PAGE else ""
    return WaitingPage(aged(found[:PAGE], membership), more)


def aged(lines: Iterable[Escalation], membership: Membership) -> list[Waiting]:
    """Each line with its age in whole days and in percent of the program's promise."""
    now, promise = timezone.now(), timedelta(days=membership.program.promise_days)
    return [
        Waiting(line, age.days, min(round(100 * (age / promise)), 100), age > promise)
        for line in lines
        if (age := max(now - line.occurred_at, timedelta(0))) is not None
    ]


def _sign(line: Escalation) -> str:
    severity = line.severity or NO_SEVERITY
    promise = (line.callback_at or NO_PROMISE).isoformat()
    return signing.dumps([severity, promise, line.occurred_at.isoformat(), line.pk], salt=SALT)


def _place(cursor: str) -> tuple[Any, ...] | None:
    try:
        severity, promise, occurred, pk = signing.loads(cursor, salt=SALT)
        return severity, datetime.fromisoformat(promise), datetime.fromisoformat(occurred), pk
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _after(place: tuple[Any, ...]) -> Q:
    """Whatever stands behind a place, in the order of WAITING_ORDER."""
    names = ("waits_severity", "waits_promise", "occurred_at", "id")
    steps = []
    for last in range(len(names)):
        same = {name: place[at] for at, name in enumerate(names[:last])}
        steps.append(Q(**same, **{f"{names[last]}__gt": place[last]}))
    return reduce(or_, steps)


def with_places(lines: EscalationQuerySet) -> EscalationQuerySet:
    """The same lines with the names by which `page_of` asks for what comes after."""
    return lines.annotate(
        waits_severity=Coalesce(F("severity"), NO_SEVERITY),
        waits_promise=Coalesce(F("callback_at"), NO_PROMISE),
    )


_GROUPS = """
WITH waits AS (
    SELECT topic_id, count(*), min(occurred_at) AS oldest, min(coalesce(severity, 5)) AS worst
    FROM escalations_escalation WHERE program_id = %s AND status = 'unresolved' GROUP BY topic_id
)
(SELECT * FROM waits WHERE topic_id IS NOT NULL ORDER BY worst, oldest, topic_id LIMIT %s)
UNION ALL
SELECT * FROM waits WHERE topic_id IS NULL
"""

_ORDER = "coalesce(severity, 5), coalesce(callback_at, '9999-12-31 00:00:00+00'), occurred_at, id"

_FIRST = f"""
SELECT line.id FROM unnest(%s::bigint[]) AS topic(id) CROSS JOIN LATERAL (
    (SELECT id FROM escalations_escalation WHERE program_id = %s AND status = 'unresolved'
     AND topic_id = topic.id ORDER BY {_ORDER} LIMIT {IN_GROUP})
    UNION ALL
    (SELECT id FROM escalations_escalation WHERE program_id = %s AND status = 'unresolved'
     AND topic_id IS NULL AND topic.id IS NULL ORDER BY {_ORDER} LIMIT %s)
) AS line
"""  # noqa: S608  our own words
