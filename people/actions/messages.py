"""Telling people: by mail through the queue, on screen by notices, as each of them chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from people import mail as mails
from people.history import told
from people.messagekinds import KINDS, kinds_for
from people.models import (
    Membership,
    Message,
    Notice,
    NotificationChoice,
    Program,
    User,
)
from people.models.messages import new_message_id
from people.refusals import ActionRefused
from people.retries import whole
from people.sealing import mark_of, seal

State = Message.State


def queue(
    kind: str,
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    program: Program | None,
    about: str = "",
    to_name: str = "",
    from_name: str = "",
    secret: str = "",
    answers: Message | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Write one mail into the queue, in the caller's transaction; the worker sends it.

    `template` names `<template>.txt` and `.html`; `context` may hold what people typed. Names and
    subject are cleaned; ActionRefused when `to` is not one address. `secret` is the token of a
    link in the context: it is stored unreadable and forgotten once the mail is sent. `answers` is
    an earlier mail of the same thread. `due_at` is an aware instant, by default now.
    """
    bodies = mails.rendered(template, context)
    message_id, sealed = new_message_id(), ""
    if secret:
        sealed = seal(secret, message_id)
        mark = mark_of(sealed)
        bodies = mails.Rendered(*(text.replace(secret, mark) for text in bodies))
    return Message.objects.create(
        kind=kind,
        program=program,
        to_email=mails.clean_address(to),
        to_name=mails.clean_name(to_name),
        from_name=mails.clean_name(from_name),
        subject=mails.one_line(subject) or "Tala",
        text=bodies.text,
        html=bodies.html,
        sealed=sealed,
        message_id=message_id,
        in_reply_to=answers.message_id if answers else "",
        references=_thread(answers),
        about=about,
        due_at=due_at or timezone.now(),
    )


def _thread(answers: Message | None) -> str:
    return f"{answers.references} {answers.message_id}".strip() if answers else ""


@dataclass(frozen=True)
class Mail:
    """A notice's mail in words of its own, in place of the sentence and its link."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def notify(
    people: Iterable[User | Membership],
    kind: str,
    sentence: str,
    link: str,
    *,
    program: Program,
    mail: Mail | None = None,
    once: str = "",
    about: str = "",
) -> list[Notice]:
    """Tell members of a program one sentence with the path it is about, as each of them chose.

    In the caller's transaction. Told are those of `people` who are members with the kind's
    ability (people/messagekinds.py; KeyError for an unknown kind). With `once` nobody is told
    twice under that name, however often it is called. Returns the notices written.
    """
    wanted = KINDS[kind]
    members = _members(people, program, wanted.ability)
    if once:
        had = Notice.objects.filter(program=program, kind=kind, once=once)
        known = set(had.values_list("user", flat=True))
        members = [member for member in members if member.user_id not in known]
    ways = ways_of(members, kind)
    sentence = mails.one_line(sentence, 300)
    notices = [
        Notice(
            user=member.user,
            program=program,
            kind=kind,
            sentence=sentence,
            link=link,
            once=once,
            on_screen=ways[member.user_id][0],
        )
        for member in members
    ]
    for notice in Notice.objects.bulk_create(notices):
        if ways[notice.user_id][1] and notice.user.email:
            _mail(notice, mail, about)
    return notices


def _members(
    people: Iterable[User | Membership], program: Program, ability: str
) -> list[Membership]:
    users = {one.user_id if isinstance(one, Membership) else one.pk for one in people}
    found = (
        Membership.objects.active()
        .filter(program=program, user__in=users)
        .select_related("user", "program")
        .with_captaincy()
        .order_by("user")
    )
    return [member for member in found if member.may(ability)]


def ways_of(members: list[Membership], kind: str) -> dict[int, tuple[bool, bool]]:
    """Per user: on screen? by mail?"""
    ways = {member.user_id: (KINDS[kind].screen, KINDS[kind].mail) for member in members}
    if not members:
        return ways
    chosen = NotificationChoice.objects.filter(
        program=members[0].program_id, user__in=ways, kind=kind
    )
    return ways | {choice.user_id: (choice.screen, choice.mail) for choice in chosen}


def _mail(notice: Notice, said: Mail | None, about: str) -> None:
    said = said or Mail(notice.sentence, "people/mail/notice")
    link = mails.address_of(notice.link)
    try:
        queue(
            notice.kind,
            to=notice.user.email,
            to_name=notice.user.name,
            subject=said.subject,
            template=said.template,
            context={"notice": notice, "person": notice.user, "link": link, **said.context},
            program=notice.program,
            about=about,
        )
    except ActionRefused:  # an address from former days: the screen has told them
        return


@whole
def mark_read(user: User, memberships: Iterable[Membership], *, pk: int | None = None) -> int:
    """Mark one of a person's own notices as read, or all of them; return how many were unread."""
    found = Notice.objects.of(m for m in memberships if m.user_id == user.pk).unread()
    if pk is not None:
        found = found.filter(pk=pk)
    return found.update(read_at=timezone.now())


@whole
def choose(user: User, memberships: Iterable[Membership], wanted: dict[str, set[str]]) -> int:
    """Keep how a person wants to be told; `wanted` has "<slug>:<kind>" under screen and mail.

    Every kind of every own program counts as answered: what is in neither is told by mail nor on
    screen. Returns how many choices were kept.
    """
    rows = [
        NotificationChoice(
            user=user,
            program=member.program,
            kind=kind,
            screen=f"{member.program.slug}:{kind}" in wanted["screen"],
            mail=f"{member.program.slug}:{kind}" in wanted["mail"],
        )
        for member in memberships
        for kind in kinds_for(member.abilities)
    ]
    NotificationChoice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["user", "program", "kind"],
        update_fields=["screen", "mail"],
    )
    return len(rows)


@whole
def send_again(message: Message, *, by: Membership) -> Message:
    """Put a mail that could not be delivered back into the queue, for another day of trying."""
    message = Message.objects.visible_to(by).select_for_update().get(pk=message.pk)
    if message.state != State.FAILED:
        raise ActionRefused(f"This mail is not undelivered: it is {message.get_state_display()}.")
    message.state, message.due_at = State.QUEUED, timezone.now()
    message.attempts, message.crashes, message.first_tried_at = 0, 0, None
    with told("sent again", by=by):
        message.save(update_fields=["state", "due_at", "attempts", "crashes", "first_tried_at"])
    return message


@whole
def let_go(message: Message, *, by: Membership) -> Message:
    """Decide that a mail that could not be delivered need not be; it is kept as taken back."""
    message = Message.objects.visible_to(by).select_for_update().get(pk=message.pk)
    if message.state != State.FAILED:
        raise ActionRefused(f"This mail is not undelivered: it is {message.get_state_display()}.")
    message.state, message.sealed = State.CANCELLED, ""
    with told("let go", by=by):
        message.save(update_fields=["state", "sealed"])
    return message


@whole
def cancel(about: str, *, by: Membership) -> int:
    """Take back what is not sent yet of one matter ("letter:12"); return how many mails.

    News about it for members goes out all the same.
    """
    found = Message.objects.filter(
        Q(state=State.QUEUED) | Q(state=State.FAILED), program=by.program_id, about=about
    ).exclude(kind__in=KINDS)
    waiting = list(found.select_for_update())
    with told("taken back", by=by):
        for message in waiting:
            message.state, message.sealed = State.CANCELLED, ""
            message.save(update_fields=["state", "sealed"])
    return len(waiting)
