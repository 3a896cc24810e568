"""What lines' agents were told and what came after it, by one ready statement (ADR 0094)."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from escalations.lookback import LATER, later_said
from escalations.models import FeedbackNote
from people.models import Membership, User
from people.ready import columns, made, planned


def standing_notes(lines: Collection[int], membership: Membership) -> list[FeedbackNote]:
    """The notes not taken back on lines (by primary key), as far as the member may read them.

    Who gave and who acknowledged is read with them, and the `later` lines that a look back asks
    about (escalations/lookback.py); one query.
    """
    if not lines or not membership.may("read_log"):
        return []
    notes = []
    for row in planned(_notes(), [membership.program_id, list(lines)]):
        note, rest = made(FeedbackNote, list(row))
        note.given_by, rest = made(User, rest)
        agent, (later,) = made(User, rest)
        note.acknowledged_by = agent if note.acknowledged_by_id else None
        note.later = later_said(later)
        notes.append(note)
    return notes


@cache
def _notes() -> str:
    return (
        f"SELECT {columns(FeedbackNote, 'note')}, {columns(User, 'giver')},"  # noqa: S608
        f" {columns(User, 'agent')}, {LATER} FROM escalations_feedbacknote AS note"
        " JOIN escalations_escalation AS line ON line.id = note.escalation_id"
        " JOIN people_user AS giver ON giver.id = note.given_by_id"
        " LEFT JOIN people_user AS agent ON agent.id = note.acknowledged_by_id"
        " WHERE note.program_id = %s AND note.escalation_id = ANY(%s)"
        " AND note.withdrawn_at IS NULL ORDER BY note.escalation_id, note.round"
    )
