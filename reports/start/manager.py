"""What waits for the manager: the client's answers, unresolved lines by age, letters, mails."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from escalations.models import ClientAnswer, Forwarding
from escalations.navcounts import said, waiting_for
from people.models import Membership, Message
from reports.start.blocks import SHOWN, Act, Matter, Row, at_most, place

DECIDED_WITHIN = timedelta(days=14)
"""How long an answer of the client asks to be decided on."""

MOST_MAILS = 100
"""Mails of a state that the page of mails shows."""


def answers(member: Membership) -> list[Matter]:
    """Answers of the client that nobody made use of, the latest first; one query.

    The newest answer to a question counts: more is needed and the line waits unresolved, or it is
    a ruling of which no best practice was made.
    """
    newer = ClientAnswer.objects.filter(item=OuterRef("item"), pk__gt=OuterRef("pk"))
    lately = ClientAnswer.objects.filter(
        ~Exists(newer),
        at__gte=timezone.now() - DECIDED_WITHIN,
        item__forwarding__in=Forwarding.objects.visible_to(member),
    )
    more = Q(verdict="need_more", item__escalation__status="unresolved")
    ruling = ~Q(verdict="need_more") & Q(item__practices=None)
    found = lately.filter(more | ruling).select_related("item__forwarding", "item__escalation")
    rows = [
        Row(
            f"Letter {one.item.forwarding.number}, question {one.item.position}",
            f"{place('letter', member, n=one.item.forwarding.number)}#item-{one.item.position}",
            one.text or one.item.question or one.item.concern,
            at=one.at,
            stamp=one.get_verdict_display(),
            tone="client",
        )
        for one in found.order_by("-pk")[:SHOWN]
    ]
    if not rows:
        return []
    rule = "Rulings of the last 14 days without a best practice; lines of which more is needed."
    url = place("letters", member, {"state": "answered"})
    act = Act("Decide", rows[0].url, f"on {rows[0].name}")
    return [
        Matter("decide", "The client’s answers to decide on", url, "", rows, act, rule, "client")
    ]


def letters(member: Membership) -> list[Matter]:
    """Letters by state, each number leading to its letters; one query."""
    now = timezone.now()
    counts = Forwarding.objects.visible_to(member).aggregate(
        overdue=Count("pk", filter=Q(state="sent", due_at__lt=now)),
        draft=Count("pk", filter=Q(state="draft")),
        sent=Count("pk", filter=Q(state="sent")),
        answered=Count("pk", filter=Q(state="answered")),
    )
    if not any(counts.values()):
        return []
    says = {
        "overdue": ("Overdue", "the client promised an answer by now", "late"),
        "draft": ("Drafts", "written, not sent", ""),
        "sent": ("With the client", "sent, not all answered", ""),
        "answered": ("Answered", "every question has its answer", ""),
    }
    rows = [
        Row(
            name,
            place("letters", member, {"state": state}),
            words,
            aside=f"{counts[state]:,}",
            tone=tone,
        )
        for state, (name, words, tone) in says.items()
        if counts[state]
    ]
    acts = {"overdue": "See what is overdue", "draft": "Finish the drafts"}
    act = next(
        (Act(acts[s], place("letters", member, {"state": s})) for s in acts if counts[s]), None
    )
    tone = "late" if counts["overdue"] else ""
    return [
        Matter(
            "letters", "Letters to the client", place("letters", member), "", rows, act, "", tone
        )
    ]


def calls(member: Membership) -> list[Matter]:
    """Call-backs overdue on anybody's lines; no query beside what every page counts."""
    count = waiting_for(member).overdue
    if not count:
        return []
    url = place("follow_ups", member, {"state": "overdue"})
    name, act = "Call-backs overdue on the floor", Act("See them", url)
    return [Matter("floor-calls", name, url, said(count), act=act, tone="late")]


def mails(member: Membership) -> list[Matter]:
    """Mails that could not be delivered, the last one first; one query."""
    failed = Message.objects.visible_to(member).failed().defer("text", "html")[: MOST_MAILS + 1]
    found = list(failed)
    if not found:
        return []
    url = place("mail", member)
    rows = [
        Row(
            one.subject,
            url,
            f"to {one.to_email}" + (f": {one.last_error}" if one.last_error else ""),
            at=one.created_at,
            tone="late",
        )
        for one in found[:SHOWN]
    ]
    count = at_most(len(found), MOST_MAILS)
    return [
        Matter(
            "mails", "Mails not delivered", url, count, rows, Act("See to them", url), "", "late"
        )
    ]
