"""What an agent finds since the last shift: feedback to read, and what was answered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q

from escalations.models import Escalation, FeedbackNote
from people.models import Agent, Membership

SALT = "my-feedback-page"
PAGE = 20
MOST_UNREAD = 50


@dataclass(frozen=True)
class Brief:
    """Since the last shift day began, at `since` (an aware instant): what came, what waits.

    `handed_over` counts the calls the agent handed over since then; `agent` is None for a sign-in
    that no agent of the roster has.
    """

    agent: Agent | None
    since: datetime
    since_day: date
    new: int = 0
    older: int = 0
    handed_over: int = 0


def brief_for(membership: Membership) -> Brief:
    """The brief of the member as an agent; three queries."""
    program = membership.program
    day = program.current_shift() - timedelta(days=1)
    since = program.shift_bounds(day)[0]
    agent = Agent.objects.filter(program=program, user=membership.user_id).first()
    if agent is None:
        return Brief(None, since, day)
    unread = FeedbackNote.objects.told_to(membership).filter(acknowledged_at=None)
    given = list(unread.order_by().values_list("given_at", flat=True)[:MOST_UNREAD])
    lines = Escalation.objects.filter(program=program, agent=agent, occurred_at__gte=since)
    new = sum(at >= since for at in given)
    handed_over = lines.exclude(status="void").count()
    return Brief(agent, since, day, new, len(given) - new, handed_over)


def notes_told(membership: Membership, cursor: str) -> dict[str, Any]:
    """`to_read` (the newest first, fifty at most) and one page of `read`, with `next_cursor`."""
    told = FeedbackNote.objects.told_to(membership).select_related("escalation", "given_by")
    newest = told.order_by("-given_at", "-pk")
    read, after = newest.filter(acknowledged_at__isnull=False), _read(cursor)
    if after:
        at, pk = after
        read = read.filter(Q(given_at=at, pk__lt=pk) | Q(given_at__lt=at))
    notes = list(read[: PAGE + 1])
    more = len(notes) > PAGE
    last = notes[PAGE - 1] if more else None
    next_cursor = signing.dumps([last.given_at.isoformat(), last.pk], salt=SALT) if last else ""
    unread = [] if after else list(newest.filter(acknowledged_at=None)[:MOST_UNREAD])
    return {
        "to_read": unread,
        "read": notes[:PAGE],
        "next_cursor": next_cursor,
        "is_first": not after,
    }


def _read(text: str) -> tuple[datetime, int] | None:
    try:
        at, pk = signing.loads(text, salt=SALT)
        return datetime.fromisoformat(at), int(pk)
    except (signing.BadSignature, ValueError, TypeError):
        return None
