"""What waits for an SME: call-backs, the client's answers, given lines, sessions, feedback."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from escalations.models import ClientAnswer
from escalations.navcounts import said, waiting_for
from escalations.unresolved import MOST_MINE
from people.models import Membership
from reports.start import own
from reports.start.blocks import SHOWN, Act, Matter, Row, at_most, place

ANSWERED_DAYS = 90
"""Shift days back in which answered lines are looked for: three times the usual promise."""


def calls(member: Membership) -> list[Matter]:
    """Call-backs promised on the member's lines, the longest overdue first; one query."""
    found = own.asked_of(own.promised, member)
    if not found:
        return []
    now = timezone.now()
    rows = [
        Row(
            f"Line {number}",
            place("follow_up", member, n=number),
            concern,
            before="was due" if at < now else "due",
            at=at,
            tone="late" if at < now else "",
        )
        for number, concern, at in found[:SHOWN]
    ]
    url = place("follow_ups", member, {"by": member.user.username})
    count, tone = at_most(len(found), own.CALLS), rows[0].tone or "due"
    act = Act("Call", rows[0].url, f"the customer of line {found[0][0]}")
    return [Matter("calls", "Call-backs you promised", url, count, rows, act, tone=tone)]


def answered(member: Membership) -> list[Matter]:
    """Lines the member logged that the client answered and nobody closed; one query."""
    program = member.program
    first = program.current_shift() - timedelta(days=ANSWERED_DAYS - 1)
    found = own.asked_of(own.answered, member, since=program.shift_bounds(first)[0])
    if not found:
        return []
    verdicts = dict(ClientAnswer.Verdict.choices)
    rows = [
        Row(
            f"Line {number}",
            place("line", member, n=number),
            concern,
            before="answered" if at else "",
            at=at,
            stamp=verdicts.get(verdict, ""),
            tone="client",
        )
        for number, concern, verdict, at in found[:SHOWN]
    ]
    asked = {"status": "answered", "by": member.user.username, "from": first.isoformat()}
    url, count = place("log", member, asked), at_most(len(found), own.ANSWERED)
    act = Act("Tell and close", rows[0].url, f"line {found[0][0]}")
    rule = f"Lines you logged in the last {ANSWERED_DAYS} shift days that nobody closed."
    return [Matter("answered", "The client has answered", url, count, rows, act, rule, "client")]


def given(member: Membership) -> list[Matter]:
    """Unresolved lines that the member owns, the worst first; one query."""
    mine = own.asked_of(own.given, member)
    if not mine:
        return []
    past = timezone.now() - timedelta(days=member.program.promise_days)
    rows = [
        Row(
            f"Line {number}",
            place("line", member, n=number),
            concern,
            before="past the promise:" if at < past else "logged",
            at=at,
            tone="late" if at < past else "",
        )
        for number, concern, at in mine[:SHOWN]
    ]
    is_list = member.may("forward")
    url = place("forwarding", member, {"owner": "me"}) if is_list else place("follow_ups", member)
    count = f"{len(mine)}+" if len(mine) == MOST_MINE else str(len(mine))
    act = Act("Take it up", rows[0].url, f"line {mine[0][0]}")
    return [Matter("given", "Unresolved lines given to you", url, count, rows, act, tone="due")]


def positions(member: Membership) -> list[Matter]:
    """Open sessions that wait for the member's answers, the nearest deadline first; one query."""
    due = own.asked_of(own.positions, member)
    if not due:
        return []
    now = timezone.now()
    rows = [
        Row(
            topic,
            place("session", member, n=number),
            f"{asked - answered} of {asked} case{'' if asked == 1 else 's'} to answer",
            before="was due" if deadline < now else "due",
            at=deadline,
            tone="late" if deadline < now else "",
        )
        for number, topic, deadline, asked, answered in due[:SHOWN]
    ]
    url, count = place("calibration", member), str(len(due))
    act = Act("Answer", f"{rows[0].url}#answer", f"session {due[0][0]}")
    return [Matter("positions", "Your answers asked for", url, count, rows, act, tone="due")]


def owed(member: Membership) -> list[Matter]:
    """Feedback the member owes, the oldest first; one query beside what every page counts."""
    count = waiting_for(member).owed
    if not count:
        return []
    rows = [
        Row(
            f"{name} / {employee_id}",
            place("feedback_give", member, n=number),
            concern,
            at=at,
        )
        for number, concern, at, name, employee_id in own.asked_of(own.owed, member)
    ]
    url = place("feedback", member, {"by": member.user.username})
    act = Act("Give", rows[0].url, f"feedback to {rows[0].name}") if rows else None
    return [Matter("owed", "Feedback you owe", url, said(count), rows, act, tone="due")]
