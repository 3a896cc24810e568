"""What first pages read of one person's own lines and sessions, compiled once (ADR 0093).

A dozen such questions take Django twice as long to put together as the database to answer. Values
are written out when they are asked, so that partial indexes are used.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from calibration.models import Participant
from escalations import followlist
from escalations.models import ClientAnswer, Escalation
from escalations.models.escalation import WAITING_ORDER
from escalations.querysets import EscalationQuerySet
from escalations.unresolved import MOST_MINE
from people.compiled import Build, Values, compiled
from people.models import Membership
from reports.start.blocks import SHOWN

CALLS, ANSWERED = followlist.PAGE, 20
SESSIONS = 50
"""Rows that are looked at: as many as the pages that list them show, or say `20+` of."""


def asked_of(build: Build, member: Membership, **values: datetime) -> list[tuple[Any, ...]]:
    """The rows of `build` for the member's program and person; none without `read_log`."""
    if not member.may("read_log"):
        return []
    mine = {"program": member.program_id, "user": member.user_id, **values}
    with connection.cursor() as cursor:
        cursor.execute(*compiled(build, mine))
        return cursor.fetchall()  # type: ignore[no-any-return]


def last_before(asked: Values) -> Any:
    """When the newest line before `until` occurred that the person logged."""
    lines = _logged(asked).between(None, asked["until"]).newest_first()
    return lines.values_list("occurred_at")[:1]


def promised(asked: Values) -> Any:
    """(number, concern, promised for) of call-backs on the person's lines, the first due first."""
    lines = _logged(asked).promised().order_by("callback_at", "pk")
    return lines.values_list("number", "concern", "callback_at")[: CALLS + 1]


def answered(asked: Values) -> Any:
    """(number, concern, verdict, answered at) of the person's answered lines since `since`."""
    newest = ClientAnswer.objects.filter(item__escalation=OuterRef("pk")).order_by("-pk")
    lines = _logged(asked).with_status("answered").between(asked["since"], None).newest_first()
    said = {"verdict": newest.values("verdict")[:1], "said_at": newest.values("at")[:1]}
    found = lines.annotate(**{name: Subquery(one) for name, one in said.items()})
    return found.values_list("number", "concern", *said)[: ANSWERED + 1]


def owed(asked: Values) -> Any:
    """(number, concern, when, agent's name, ID) of the oldest lines the person owes feedback on."""
    lines = _logged(asked).with_feedback("owed").paper_order()
    agent = ("agent__name", "agent__employee_id")
    return lines.values_list("number", "concern", "occurred_at", *agent)[:SHOWN]


def given(asked: Values) -> Any:
    """(number, concern, when) of the unresolved lines the person owns, as they wait."""
    lines = Escalation.objects.filter(program=asked["program"], owner=asked["user"])
    waiting = lines.with_status("unresolved").order_by(*WAITING_ORDER)
    return waiting.values_list("number", "concern", "occurred_at")[:MOST_MINE]


def positions(asked: Values) -> Any:
    """(number, topic, deadline, cases, answered) of open sessions that wait for the person."""
    mine = Participant.objects.filter(user=asked["user"], session__program=asked["program"])
    found = mine.missing().order_by("session__deadline", "pk")
    session = ("session__number", "session__topic__name", "session__deadline")
    return found.values_list(*session, "asked", "answered")[:SESSIONS]


def _logged(asked: Values) -> EscalationQuerySet:
    return Escalation.objects.filter(program=asked["program"], logged_by=asked["user"])
