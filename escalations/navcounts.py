"""What waits for a member, for the links every page has: counted to a hundred, in one statement."""

from __future__ import annotations

from typing import NamedTuple

from escalations.topicnames import TopicName
from people.models import Membership
from people.ready import planned

MOST = 100
"""Beyond this nobody counts: `99+` is said. An order keeps the count in its index."""

OWED = (
    "SELECT count(*) FROM (SELECT FROM escalations_escalation AS line WHERE line.program_id = %s"  # noqa: S608
    " AND line.logged_by_id = %s AND line.feedback = 'owed' AND line.status <> 'void'"
    f" ORDER BY line.occurred_at LIMIT {MOST}) AS owed"
)
OVERDUE = (
    "SELECT count(*) FROM (SELECT FROM escalations_escalation AS line WHERE line.program_id = %s"  # noqa: S608
    " AND line.callback_at < now() AND line.callback_at IS NOT NULL"
    " AND line.called_back_at IS NULL AND line.status <> 'void'"
    f" ORDER BY line.callback_at LIMIT {MOST}) AS overdue"
)
UNRESOLVED = (
    "SELECT count(*) FROM (SELECT FROM escalations_escalation AS line WHERE line.program_id = %s"  # noqa: S608
    f" AND line.status = 'unresolved' ORDER BY line.occurred_at LIMIT {MOST}) AS unresolved"
)
UNREAD = (
    "SELECT count(*) FROM (SELECT FROM escalations_escalation AS line"  # noqa: S608
    " JOIN people_agent AS agent ON agent.id = line.agent_id"
    " WHERE agent.program_id = %s AND agent.user_id = %s AND line.program_id = agent.program_id"
    f" AND line.feedback = 'given' AND line.status <> 'void' LIMIT {MOST}) AS unread"
)


TOPICS = (
    "SELECT coalesce(json_agg(json_build_array(topic.id, topic.slug, topic.name)"
    " ORDER BY lower(topic.name), topic.id), '[]') FROM escalations_topic AS topic"
    " WHERE topic.program_id = %s AND topic.merged_into_id IS NULL AND topic.withdrawn_at IS NULL"
)

MEANT = (
    "WITH RECURSIVE led (id, onto, gone) AS ("
    " SELECT id, merged_into_id, withdrawn_at FROM escalations_topic"
    " WHERE program_id = %s AND slug = %s"
    " UNION ALL SELECT topic.id, topic.merged_into_id, topic.withdrawn_at"
    " FROM escalations_topic AS topic JOIN led ON topic.id = led.onto)"
    " SELECT id FROM led WHERE onto IS NULL AND gone IS NULL"
)
"""The live topic a slug leads to, as `Topic.objects.at` says it."""


class Waiting(NamedTuple):
    """Feedback the member owes, call-backs overdue, feedback to read, lines to be forwarded."""

    owed: int = 0
    overdue: int = 0
    unread: int = 0
    unresolved: int = 0


def waiting_for(membership: Membership) -> Waiting:
    """What waits, asked once for a request's membership; nothing is asked for who may nothing."""
    known: Waiting | None = getattr(membership, "waits", None)
    if known is None:
        known = membership.waits = _asked(membership)  # type: ignore[attr-defined]
    return known


def said(count: int) -> str:
    """A count as a link says it: nothing for 0, `99+` past the most."""
    return f"{MOST - 1}+" if count >= MOST else str(count or "")


def topics_beside(membership: Membership, slug: str) -> tuple[list[TopicName], int | None]:
    """The program's live topics by name, asked for in one statement with what waits.

    And the primary key of the one that a slug leads to, by mergers, if any. For the sheet, which
    shows it all; `waiting_for` then has its answer.
    """
    counts, values = _counts(membership)
    program = membership.program_id
    asked = f"SELECT ({TOPICS}), ({MEANT}), {counts}"
    ((topics, meant, *waits),) = planned(asked, [program, program, slug, *values])
    membership.waits = Waiting(*waits)  # type: ignore[attr-defined]
    return [TopicName(*topic) for topic in topics], meant


def _asked(membership: Membership) -> Waiting:
    counts, values = _counts(membership)
    if not values:
        return Waiting()
    return Waiting(*planned(f"SELECT {counts}", values)[0])


def _counts(membership: Membership) -> tuple[str, list[int]]:
    """The counts of what a member may see, in the order of Waiting, and their values."""
    mine, everyone = [membership.program_id, membership.user_id], [membership.program_id]
    parts: tuple[tuple[str, str, list[int]], ...] = (
        ("give_feedback", OWED, mine),
        ("read_log", OVERDUE, everyone),
        ("see_own_feedback", UNREAD, mine),
        ("forward", UNRESOLVED, everyone),
    )
    nothing: tuple[str, list[int]] = ("SELECT 0", [])
    asked = [(sql, of) if membership.may(able) else nothing for able, sql, of in parts]
    return ", ".join(f"({sql})" for sql, _ in asked), [value for _, of in asked for value in of]
