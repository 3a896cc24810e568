"""Telling people what waits for them: one digest per person, kind and shift, kept true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from escalations import due
from escalations.due import Due, DueBy, Members
from escalations.models import Escalation
from people.actions.digests import Digest, keep_digest, last_told, withdraw_digest
from people.messagekinds import KINDS
from people.models import Membership, Program
from people.templatetags.tala import clock, moment


@dataclass(frozen=True)
class Matter:
    """One kind of waiting: who has what due, what of it is news, and how it is said."""

    kind: str
    due: Callable[[Program, Members, datetime], DueBy]
    news: Callable[[Membership, Members, datetime, datetime], Q]
    say: Callable[[Membership, Due, datetime], str]
    link: Callable[[Membership], str]


def tell(now: datetime | None = None) -> int:
    """Tell everybody of every program what has come to wait by `now` (aware; by default this
    moment); return how many people were told of how many kinds.

    Told is at the first telling and when a line comes of an age since the last one; what no longer
    waits is taken back. It may be stopped anywhere and run twice.
    """
    now = now or timezone.now()
    programs = Program.objects.order_by("pk")
    return sum(_tell_of(matter, program, now) for program in programs for matter in MATTERS)


def _tell_of(matter: Matter, program: Program, now: datetime) -> int:
    found = Membership.objects.active().filter(program=program).with_captaincy()
    members = [m for m in found.select_related("user") if m.may(KINDS[matter.kind].ability)]
    for member in members:
        member.program = program
    waiting = matter.due(program, members, now)
    last = last_told(members, matter.kind)
    day, told = program.current_shift(now), 0
    for member in members:
        said, held = last.get(member.user_id), waiting.get(member.user_id)
        if held:
            digest = Digest(matter.kind, day, matter.say(member, held, now), matter.link(member))
            is_news = said is None or _is_news(matter, member, members, said.created_at, now)
            if is_news or (said and said.is_unread and said.sentence != digest.sentence):
                told += keep_digest(member, digest, is_news=is_news, now=now)
        elif said and said.read_at is None:
            withdraw_digest(member, matter.kind, now=now)
    return told


def _is_news(
    matter: Matter, member: Membership, members: Members, since: datetime, now: datetime
) -> bool:
    lines = Escalation.objects.visible_to(member).exclude(status="void")
    return lines.filter(matter.news(member, members, since, now)).exists()


def _owed(member: Membership, held: Due, now: datetime) -> str:
    days = (now - held.oldest).days
    if held.count == 1:
        return f"You owe feedback on a call of {days} days ago."
    return f"You owe feedback on {held.count:,} calls, the oldest of {days} days ago."


def _calls(member: Membership, held: Due, now: datetime) -> str:
    program = member.program
    is_tonight = program.shift_day_of(held.oldest) == program.current_shift(now)
    at = (clock if is_tonight else moment)(held.oldest, program)
    if held.count == 1:
        return f"A call-back promised for {at} is due."
    return f"{held.count:,} promised call-backs are due, the first since {at}."


def _near(member: Membership, held: Due, now: datetime) -> str:
    promise = f"the promise of {member.program.promise_days} days"
    days = (now - held.oldest).days
    if held.count == 1:
        how = "is past" if held.past else "nears"
        return f"An unresolved line {how} {promise}: it is {days} days old."
    how = "are past" if held.past == held.count else "near"
    some = f", {held.past:,} of them past it" if 0 < held.past < held.count else ""
    return f"{held.count:,} unresolved lines {how} {promise}{some}; the oldest is {days} days old."


def _path(name: str, member: Membership, query: str = "") -> str:
    return reverse(name, kwargs={"p": member.program.slug}) + query


def _by_me(member: Membership) -> str:
    return "?" + urlencode({"by": member.user.username})


MATTERS = (
    Matter(
        "feedback_owed",
        due.feedback_owed,
        due.feedback_news,
        _owed,
        lambda member: _path("feedback", member, _by_me(member)),
    ),
    Matter(
        "follow_up_due",
        due.calls_due,
        due.calls_news,
        _calls,
        lambda member: _path("follow_ups", member, "" if member.may("forward") else _by_me(member)),
    ),
    Matter(
        "promise_near",
        due.promises_near,
        due.promises_news,
        _near,
        lambda member: _path("forwarding", member),
    ),
)
