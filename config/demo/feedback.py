"""What agents of the demo floor were told, what one of them answered, and who was called back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.utils import timezone

from escalations.actions import feedback, follow_ups, quick_texts
from escalations.models import Escalation, FeedbackNote, FollowUp
from people.models import Membership, Notice

Really = dict[tuple[int, int], tuple[datetime, Membership | None]]
"""Of a line's version: when it was changed, and by whom; None: as it says itself."""

TEXTS = (
    "Say what you can do before you say what you cannot.",
    "Offer the payment plan before you hand the call over.",
    "Read the account’s notes first: the answer was there.",
    "Let him finish, then say back what you understood.",
    "Check the area’s outage board before you promise a technician.",
    "Explain the charge line by line, with the date it began.",
)
ANSWERS = (
    "I will read the notes before I pick up.",
    "Next time I offer the plan first and hand over only if it is refused.",
    "Noted: I say the charge with its date.",
)
RESULTS = (
    ("Accepted the offer, will pay on Friday.", 4),
    ("Service is back, thanked us for the call.", 5),
    ("Still unhappy, but understood the policy.", 2),
    ("Confirmed the visit of the technician.", None),
)
OVERDUE = 3
"""Of the promised call-backs so many, the latest, were forgotten."""


def keep_texts(by: Membership) -> None:
    """The captain's quick texts."""
    for number, text in enumerate(TEXTS):
        quick_texts.add_text(text, key=_key(f"text {number}"), by=by)


def tell(
    line: Escalation, *, at: datetime, by: Membership, agent: Membership, really: Really
) -> Escalation:
    """Give feedback on a line as of `at`; the agent who signs in has answered the older half."""
    text = TEXTS[line.number % len(TEXTS)]
    key = _key(f"note {line.number}")
    note = feedback.give(line, text=text, key=key, version=line.version, by=by)
    really[line.pk, line.version] = at, by
    line, answered_at = note.escalation, at + timedelta(hours=9)
    facts: dict[str, datetime] = {"given_at": at}
    if line.agent.user_id == agent.user_id and answered_at < timezone.now() - timedelta(days=18):
        words = ANSWERS[line.number % len(ANSWERS)]
        helped = (True, True, None, False)[line.number % 4]
        feedback.acknowledge(note, words=words, helped=helped, version=note.version, by=agent)
        really[line.pk, line.version] = answered_at, agent
        line.refresh_from_db(fields=["version", "feedback"])
        facts["acknowledged_at"] = answered_at
    with pgtrigger.ignore():  # it is not changed afterwards: it was so from the start
        FeedbackNote.objects.filter(pk=note.pk).update(**facts)
    return line


def call_back(
    lines: Mapping[int, Escalation], *, by: Membership, callers: list[Membership], really: Really
) -> None:
    """Keep the promises that are due, three of four in time, but for the latest few."""
    due = Escalation.objects.visible_to(by).promised().filter(callback_at__lt=timezone.now())
    numbers = list(due.order_by("-callback_at").values_list("number", flat=True))[OVERDUE:]
    for place, number in enumerate(numbers):
        line, caller = lines[number], callers[place % len(callers)]
        result, content = RESULTS[place % len(RESULTS)]
        assert line.callback_at, "a promise is due"  # noqa: S101
        at = min(line.callback_at + timedelta(minutes=7 * (place % 9 - 6)), timezone.now())
        call = follow_ups.do_follow_up(
            line,
            result=result,
            satisfaction=content,
            key=_key(f"call {number}"),
            version=line.version,
            by=caller,
        )
        really[line.pk, line.version] = at, caller
        with pgtrigger.ignore():
            FollowUp.objects.filter(pk=call.pk).update(done_at=at)
            Escalation.objects.filter(pk=line.pk).update(called_back_at=at)


def date_notices(by: Membership) -> None:
    """What was told long ago was read long ago."""
    told = Notice.objects.filter(program=by.program, kind__startswith="feedback_")
    notes = {f"note:{note.pk}": note for note in FeedbackNote.objects.filter(program=by.program)}
    for notice in told:
        note = notes[notice.once]
        is_answer = notice.kind == "feedback_acknowledged"
        notice.created_at = (note.acknowledged_at if is_answer else None) or note.given_at
        notice.read_at = notice.created_at if note.acknowledged_at else None
    Notice.objects.bulk_update(told, ["created_at", "read_at"], batch_size=500)


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"tala demo {what}")
