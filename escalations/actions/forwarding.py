"""Letters to the client: write, change, send, send again, recall, extend, discard."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from escalations.actions.editing import edit
from escalations.actions.letter_steps import (
    add_items,
    check_forwards,
    check_whole,
    free_lines,
    locked_letter,
    next_number,
    queue_letter,
    rounds_of,
    save_letter,
    subject_for,
    to_status,
)
from escalations.actions.masking import without_cards
from escalations.actions.reply_links import extend_links, revoke_links
from escalations.letters import look_of, promised_at
from escalations.models import ClientContact, Escalation, ForwardedItem, Forwarding, Status
from people.actions.messages import cancel
from people.cardwords import one_line_without_cards
from people.mail import one_line
from people.models import Membership
from people.refusals import ActionRefused, KeyReused
from people.retries import whole

State = Forwarding.State
DRAFT = frozenset({State.DRAFT})
SENT = frozenset({State.SENT})
OUT = frozenset({State.SENT, State.ANSWERED})

FIELDS = ("subject", "opening", "closing", "with_names", "with_references", "contact")
TEXTS = ("question", "concern", "offered", "refused_because", "wanted")


@dataclass(frozen=True)
class LineFacts:
    """What a line did not say of its handover, and the version that did not say it."""

    version: int | None
    said: Mapping[str, Any]


@whole
def write(lines: Collection[Escalation], *, key: uuid.UUID, by: Membership) -> Forwarding:
    """Begin a letter about some lines, as a draft that the client does not see.

    What the line says about the handover is taken over. Raises ActionRefused for lines that are
    not unresolved or answered, or are in a letter that is out; PermissionDenied.
    """
    check_forwards(by)
    if found := Forwarding.objects.filter(written_by=by.user_id, key=key).first():
        if found.program_id != by.program_id:
            raise KeyReused("This form was used in another program. Reload the page.")
        return found
    fresh = free_lines(lines, by=by)
    letter = Forwarding.objects.create(
        program=by.program,
        number=next_number(by),
        key=key,
        subject=subject_for(fresh, by),
        contact=ClientContact.objects.visible_to(by).current().first(),
        written_by=by.user,
    )
    add_items(letter, fresh)
    return letter


@whole
def add_lines(
    letter: Forwarding, lines: Collection[Escalation], *, version: int | None, by: Membership
) -> Forwarding:
    """Put more lines into a draft. Raises as `write` and `change` do."""
    letter = locked_letter(letter, version=version, by=by, states=DRAFT)
    here = set(letter.items.values_list("escalation_id", flat=True))
    add_items(letter, free_lines([line for line in lines if line.pk not in here], by=by))
    return save_letter(letter, {}, action="lines added", by=by)


@whole
def change(
    letter: Forwarding,
    changes: Mapping[str, Any],
    items: Mapping[int, Mapping[str, str]],
    *,
    version: int | None,
    by: Membership,
    without: Collection[int] = (),
    facts: Mapping[int, LineFacts] | None = None,
) -> Forwarding:
    """Set FIELDS of a draft, TEXTS of its items (by their primary key), and leave some out.

    `facts` are kept with the items' lines, by the edit everybody makes. Raises VersionMissing,
    StaleVersion (with the letter or the line), ActionRefused for a letter that is no draft.
    """
    letter = locked_letter(letter, version=version, by=by, states=DRAFT)
    for item in letter.items.filter(pk__in=facts or ()).select_related("escalation"):
        told = (facts or {})[item.pk]
        edit(item.escalation, dict(told.said), version=told.version, by=by)
    said, _ = without_cards({n: changes[n] for n in FIELDS if n in changes}, by.program)
    if "subject" in said:
        said["subject"] = one_line(said["subject"], 150)
    if contact := said.get("contact"):
        said["contact"] = ClientContact.objects.visible_to(by).current().get(pk=contact.pk)
    letter.items.filter(pk__in=without).delete()
    for item in letter.items.filter(pk__in=items):
        words, _ = without_cards({n: items[item.pk].get(n, "") for n in TEXTS}, by.program)
        for name, text in words.items():
            setattr(item, name, text.strip())
        item.save(update_fields=list(TEXTS))
    return save_letter(letter, said, action="changed", by=by)


@whole
def send(letter: Forwarding, *, version: int | None, by: Membership, seen: str = "") -> Forwarding:
    """Send a draft: its mail is queued with a new link, its lines are the client's turn.

    All of it in one transaction. `seen` is what `look_of` said of the preview: sent is that, to
    the byte. Raises ActionRefused when it would read otherwise by now, something is missing or a
    line has been resolved, voided or forwarded meanwhile; VersionMissing, StaleVersion.
    """
    letter = locked_letter(letter, version=version, by=by, states=DRAFT)
    items = items_of(letter)
    check_whole(letter, items)
    lines = {line.pk: line for line in free_lines([i.escalation for i in items], by=by)}
    now = timezone.now()
    due_at = promised_at(now, by.program.promise_days, by.program)
    letter.sent_by, letter.sent_at, letter.due_at = by.user, now, due_at
    letter.state = State.SENT
    rounds = rounds_of(list(lines.values()))
    for item in items:
        item.is_open, item.escalation = True, lines[item.escalation_id]
    if seen and seen != look_of(letter, items):
        raise ActionRefused("This letter reads otherwise by now. Look at the preview again.")
    for item in items:
        item.round = rounds[item.escalation_id]
        item.save(update_fields=["is_open", "round"])
        to_status(item.escalation, Status.FORWARDED, action="forwarded", by=by, letter=letter)
    letter.message = queue_letter(letter, items)
    sent = ["state", "sent_by", "sent_at", "due_at", "message"]
    return save_letter(letter, {}, action="sent", by=by, also=sent)


@whole
def send_again(
    letter: Forwarding, *, version: int | None, by: Membership, to: ClientContact | None = None
) -> Forwarding:
    """Send a letter that is out once more, perhaps to somebody else; the former link dies."""
    letter = locked_letter(letter, version=version, by=by, states=OUT)
    if to is not None:
        letter.contact = ClientContact.objects.visible_to(by).current().get(pk=to.pk)
    revoke_links(letter)
    cancel(letter.matter, by=by)
    items = items_of(letter)
    letter.message = queue_letter(letter, items)
    return save_letter(letter, {}, action="sent again", by=by, also=["contact", "message"])


@whole
def recall(letter: Forwarding, *, reason: str, version: int | None, by: Membership) -> Forwarding:
    """Take a letter back: its link dies, its unanswered lines are the manager's turn again."""
    letter = locked_letter(letter, version=version, by=by, states=OUT)
    reason = one_line_without_cards(reason, by.program)
    if not reason:
        raise ActionRefused("Say why this letter is recalled.")
    revoke_links(letter)
    cancel(letter.matter, by=by)
    for item in letter.items.filter(is_open=True).select_related("escalation"):
        item.is_open = False
        item.save(update_fields=["is_open"])
        line = Escalation.objects.select_for_update().get(pk=item.escalation_id)
        if line.status == Status.FORWARDED:
            to_status(line, Status.UNRESOLVED, action="recalled", by=by, letter=letter)
    changed = {"state": State.RECALLED, "recalled_at": timezone.now(), "reason": reason}
    return save_letter(letter, changed, action="recalled", by=by)


@whole
def extend(
    letter: Forwarding, until: datetime, *, version: int | None, by: Membership
) -> Forwarding:
    """Give the client until another moment (aware, in the future); the link lasts longer too."""
    letter = locked_letter(letter, version=version, by=by, states=SENT)
    if until <= timezone.now():
        raise ActionRefused("That moment is over already.")
    extend_links(letter, until)
    return save_letter(letter, {"due_at": until}, action="extended", by=by)


@whole
def discard(letter: Forwarding, *, version: int | None, by: Membership) -> Forwarding:
    """Lay a draft aside for good; its lines stay as they are."""
    letter = locked_letter(letter, version=version, by=by, states=DRAFT)
    return save_letter(letter, {"state": State.DISCARDED}, action="discarded", by=by)


def items_of(letter: Forwarding) -> list[ForwardedItem]:
    """The items of a letter in their order, each with its line and agent."""
    return list(letter.items.select_related("escalation__agent").order_by("position"))
