"""One line by its number, with what its page says of it: one ready statement."""

from __future__ import annotations

from functools import cache

from django.db import connection

from escalations.models import Escalation, Import, Topic
from people.models import Agent, Membership, User
from people.ready import columns, made

HIGHEST = 2**31 - 1
"""The highest number a column of numbers holds."""


def line_at_once(membership: Membership, number: int) -> Escalation | None:
    """The line as the member may see it; its agent, logger, import and topic are read with it.

    `has_masked` says whether numbers were masked in it, `has_moved` whether it was put under a
    topic, or out of one, since it was logged. None: there is none, or not for them.
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
    line.has_masked, line.has_moved, import_id, source_name, slug, name = row
    if import_id:
        line.imported_by = Import(pk=import_id, source_name=source_name)
    if line.topic_id:
        line.topic = Topic(pk=line.topic_id, program=membership.program, slug=slug, name=name)
    return line  # type: ignore[no-any-return]


@cache
def _statement() -> str:
    return (
        f"SELECT {columns(Escalation, 'line')}, {columns(Agent, 'agent')},"  # noqa: S608
        f" {columns(User, 'who')},"
        " EXISTS (SELECT FROM escalations_maskednumber AS hidden"
        " WHERE hidden.escalation_id = line.id),"
        " EXISTS (SELECT FROM escalations_topicmove AS move WHERE move.escalation_id = line.id),"
        " source.id, source.source_name,"
        " topic.slug, topic.name"
        " FROM escalations_escalation AS line"
        " JOIN people_agent AS agent ON agent.id = line.agent_id"
        " JOIN people_user AS who ON who.id = line.logged_by_id"
        " LEFT JOIN escalations_import AS source ON source.id = line.imported_by_id"
        " LEFT JOIN escalations_topic AS topic ON topic.id = line.topic_id"
        " WHERE line.program_id = %s AND line.number = %s"
    )
