"""What comes back from the client: answers to the items of one letter, and closing the lines."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from escalations.actions.letter_steps import check_forwards, who_minds
from escalations.actions.masking import without_cards
from escalations.actions.reply_links import LinkDead, open_link
from escalations.models import ClientAnswer, Escalation, ForwardedItem, Forwarding, Status
from people.actions.messages import notify
from people.history import told, told_outside
from people.mail import one_line
from people.models import Membership, User
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole

Verdict = ClientAnswer.Verdict
LONGEST = 10_000
"""Characters of one answer."""

LONGEST_TOLD = 4_000
"""Characters of what the customer was told, as of every resolution."""


@dataclass(frozen=True)
class Reply:
    """An answer to one item of a letter (by the item's position)."""

    position: int
    verdict: str
    text: str = ""


@whole
def answer(token: str, replies: Sequence[Reply], *, name: str, key: uuid.UUID) -> Forwarding:
    """Take the client's answers to some items of the letter a link leads to.

    The same form sent again changes nothing; a later form is a further answer, and the newest
    counts. Raises LinkDead, KeyReused when the form comes back with other words, or ActionRefused
    when nothing is answered, a name or text is missing.
    """
    link = open_link(token)
    letter = Forwarding.objects.select_for_update(of=("self",)).get(pk=link.forwarding_id)
    if not letter.is_out:  # recalled while we waited for it
        raise LinkDead
    return _take(letter, replies, name=name, key=key, by=None)


@whole
def record(
    letter: Forwarding, replies: Sequence[Reply], *, name: str, key: uuid.UUID, by: Membership
) -> Forwarding:
    """Write down what the client said elsewhere, e.g. on the phone. Raises as `answer` does."""
    check_forwards(by)
    found = Forwarding.objects.visible_to(by).select_for_update(of=("self",)).get(pk=letter.pk)
    if not found.is_out:
        raise ActionRefused(f"This letter is {found.get_state_display().lower()}.")
    return _take(found, replies, name=name, key=key, by=by)


@whole
def close(
    line: Escalation, *, told_customer: str, version: int | None, by: Membership
) -> Escalation:
    """Resolve an answered line with what the customer was told; for any SME of the program.

    A second sending of the same words changes nothing.

    Raises VersionMissing, StaleVersion, PermissionDenied, or ActionRefused without words, with
    more than LONGEST_TOLD characters, or for a line that is not answered.
    """
    if not by.may("log"):
        raise PermissionDenied("Answered lines are closed by SMEs.")
    fresh = Escalation.objects.visible_to(by).select_for_update(of=("self",)).get(pk=line.pk)
    said, _ = without_cards({"resolution": told_customer.strip()}, by.program)
    if len(said["resolution"]) > LONGEST_TOLD:
        raise ActionRefused(f"Say it in at most {LONGEST_TOLD:,} characters.")
    closed = ((version or 0) + 1, Status.RESOLVED, said["resolution"])
    if closed == (fresh.version, fresh.status, fresh.resolution):
        return fresh
    check_version(fresh, version)
    if fresh.status != Status.ANSWERED:
        raise ActionRefused(f"This line is {fresh.get_status_display().lower()}, not answered.")
    if not said["resolution"]:
        raise ActionRefused("Say what the customer was told.")
    fresh.resolution, fresh.status = said["resolution"], Status.RESOLVED
    fresh.version += 1
    with told("closed", by=by):
        fresh.save(update_fields=["resolution", "status", "version"])
    return fresh


def _take(
    letter: Forwarding,
    replies: Sequence[Reply],
    *,
    name: str,
    key: uuid.UUID,
    by: Membership | None,
) -> Forwarding:
    items = {item.position: item for item in letter.items.select_related("escalation")}
    name = one_line(_said(name, letter), 120)
    if not name:
        raise ActionRefused("Give your name, so that we know whose word it is.")
    if not replies:
        raise ActionRefused("Answer at least one question.")
    new = [
        given
        for reply in replies
        if (given := _keep(items.get(reply.position), reply, letter, name, key, by))
    ]
    if not new:  # the same form again
        return letter
    if letter.state == Forwarding.State.SENT and not letter.items.filter(is_open=True).exists():
        letter.state, letter.answered_at = Forwarding.State.ANSWERED, timezone.now()
        letter.version += 1
        with _told(letter, name, by):
            letter.save(update_fields=["state", "answered_at", "version"])
    _tell(letter, new, name)
    return letter


def _keep(
    item: ForwardedItem | None,
    reply: Reply,
    letter: Forwarding,
    name: str,
    key: uuid.UUID,
    by: Membership | None,
) -> ClientAnswer | None:
    """Keep one answer and move its line; None when this form was taken already."""
    if item is None or reply.verdict not in Verdict.values:
        raise ActionRefused("That is no question of this letter. Reload the page.")
    text = _said(reply.text.strip(), letter)
    if not text and reply.verdict != Verdict.NOT_POSSIBLE:
        said = "what to do" if reply.verdict == Verdict.DO_THIS else "what you need to know"
        raise ActionRefused(f"Say {said} about question {item.position}.")
    if len(text) > LONGEST:
        raise ActionRefused(f"An answer has at most {LONGEST:,} characters.")
    who = by.user if by else None
    fields = {"verdict": reply.verdict, "text": text, "said_by": name, "recorded_by": who}
    given, is_new = ClientAnswer.objects.get_or_create(item=item, key=key, defaults=fields)
    if not is_new:
        if (given.verdict, given.text, given.said_by) != (reply.verdict, text, name):
            raise KeyReused("This form was sent before with other words. Please send it once more.")
        return None
    given.item = item
    if item.is_open:
        item.is_open = False
        item.save(update_fields=["is_open"])
    _move(item, reply.verdict, letter, name, by)
    return given


def _move(
    item: ForwardedItem, verdict: str, letter: Forwarding, name: str, by: Membership | None
) -> None:
    """Make the line the floor's turn, or the manager's when more is needed.

    A line that is in a newer letter, or resolved or void by now, stays as it is.
    """
    line = Escalation.objects.select_for_update().get(pk=item.escalation_id)
    newer = line.forwarded_items.filter(is_open=True).exclude(pk=item.pk)
    to = Status.UNRESOLVED if verdict == Verdict.NEED_MORE else Status.ANSWERED
    its_turn = line.status in (Status.FORWARDED, Status.ANSWERED, Status.UNRESOLVED)
    if newer.exists() or not its_turn or line.status == to:
        return
    line.status = to
    line.version += 1
    with _told(letter, name, by):
        line.save(update_fields=["status", "version"])
    item.escalation = line


def _told(letter: Forwarding, name: str, by: Membership | None):  # type: ignore[no-untyped-def]
    if by is not None:
        return told("answered", by=by, reason=f"{name} said so", letter=letter.number)
    return told_outside("answered", who=f"{name} (client)", letter=letter.number)


def _said(text: str, letter: Forwarding) -> str:
    """A text of the client's as it is stored: no NUL, no card number."""
    clean, _ = without_cards({"concern": text.replace("\0", "")}, letter.program)
    return str(clean["concern"])


def _tell(letter: Forwarding, answers: Sequence[ClientAnswer], name: str) -> None:
    """Tell the SMEs who logged the lines, their owners, and who sent the letter."""
    program = letter.program
    for given in answers:
        line = given.item.escalation
        said = given.get_verdict_display().lower()
        people = User.objects.filter(Q(pk=line.logged_by_id) | Q(pk=line.owner_id))
        notify(
            people,
            "line_answered",
            f"The client answered line {line.number}: {said}.",
            reverse("line", kwargs={"p": program.slug, "n": line.number}),
            program=program,
            once=f"answer:{given.pk}",
            about=letter.matter,
        )
    count = len(answers)
    what = f"{count} question{'' if count == 1 else 's'}"
    notify(
        who_minds(letter),
        "letter_answered",
        f"{name} answered {what} of letter {letter.number}.",
        reverse("letter", kwargs={"p": program.slug, "n": letter.number}),
        program=program,
        once=f"answers:{answers[0].pk}",
        about=letter.matter,
    )
