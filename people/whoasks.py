"""Who is asking: the memberships every page begins with, read by one ready-made statement.

Django's compiling of `Membership.objects.of(user)` takes ten times as long as the database's
answer, and every request pays it. A test holds this to what that queryset says.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, models
from django.utils import timezone

from people.models import Client, Membership, Program, User

MODELS: tuple[type[models.Model], ...] = (Membership, Program, Client)


def memberships_at_once(user: User) -> list[Membership]:
    """The person's memberships with program, client and captaincy, by program name; one query."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [now, now, user.pk])
        rows = cursor.fetchall()
    return [_membership(list(row), user) for row in rows]


def _membership(row: list[object], user: User) -> Membership:
    made = []
    for model in MODELS:
        names = [field.attname for field in model._meta.concrete_fields]
        values, row = row[: len(names)], row[len(names) :]
        made.append(model.from_db(connection.alias, names, values))
    membership, program, client = made
    assert isinstance(membership, Membership) and isinstance(program, Program)  # noqa: S101
    membership.user, membership.program = user, program
    program.client = client  # type: ignore[assignment]
    membership.is_captain = bool(row[0])
    return membership


@cache
def _statement() -> str:
    columns = ", ".join(
        f'{model._meta.db_table}."{field.column}"'
        for model in MODELS
        for field in model._meta.concrete_fields
    )
    return (
        f"SELECT {columns}, EXISTS (SELECT FROM people_captainappointment AS captain"  # noqa: S608
        " WHERE captain.user_id = people_membership.user_id"
        " AND captain.program_id = people_membership.program_id"
        " AND (captain.until IS NULL OR captain.until > %s)"
        " AND captain.starts_at <= %s AND captain.ended_at IS NULL)"
        " FROM people_membership"
        " JOIN people_program ON people_program.id = people_membership.program_id"
        " JOIN people_client ON people_client.id = people_program.client_id"
        " JOIN people_user ON people_user.id = people_membership.user_id"
        " WHERE people_membership.user_id = %s AND people_membership.roles <> '{}'"
        " AND people_user.is_active"
        " ORDER BY people_program.name, people_membership.id"
    )
