"""What waits for an agent: feedback to read and answer."""

from __future__ import annotations

from escalations.models import FeedbackNote
from escalations.navcounts import said, waiting_for
from people.models import Agent, Membership
from reports.start.blocks import SHOWN, Act, Matter, Row, place


def feedback(member: Membership) -> list[Matter]:
    """Feedback the agent has not acknowledged, the newest first; one query, or none."""
    count = waiting_for(member).unread
    if not count:
        return []
    unread = FeedbackNote.objects.told_to(member).filter(acknowledged_at=None)
    newest = unread.select_related("escalation", "given_by").order_by("-given_at", "-pk")[:SHOWN]
    url = place("my_feedback", member)
    rows = [
        Row(
            note.escalation.concern,
            f"{url}#my-note-{note.escalation.number}",
            f"from {note.given_by}",
            at=note.given_at,
        )
        for note in newest
    ]
    act = Act("Read and answer", rows[0].url if rows else url, "the newest feedback")
    return [Matter("feedback", "Feedback to read", url, said(count), rows, act, tone="due")]


def is_linked(member: Membership) -> bool:
    """Whether an agent of the roster has the member's sign-in; one query."""
    return Agent.objects.filter(program=member.program_id, user=member.user_id).exists()
