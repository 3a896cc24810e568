"""What a line was asked of the client in its letters, and what the client said, round by round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from escalations.history import DID, Step
from escalations.models import ClientAnswer, Escalation, Forwarding, Status
from people.ready import columns, made, planned

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
    """The letters a line was sent in, the newest first; asks only if its story tells of one.

    Each with its answers, the newest first; one ready statement for all.
    """
    is_with_client = line.status in (Status.FORWARDED, Status.ANSWERED)
    if not is_with_client and not any(step.did in LETTERS for step in story):
        return []
    found: dict[int, LineLetter] = {}
    for item, state, number, at, contact, nth, asked, is_open, *said in planned(
        _statement(), [line.pk]
    ):
        if item not in found:
            label = Forwarding.State(state).label
            found[item] = LineLetter(number, at, contact, nth, asked, is_open, label, [])
        answer, _ = made(ClientAnswer, said)
        if answer.pk:
            found[item].answers.append(answer)
    return list(found.values())


@cache
def _statement() -> str:
    return (
        "SELECT item.id, letter.state, letter.number, letter.sent_at, contact.name, item.round,"  # noqa: S608
        f" item.question, item.is_open, {columns(ClientAnswer, 'answer')}"
        " FROM escalations_forwardeditem AS item"
        " JOIN escalations_forwarding AS letter"
        " ON letter.id = item.forwarding_id AND letter.sent_at IS NOT NULL"
        " JOIN escalations_clientcontact AS contact ON contact.id = letter.contact_id"
        " LEFT JOIN escalations_clientanswer AS answer ON answer.item_id = item.id"
        " WHERE item.escalation_id = %s ORDER BY item.round DESC, item.id DESC, answer.id DESC"
    )
