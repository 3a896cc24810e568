"""What every step of a letter needs: locked, checked, saved, its lines moved, its mail queued."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Max
from django.utils.text import Truncator

from escalations.actions.reply_links import make_link
from escalations.letters import TEMPLATE, letter_of, reply_address
from escalations.models import Escalation, ForwardedItem, Forwarding, Status
from people.actions.messages import queue
from people.history import told
from people.mail import clean_address, one_line
from people.models import Membership, Message
from people.refusals import ActionRefused, check_version
from people.roles import MANAGER

MOST = 100
"""Lines in one letter, at most."""

CAN_GO = (Status.UNRESOLVED, Status.ANSWERED)
"""The statuses from which a line can be forwarded; from the second it is a new round."""

_LOCK = 0x1E77E
"""The first half of the advisory lock under which a program numbers its letters."""


def check_forwards(by: Membership) -> None:
    """Raise PermissionDenied for who does not forward."""
    if not by.may("forward"):
        raise PermissionDenied("Letters to the client are the Operations Manager’s.")


def locked_letter(
    letter: Forwarding, *, version: int | None, by: Membership, states: Collection[str]
) -> Forwarding:
    """The letter, locked and fresh, if `version` is still its version and it is in a state fit.

    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    check_forwards(by)
    found = Forwarding.objects.visible_to(by).select_for_update(of=("self",))
    fresh = found.select_related("contact", "program", "written_by", "sent_by").get(pk=letter.pk)
    check_version(fresh, version)
    if fresh.state not in states:
        raise ActionRefused(f"This letter is {fresh.get_state_display().lower()}.")
    return fresh


def save_letter(
    letter: Forwarding,
    changed: dict[str, Any],
    *,
    action: str,
    by: Membership,
    also: Sequence[str] = (),
) -> Forwarding:
    """Set fields of a letter, and write those in `also` as they are; one version on."""
    for name, to in changed.items():
        setattr(letter, name, to)
    letter.version += 1
    with told(action, by=by, reason=letter.reason):
        letter.save(update_fields=[*changed, *also, "version"])
    return letter


def to_status(
    line: Escalation, status: str, *, action: str, by: Membership, letter: Forwarding
) -> Escalation:
    """Move a locked line along with its letter; raises ActionRefused for no legal move."""
    if not line.can_become(status):
        was = line.get_status_display().lower()
        raise ActionRefused(f"Line {line.number} is {was}: it cannot become {status}.")
    line.status = status
    line.version += 1
    with told(action, by=by, reason=letter.reason, letter=letter.number):
        line.save(update_fields=["status", "version"])
    return line


def free_lines(lines: Collection[Escalation], *, by: Membership) -> list[Escalation]:
    """The same lines, locked and fresh, oldest first.

    Raises ActionRefused for none, more than MOST, or one that is in no status to be forwarded.
    """
    if not lines:
        raise ActionRefused("Choose at least one line.")
    if len(lines) > MOST:
        raise ActionRefused(f"A letter has at most {MOST} lines.")
    found = Escalation.objects.visible_to(by).filter(pk__in=[line.pk for line in lines])
    fresh = list(
        found.select_related("agent", "topic")
        .order_by("occurred_at", "pk")
        .select_for_update(of=("self",))
    )
    for line in fresh:
        if line.status not in CAN_GO:
            was = line.get_status_display().lower()
            raise ActionRefused(f"Line {line.number} is {was} by now and cannot be forwarded.")
    if not fresh:
        raise ActionRefused("These lines are not there. Reload.")
    return fresh


def add_items(letter: Forwarding, lines: Sequence[Escalation]) -> None:
    """Put lines into a draft, each with what it says about the handover."""
    last = letter.items.aggregate(last=Max("position"))["last"] or 0
    if last + len(lines) > MOST:
        raise ActionRefused(f"A letter has at most {MOST} lines.")
    rounds = rounds_of(lines)
    ForwardedItem.objects.bulk_create(
        ForwardedItem(
            forwarding=letter,
            escalation=line,
            position=last + place,
            round=rounds[line.pk],
            concern=line.concern,
            offered=line.offered,
            refused_because=line.refused_because,
            wanted=line.wanted,
        )
        for place, line in enumerate(lines, start=1)
    )


def rounds_of(lines: Sequence[Escalation]) -> dict[int, int]:
    """The how-manieth letter about each line the next one sent is, by primary key; one query."""
    asked = ForwardedItem.objects.filter(escalation__in=lines, forwarding__sent_at__isnull=False)
    counted = asked.order_by().values_list("escalation").annotate(Count("pk"))
    return {line.pk: 1 for line in lines} | {pk: count + 1 for pk, count in counted}


def who_minds(letter: Forwarding) -> list[Membership]:
    """Who is told of a letter: who sent it or, once that is no manager any more, all managers."""
    managers = Membership.objects.active().filter(program=letter.program_id)
    found = list(managers.filter(roles__contains=[MANAGER]).select_related("user"))
    return [one for one in found if one.user_id == letter.sent_by_id] or found


def next_number(by: Membership) -> int:
    """The program's next number of a letter; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, by.program_id])
    letters = Forwarding.objects.filter(program=by.program_id)
    return (letters.aggregate(last=Max("number"))["last"] or 0) + 1


def subject_for(lines: Sequence[Escalation], by: Membership) -> str:
    """What a new letter is about: its one topic, its one concern, or how many questions."""
    topics = {line.topic for line in lines}
    topic = topics.pop() if len(topics) == 1 else None
    if topic:
        about = topic.name
    elif len(lines) == 1:
        about = Truncator(lines[0].concern).chars(70)
    else:
        about = f"{len(lines)} questions"
    return one_line(f"{by.program}: {about}", 150)


def check_whole(letter: Forwarding, items: Sequence[ForwardedItem]) -> None:
    """Raise ActionRefused unless there is somebody to write to and something asked of each line."""
    if letter.contact is None or letter.contact.removed_at:
        raise ActionRefused("Choose who at the client’s gets this letter.")
    clean_address(letter.contact.email)
    if not letter.subject:
        raise ActionRefused("Give the letter a subject.")
    if not items:
        raise ActionRefused("There is no line in this letter.")
    for item in items:
        if not item.question.strip():
            raise ActionRefused(f"Say what is asked about item {item.position}.")
        if not item.concern.strip():
            raise ActionRefused(f"Say what the concern of item {item.position} is.")


def queue_letter(
    letter: Forwarding, items: Sequence[ForwardedItem], *, reminder: str = ""
) -> Message:
    """Make a new link and queue the letter's mail with it, as the preview shows it.

    A reminder says so first, and belongs to the thread of the letter.
    """
    contact = letter.contact
    assert contact is not None  # noqa: S101  check_whole saw to it
    token = make_link(letter)
    letter_said = letter_of(letter, items)
    return queue(
        "letter",
        to=contact.email,
        to_name=contact.name,
        from_name=f"{letter.program} by {letter_said.signed}",
        subject=f"Reminder: {letter.subject}" if reminder else letter.subject,
        template=TEMPLATE,
        context={"letter": letter_said, "link": reply_address(token), "reminder": reminder},
        program=letter.program,
        about=letter.matter,
        secret=token,
        answers=letter.message,
    )
