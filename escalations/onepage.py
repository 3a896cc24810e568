"""One line by its number, with what its page says of it: one ready statement."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import NamedTuple

from escalations.models import Escalation, Import, MaskedNumber, Topic
from escalations.topicstory import MOVES
from people.models import Agent, Membership, User
from people.ready import columns, made, planned

HIGHEST = 2**31 - 1
"""The highest number a column of numbers holds."""

_MASKED = """
(SELECT coalesce(json_agg(json_build_array(hidden.id, hidden.last, hidden.field, hidden.masked_at,
        hidden.not_a_card_at, coalesce(nullif(clearer.name, ''), clearer.username))
        ORDER BY hidden.masked_at, hidden.id), '[]')
FROM escalations_maskednumber AS hidden
LEFT JOIN people_user AS clearer ON clearer.id = hidden.not_a_card_by_id
WHERE hidden.escalation_id = line.id)
"""


class MaskedSaid(NamedTuple):
    """A number masked in a line: the field as people call it, and who let it through, if so."""

    pk: int
    last: str
    field_said: str
    masked_at: datetime
    not_a_card_at: datetime | None
    not_a_card_by: str


def line_at_once(membership: Membership, number: int) -> Escalation | None:
    """The line as the member may see it; its agent, logger, import and topic are read with it.

    `masked` are the numbers masked in it, the first first; `moves` the steps that put it under a
    topic, or out of one, since it was logged (for `with_topics`). None: there is none, or not for
    them.
    """
    if not membership.may("read_log") or number > HIGHEST:
        return None
    found = planned(_statement(), [membership.program_id, number])
    if not found:
        return None
    line, row = made(Escalation, list(found[0]))
    line.agent, row = made(Agent, row)
    line.logged_by, row = made(User, row)
    line.program = line.agent.program = membership.program
    masked, line.moves, import_id, source_name, slug, name = row
    line.masked = [_masked(*number) for number in masked]
    if import_id:
        line.imported_by = Import(pk=import_id, source_name=source_name)
    if line.topic_id:
        line.topic = Topic(pk=line.topic_id, program=membership.program, slug=slug, name=name)
    return line  # type: ignore[no-any-return]


def _masked(
    pk: int, last: str, field: str, at: str, cleared_at: str | None, by: str | None
) -> MaskedSaid:
    said = MaskedNumber(field=field).field_said
    cleared = cleared_at and datetime.fromisoformat(cleared_at)
    return MaskedSaid(pk, last, said, datetime.fromisoformat(at), cleared or None, by or "")


@cache
def _statement() -> str:
    return (
        f"SELECT {columns(Escalation, 'line')}, {columns(Agent, 'agent')},"  # noqa: S608
        f" {columns(User, 'who')},"
        f" {_MASKED}, {MOVES},"
        " source.id, source.source_name,"
        " topic.slug, topic.name"
        " FROM escalations_escalation AS line"
        " JOIN people_agent AS agent ON agent.id = line.agent_id"
        " JOIN people_user AS who ON who.id = line.logged_by_id"
        " LEFT JOIN escalations_import AS source ON source.id = line.imported_by_id"
        " LEFT JOIN escalations_topic AS topic ON topic.id = line.topic_id"
        " WHERE line.program_id = %s AND line.number = %s"
    )
