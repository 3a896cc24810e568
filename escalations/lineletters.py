"""What a line was asked of the client in its letters, and what the client said, round by round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escalations.history import DID, Step
from escalations.models import ClientAnswer, Escalation, ForwardedItem, Status

LETTERS = (DID["forwarded"], DID["answered"], DID["recalled"])
"""What a story tells of a line that was in a letter."""


@dataclass(frozen=True)
class LineLetter:
    """One round: the letter, what was asked, whether an answer is awaited, and the answers."""

    number: int
    sent_at: datetime
    contact: str
    round: int
    question: str
    is_open: bool
    state: str
    answers: list[ClientAnswer]


def letters_of(line: Escalation, story: Sequence[Step]) -> list[LineLetter]:
    """The letters a line was sent in, the newest first; asks only if its story tells of one."""
    is_with_client = line.status in (Status.FORWARDED, Status.ANSWERED)
    if not is_with_client and not any(step.did in LETTERS for step in story):
        return []
    items = list(
        ForwardedItem.objects.filter(escalation=line, forwarding__sent_at__isnull=False)
        .select_related("forwarding__contact")
        .order_by("-round")
    )
    given: dict[int, list[ClientAnswer]] = {}
    for answer in ClientAnswer.objects.filter(item__in=items).order_by("-pk"):
        given.setdefault(answer.item_id, []).append(answer)
    return [
        LineLetter(
            number=item.forwarding.number,
            sent_at=item.forwarding.sent_at,
            contact=str(item.forwarding.contact),
            round=item.round,
            question=item.question,
            is_open=item.is_open,
            state=item.forwarding.get_state_display(),
            answers=given.get(item.pk, []),
        )
        for item in items
        if item.forwarding.sent_at is not None
    ]
