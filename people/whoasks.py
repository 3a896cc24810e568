"""Who is asking: the person and the memberships every page begins with, by one ready statement.

Django's compiling of these two queries takes ten times as long as the database's answer, and every
request pays it. A test holds this to what `Membership.objects.of(user)` says.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

from people.messagekinds import KINDS
from people.models import Client, Membership, Program, User
from people.ready import columns, made, planned

MODELS: tuple[type[models.Model], ...] = (User, Membership, Program, Client)

MOST_UNREAD = 100
"""Notices of one program beyond which nobody counts."""


def person_at_once(pk: int) -> User | None:
    """The person with `memberships_read`: program, client and captaincy, by program; one query."""
    now = timezone.now()
    rows = planned(_statement(), [now, now, pk])
    if not rows:
        return None
    user: Any = made(User, list(rows[0]))[0]
    user.memberships_read = [member for row in rows if (member := _membership(list(row), user))]
    return user  # type: ignore[no-any-return]


def memberships_at_once(user: User) -> list[Membership]:
    """The person's memberships, as they were read with the person or are now."""
    known: list[Membership] | None = getattr(user, "memberships_read", None)
    if known is None:
        person: Any = person_at_once(user.pk)
        known = person.memberships_read if person else []
        for membership in known:
            membership.user = user
    return known


def unread_of(memberships: Iterable[Membership]) -> int:
    """How many notices are unread, of the kinds that the person may still see."""
    return sum(
        kind in KINDS and member.may(KINDS[kind].ability)
        for member in memberships
        for kind in member.unread_kinds
    )


def _membership(row: list[Any], user: User) -> Membership | None:
    _, row = made(User, row)
    membership, row = made(Membership, row)
    if membership.pk is None or not user.is_active:
        return None
    program, row = made(Program, row)
    program.client, row = made(Client, row)
    membership.user, membership.program, membership.is_captain = user, program, bool(row[0])
    membership.unread_kinds = row[1]
    return membership  # type: ignore[no-any-return]


@cache
def _statement() -> str:
    shown = ", ".join(columns(model) for model in MODELS)
    return (
        f"SELECT {shown}, EXISTS (SELECT FROM people_captainappointment AS captain"  # noqa: S608
        " WHERE captain.user_id = people_membership.user_id"
        " AND captain.program_id = people_membership.program_id"
        " AND (captain.until IS NULL OR captain.until > %s)"
        " AND captain.starts_at <= %s AND captain.ended_at IS NULL),"
        " ARRAY(SELECT notice.kind FROM people_notice AS notice"
        " WHERE notice.user_id = people_membership.user_id"
        " AND notice.program_id = people_membership.program_id"
        f" AND notice.read_at IS NULL AND notice.on_screen LIMIT {MOST_UNREAD})"
        " FROM people_user"
        " LEFT JOIN people_membership ON people_membership.user_id = people_user.id"
        " AND people_membership.roles <> '{}'"
        " LEFT JOIN people_program ON people_program.id = people_membership.program_id"
        " LEFT JOIN people_client ON people_client.id = people_program.client_id"
        " WHERE people_user.id = %s"
        " ORDER BY people_program.name, people_membership.id"
    )
