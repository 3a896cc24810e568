"""One line by its number, with what its page says of it: one ready statement."""

from __future__ import annotations

from functools import cache

from django.db import connection

from escalations.models import Escalation, Import
from people.models import Agent, Membership, User
from people.ready import columns, made

HIGHEST = 2**31 - 1
"""The highest number a column of numbers holds."""


def line_at_once(membership: Membership, number: int) -> Escalation | None:
    """The line as the member may see it, its agent, who logged it and its import read with it.

    `has_masked` says whether numbers were masked in it. None: there is none, or not for them.
    """
    if not membership.may("read_log") or number > HIGHEST:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [membership.program_id, number])
        found = cursor.fetchone()
    if found is None:
        return None
    line, row = made(Escalation, list(found))
    line.agent, row = made(Agent, row)
    line.logged_by, row = made(User, row)
    line.program = line.agent.program = membership.program
    line.has_masked, import_id, source_name = row
    if import_id:
        line.imported_by = Import(pk=import_id, source_name=source_name)
    return line  # type: ignore[no-any-return]


@cache
def _statement() -> str:
    return (
        f"SELECT {columns(Escalation, 'line')}, {columns(Agent, 'agent')},"  # noqa: S608
        f" {columns(User, 'who')},"
        " EXISTS (SELECT FROM escalations_maskednumber AS hidden"
        " WHERE hidden.escalation_id = line.id), source.id, source.source_name"
        " FROM escalations_escalation AS line"
        " JOIN people_agent AS agent ON agent.id = line.agent_id"
        " JOIN people_user AS who ON who.id = line.logged_by_id"
        " LEFT JOIN escalations_import AS source ON source.id = line.imported_by_id"
        " WHERE line.program_id = %s AND line.number = %s"
    )
