"""What waits for an SME: call-backs, the client's answers, given lines, sessions, feedback."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from calibration.sessionlist import due_from
from escalations import unresolved
from escalations.followlist import PAGE
from escalations.models import ClientAnswer, Escalation
from escalations.navcounts import said, waiting_for
from people.models import Membership
from reports.start.blocks import SHOWN, Act, Matter, Row, at_most, place

ANSWERED_DAYS = 90
"""Shift days back in which answered lines are looked for: three times the usual promise."""
MOST = 20


def given(member: Membership) -> list[Matter]:
    """Unresolved lines that the member owns, the worst first; one query."""
    mine = unresolved.mine(member)
    if not mine:
        return []
    is_list = member.may("forward")
    url = place("forwarding", member, {"owner": "me"}) if is_list else place("follow_ups", member)
    rows = [
        Row(
            f"Line {one.line.number}",
            place("line", member, n=one.line.number),
            one.line.concern,
            before="past the promise:" if one.is_overdue else "logged",
            at=one.line.occurred_at,
            tone="late" if one.is_overdue else "",
        )
        for one in mine[:SHOWN]
    ]
    return [
        Matter(
            "given",
            "Unresolved lines given to you",
            url,
            f"{len(mine)}+" if len(mine) == unresolved.MOST_MINE else str(len(mine)),
            rows,
            Act("Take it up", rows[0].url, f"line {mine[0].line.number}"),
            tone="due",
        )
    ]


def positions(member: Membership) -> list[Matter]:
    """Open sessions that wait for the member's answers, the nearest deadline first; one query."""
    due = due_from(member)
    if not due:
        return []
    rows = [
        Row(
            str(one.session.topic),
            place("session", member, n=one.session.number),
            f"{one.left} of {one.asked} cases to answer",
            before="was due" if one.is_late else "due",
            at=one.session.deadline,
            tone="late" if one.is_late else "",
        )
        for one in due[:SHOWN]
    ]
    act = Act("Answer", f"{rows[0].url}#answer", f"session {due[0].session.number}")
    url = place("calibration", member)
    return [
        Matter("positions", "Your answers asked for", url, str(len(due)), rows, act, tone="due")
    ]


def answered(member: Membership) -> list[Matter]:
    """Lines the member logged that the client answered and nobody closed; one query."""
    program = member.program
    first = program.current_shift() - timedelta(days=ANSWERED_DAYS - 1)
    since = program.shift_bounds(first)[0]
    newest = ClientAnswer.objects.filter(item__escalation=OuterRef("pk")).order_by("-pk")
    lines = Escalation.objects.visible_to(member).with_status("answered").between(since, None)
    found: list[Any] = list(
        lines.filter(logged_by=member.user_id)
        .newest_first()
        .annotate(
            said=Subquery(newest.values("verdict")[:1]), said_at=Subquery(newest.values("at")[:1])
        )[: MOST + 1]
    )
    if not found:
        return []
    verdicts = dict(ClientAnswer.Verdict.choices)
    rows = [
        Row(
            f"Line {line.number}",
            place("line", member, n=line.number),
            line.concern,
            before="answered",
            at=line.said_at,
            stamp=verdicts.get(line.said, ""),
            tone="client",
        )
        for line in found[:SHOWN]
    ]
    asked = {"status": "answered", "by": member.user.username, "from": first.isoformat()}
    return [
        Matter(
            "answered",
            "The client has answered",
            place("log", member, asked),
            at_most(len(found), MOST),
            rows,
            Act("Tell and close", rows[0].url, f"line {found[0].number}"),
            f"Lines you logged in the last {ANSWERED_DAYS} shift days that nobody closed.",
            tone="client",
        )
    ]


def calls(member: Membership) -> list[Matter]:
    """Call-backs promised on the member's lines, the longest overdue first; one query."""
    promised = Escalation.objects.visible_to(member).promised().filter(logged_by=member.user_id)
    found = list(promised.order_by("callback_at", "pk").select_related("agent")[: PAGE + 1])
    if not found:
        return []
    now = timezone.now()
    rows = [
        Row(
            f"Line {line.number}",
            place("follow_up", member, n=line.number),
            line.concern,
            before="was due" if line.callback_at < now else "due",
            at=line.callback_at,
            tone="late" if line.callback_at < now else "",
        )
        for line in found[:SHOWN]
        if line.callback_at
    ]
    url = place("follow_ups", member, {"by": member.user.username})
    return [
        Matter(
            "calls",
            "Call-backs you promised",
            url,
            at_most(len(found), PAGE),
            rows,
            Act("Call", rows[0].url, f"the customer of line {found[0].number}"),
            tone=rows[0].tone or "due",
        )
    ]


def owed(member: Membership) -> list[Matter]:
    """Feedback the member owes, the oldest first; one query beside what every page counts."""
    count = waiting_for(member).owed
    if not count:
        return []
    lines = Escalation.objects.visible_to(member).with_feedback("owed")
    mine = lines.filter(logged_by=member.user_id).paper_order().select_related("agent")
    rows = [
        Row(
            str(line.agent),
            place("feedback_give", member, n=line.number),
            line.concern,
            at=line.occurred_at,
        )
        for line in mine[:SHOWN]
    ]
    url = place("feedback", member, {"by": member.user.username})
    act = Act("Give", rows[0].url, f"feedback to {rows[0].name}") if rows else None
    return [Matter("owed", "Feedback you owe", url, said(count), rows, act, tone="due")]
