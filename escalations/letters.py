"""A letter as the client reads it: one source for the preview, the mail, the page and the print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from escalations.models import ForwardedItem, Forwarding, Reminder
from people.mail import Rendered, address_of, rendered
from people.models import Program
from people.shiftday import local_instant

TEMPLATE = "escalations/mail/letter"
TOKEN_IN_PREVIEW = "the-link-is-made-when-the-letter-is-sent"  # noqa: S105  stands for one
LINK_LASTS = timedelta(days=60)
"""How long a letter can still be answered, or corrected, after its promise is over."""

SHARES = {Reminder.Kind.HALF: 0.5, Reminder.Kind.NEAR: 0.9, Reminder.Kind.OVERDUE: 1.0}
"""The part of the promised time after which a reminder is due."""


@dataclass(frozen=True)
class Question:
    """One item as the client reads it; empty texts are left out."""

    position: int
    question: str
    concern: str
    offered: str
    refused_because: str
    wanted: str
    agent: str
    reference: str
    happened_at: datetime


@dataclass(frozen=True)
class Letter:
    """What the client is told: names and references only where they are switched on."""

    program: Program
    number: int
    subject: str
    opening: str
    closing: str
    greeting: str
    signed: str
    due_at: datetime | None
    questions: list[Question]


def letter_of(forwarding: Forwarding, items: Iterable[ForwardedItem]) -> Letter:
    """Everything the client may see of a letter, and nothing else.

    `items` have their escalation and its agent; `forwarding` has contact, program and people.
    """
    return Letter(
        program=forwarding.program,
        number=forwarding.number,
        subject=forwarding.subject,
        opening=forwarding.opening,
        closing=forwarding.closing,
        greeting=forwarding.contact.name if forwarding.contact else "",
        signed=str(forwarding.sent_by or forwarding.written_by),
        due_at=forwarding.due_at,
        questions=[question_of(forwarding, item) for item in items],
    )


def question_of(forwarding: Forwarding, item: ForwardedItem) -> Question:
    """One item as the client may read it."""
    line = item.escalation
    return Question(
        position=item.position,
        question=item.question,
        concern=item.concern,
        offered=item.offered,
        refused_because=item.refused_because,
        wanted=item.wanted,
        agent=str(line.agent) if forwarding.with_names else "",
        reference=line.customer_ref if forwarding.with_references else "",
        happened_at=line.occurred_at,
    )


def rendered_letter(letter: Letter, token: str) -> Rendered:
    """Text and HTML of the mail; the same letter and token give the same bytes."""
    return rendered(TEMPLATE, {"letter": letter, "link": reply_address(token)})


def look_of(forwarding: Forwarding, items: Iterable[ForwardedItem]) -> str:
    """A digest of all that is sent of a letter, but for the link's secret, and of to whom.

    Names, references and the promised day are those of now: between a preview and the sending a
    line, a person or the date may have changed while the draft stayed as it was.
    """
    bodies = rendered_letter(letter_of(forwarding, items), TOKEN_IN_PREVIEW)
    contact = forwarding.contact
    head = [forwarding.subject, contact.name, contact.email] if contact else [forwarding.subject]
    return hashlib.sha256("\0".join([*head, *bodies]).encode()).hexdigest()


def reply_address(token: str) -> str:
    """The whole address of a letter's page."""
    return address_of(reverse("reply", kwargs={"token": token}))


def promised_at(sent_at: datetime, days: int, program: Program) -> datetime:
    """Give the instant by which a letter sent at `sent_at` (aware) is due.

    That is the same time by the program's clocks so many days later, whatever they do between; a
    time they skip is the first instant after the gap.
    """
    local = sent_at.astimezone(program.zone)
    return local_instant(local.date() + timedelta(days=days), local.time(), program.zone)


def reminders_due(
    sent_at: datetime, due_at: datetime, now: datetime
) -> list[tuple[Reminder.Kind, datetime]]:
    """Give the reminders whose moment has come by `now`, with it; all instants are aware.

    Shares are of the time that really passes, so that an hour lost or won by the clocks counts.
    """
    whole = due_at - sent_at
    moments = [(kind, sent_at + whole * share) for kind, share in SHARES.items()]
    return [(kind, moment) for kind, moment in moments if moment <= now]
