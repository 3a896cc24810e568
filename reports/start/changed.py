"""What changed since the member's last shift: practices to read, sessions revealed, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Window

from calibration.library import MOST, Library
from calibration.models import Session
from escalations.models import Forwarding
from people.models import Membership
from reports.start import own
from reports.start.blocks import SHOWN, Act, Matter, Row, at_most, place

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Since:
    """The member's last shift, when it began (an aware instant), and whether they logged in one."""

    day: date
    at: datetime
    has_logged: bool = False


def since_last_shift(member: Membership) -> Since:
    """The newest shift day before the current one in which the member logged; one query.

    The day before the current one for who does not log, or never did before it.
    """
    program = member.program
    today = program.current_shift()
    day, at = today - ONE_DAY, None
    if member.may("log"):
        found = own.asked_of(own.last_before, member, until=program.shift_bounds(today)[0])
        at = found[0][0] if found else None
    if at is not None:
        day = program.shift_day_of(at)
    return Since(day, program.shift_bounds(day)[0], at is not None)


def practices(member: Membership, since: Since) -> list[Matter]:
    """Best practices in force that the member has not acknowledged, the newest first; one query.

    Those that came since the last shift are marked; they can be acknowledged where they stand.
    """
    unread = Library({}, member).unread.annotate(of_all=Window(Count("pk")))
    newest = list(unread.order_by("-effective_from", "-number")[:SHOWN])
    if not newest:
        return []
    rows = [
        Row(
            card.title,
            place("practice", member, n=card.number),
            at=card.effective_from,
            stamp=card.get_authority_display(),
            tone=card.authority,
            is_new=bool(card.effective_from and card.effective_from >= since.at),
            read=card.number,
        )
        for card in newest
    ]
    url = place("practices", member, {"state": "new"})
    act = Act("Read", rows[0].url, f"“{rows[0].name}”")
    return [
        Matter(
            "practices", "Best practices to read", url, at_most(newest[0].of_all, MOST), rows, act
        )
    ]


def revealed(member: Membership, since: Since) -> list[Matter]:
    """Sessions whose answers were revealed since then, the latest first; one query.

    None for the captain, who revealed them and sees them among those that go on.
    """
    if member.may("run_sessions"):
        return []
    seen = Session.objects.visible_to(member).filter(revealed_at__gte=since.at)
    found = list(seen.select_related("topic").order_by("-revealed_at", "-pk")[:SHOWN])
    rows = [
        Row(
            str(one.topic),
            place("session", member, n=one.number),
            one.get_state_display().lower(),
            at=one.revealed_at,
        )
        for one in found
    ]
    url = place("sessions", member)
    return [Matter("revealed", "Sessions revealed", url, rows=rows)] if rows else []


def letters(member: Membership, since: Since) -> list[Matter]:
    """Letters that the client answered in whole or part since then, the latest first; one query."""
    answered = Forwarding.objects.visible_to(member).filter(items__answers__at__gte=since.at)
    latest = answered.annotate(said_at=Max("items__answers__at")).order_by("-said_at", "-pk")
    rows = [
        Row(
            f"Letter {one.number}",
            place("letter", member, n=one.number),
            one.subject,
            at=one.said_at,
            tone="client",
        )
        for one in latest[:SHOWN]
    ]
    url = place("letters", member)
    return [Matter("letters-answered", "The client answered", url, rows=rows)] if rows else []
