"""Reminders of letters at half and nine tenths of the promise and when it is over, each once."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from escalations.actions.letter_steps import queue_letter, who_minds
from escalations.letters import reminders_due
from escalations.models import Forwarding, Reminder
from people.actions.messages import notify
from people.retries import whole

Kind = Reminder.Kind
TO_CLIENT = {
    Kind.HALF: "A reminder: half of the time promised for an answer is over.",
    Kind.NEAR: "A reminder: the time promised for an answer is nearly over.",
    Kind.OVERDUE: "A reminder: the time promised for an answer is over.",
}
TO_MANAGER = {
    Kind.HALF: "Letter {n} has no full answer yet: half of the promised time is over.",
    Kind.NEAR: "Letter {n} has no full answer yet: the promised time is nearly over.",
    Kind.OVERDUE: "Letter {n} is overdue: the client’s promise is over.",
}
OFF_THE_LIST = " Who got it is off the list and was not reminded: send it to somebody else."
PIECE = 200
"""Letters looked at in one go."""


def remind(now: datetime | None = None) -> int:
    """Send what reminders have come due by `now` (aware; by default this moment); return how many.

    It may be stopped anywhere and run twice: each letter is one transaction, each reminder one row.
    """
    now = now or timezone.now()
    sent, last = 0, 0
    while letters := list(
        Forwarding.objects.waiting().filter(pk__gt=last, sent_at__lt=now).order_by("pk")[:PIECE]
    ):
        for letter in letters:
            last = letter.pk
            assert letter.sent_at is not None  # noqa: S101  it is waiting
            assert letter.due_at is not None  # noqa: S101
            if reminders_due(letter.sent_at, letter.due_at, now):
                sent += _remind(letter.pk, now)
    return sent


@whole
def _remind(pk: int, now: datetime) -> int:
    """Send one letter's newest reminder that has come due, unless it was; 1 or 0.

    Those it overtakes (a worker that stood still) count as said with it. Somebody who was taken
    off the client's list gets no mail any more; who sent the letter is told so.
    """
    letter = (
        Forwarding.objects.waiting()
        .select_for_update(of=("self",))
        .select_related("contact", "program", "sent_by", "written_by", "message")
        .filter(pk=pk)
        .first()
    )
    if letter is None or letter.sent_at is None or letter.due_at is None:
        return 0
    due = [kind for kind, _ in reminders_due(letter.sent_at, letter.due_at, now)]
    said = set(letter.reminders.filter(due_at=letter.due_at).values_list("kind", flat=True))
    new = [kind for kind in due if kind not in said]
    for kind in new:
        Reminder.objects.create(forwarding=letter, kind=kind, due_at=letter.due_at)
    if not new:
        return 0
    kind = new[-1]
    is_there = letter.contact is not None and letter.contact.removed_at is None
    if is_there:
        items = letter.items.filter(is_open=True).select_related("escalation__agent")
        queue_letter(letter, list(items.order_by("position")), reminder=TO_CLIENT[kind])
    notify(
        who_minds(letter),
        "letter_reminder",
        TO_MANAGER[kind].format(n=letter.number) + ("" if is_there else OFF_THE_LIST),
        reverse("letter", kwargs={"p": letter.program.slug, "n": letter.number}),
        program=letter.program,
        once=f"{kind}:{letter.pk}:{letter.due_at:%Y%m%d%H%M}",
        about=letter.matter,
    )
    return 1
