"""Feedback to an agent: given, acknowledged, waived, taken back; each a step of the line."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from escalations.actions.line_steps import check_alive, locked_line, move
from escalations.actions.masking import Mark, note_masked, without_cards
from escalations.models import Escalation, Feedback, FeedbackNote
from people.actions.messages import notify
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole


@whole
def give(
    line: Escalation,
    *,
    text: str,
    key: uuid.UUID,
    version: int | None,
    by: Membership,
    in_person: bool = False,
    masked: Sequence[Mark] = (),
) -> FeedbackNote:
    """Tell the line's agent `text`; return the note. The same key again answers with its note.

    With `in_person` the agent has heard it already, and the text may be empty. A line that asked
    for none asks for it now. Raises KeyReused, VersionMissing, StaleVersion, PermissionDenied, or
    ActionRefused when it is void, was given already, or nothing is said.
    """
    if not by.may("give_feedback"):
        raise PermissionDenied("Feedback is given by SMEs and managers.")
    said, marks = without_cards({"feedback_text": text.strip()}, by.program)
    text = said["feedback_text"]
    if made := _made(line, text, key, in_person=in_person, by=by):
        return made
    line = locked_line(line, by=by)
    check_version(line, version)
    check_alive(line)
    if not text and not in_person:
        raise ActionRefused("Write what the agent is told.")
    if line.feedback in (Feedback.GIVEN, Feedback.ACKNOWLEDGED):
        raise ActionRefused("Feedback on this line was given already. Reload to read it.")
    if line.feedback == Feedback.NONE:
        line = move(line, {"feedback": Feedback.OWED}, "feedback asked for", by=by)
    did = "feedback given in person" if in_person else "feedback given"
    line = move(line, {"feedback": Feedback.GIVEN}, did, by=by, reason=text)
    note_masked(line, [*masked, *marks], by=by)
    return write_note(line, text=text, key=key, by=by, in_person=in_person)


def give_in_person(
    line: Escalation,
    *,
    key: uuid.UUID,
    version: int | None,
    by: Membership,
    text: str = "",
    masked: Sequence[Mark] = (),
) -> FeedbackNote:
    """Note that the agent was told face to face; raises as `give` does."""
    return give(line, text=text, key=key, version=version, by=by, in_person=True, masked=masked)


@whole
def acknowledge(
    note: FeedbackNote,
    *,
    words: str,
    helped: bool | None,
    version: int | None,
    by: Membership,
    masked: Sequence[Mark] = (),
) -> FeedbackNote:
    """The agent says it in the own words and whether it helped (None: cannot say yet).

    Only the line's own agent, by the own sign-in. The same words again change nothing. Raises
    PermissionDenied, VersionMissing, StaleVersion, ActionRefused (no words, or said already).
    """
    found = FeedbackNote.objects.told_to(by).select_related("escalation", "given_by")
    said, marks = without_cards({"words": words.strip()}, by.program)
    words = said["words"]
    mine = found.filter(pk=note.pk).first()
    if mine is None:
        raise PermissionDenied("Feedback is acknowledged by the agent whom it was given to.")
    line = locked_line(mine.escalation, by=by)
    note = FeedbackNote.objects.select_for_update().get(pk=mine.pk)
    if note.acknowledged_at and (note.words, note.helped) == (words, helped):
        return note
    check_version(note, version)
    if note.acknowledged_at:
        raise ActionRefused("You acknowledged this already.")
    if not words:
        raise ActionRefused("Say in your own words what you take from it.")
    move(line, {"feedback": Feedback.ACKNOWLEDGED}, "feedback acknowledged", by=by, reason=words)
    note.acknowledged_by, note.acknowledged_at = by.user, timezone.now()
    note.words, note.helped, note.version = words, helped, note.version + 1
    note.save(update_fields=["acknowledged_by", "acknowledged_at", "words", "helped", "version"])
    note_masked(line, [*masked, *marks], by=by)
    _tell_giver(note, line, by=by)
    return note


@whole
def waive(line: Escalation, *, version: int | None, by: Membership, reason: str = "") -> Escalation:
    """Owe the agent of a line no feedback any more; return the line.

    The own line, however old, or any for who edits any. A second sending is the same. Raises
    PermissionDenied, VersionMissing, StaleVersion, or ActionRefused when none is owed.
    """
    if not by.may("give_feedback"):
        raise PermissionDenied("Feedback is given by SMEs and managers.")
    line = locked_line(line, by=by)
    if line.logged_by_id != by.user_id and not by.may("edit_any"):
        raise PermissionDenied("This line is another SME’s; the captain or a manager can do that.")
    if (line.version, line.feedback) == ((version or 0) + 1, Feedback.NONE):
        return line
    check_version(line, version)
    check_alive(line)
    if line.feedback != Feedback.OWED:
        raise ActionRefused("No feedback is owed on this line.")
    said, marks = without_cards({"reason": reason}, by.program)
    reason = " ".join(said["reason"].split())[:300]
    note_masked(line, marks, by=by)
    to = {"feedback": Feedback.NONE}
    return move(line, to, "feedback waived", by=by, reason=reason)


@whole
def take_back(note: FeedbackNote, *, version: int | None, by: Membership) -> Escalation:
    """Take back what was given and not acknowledged yet; it is owed again. Return the line.

    One's own, or any for who edits any line. The note is kept and the agent no longer sees it.
    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    given = FeedbackNote.objects.visible_to(by).select_related("escalation").get(pk=note.pk)
    line = locked_line(given.escalation, by=by)
    note = FeedbackNote.objects.select_for_update().get(pk=given.pk)
    if note.given_by_id != by.user_id and not by.may("edit_any"):
        raise PermissionDenied("Somebody else gave this; the captain or a manager can do that.")
    check_version(note, version)
    if note.withdrawn_at:
        raise ActionRefused("This was taken back already.")
    if note.acknowledged_at:
        raise ActionRefused("The agent has acknowledged this: it stays.")
    line = move(line, {"feedback": Feedback.OWED}, "feedback taken back", by=by)
    note.withdrawn_by, note.withdrawn_at = by.user, timezone.now()
    note.version += 1
    note.save(update_fields=["withdrawn_by", "withdrawn_at", "version"])
    return line


def write_note(
    line: Escalation, *, text: str, key: uuid.UUID, by: Membership, in_person: bool = False
) -> FeedbackNote:
    """Write the note of a line whose feedback has just become given, and tell its agent.

    For `give` and for logging; `text` holds no card numbers any more.
    """
    note = FeedbackNote.objects.create(
        program=by.program,
        escalation=line,
        round=1 + FeedbackNote.objects.filter(escalation=line).count() if line.version > 1 else 1,
        key=key,
        text=text,
        in_person=in_person,
        given_by=by.user,
    )
    if line.agent.user_id and not in_person:
        link = reverse("my_feedback", kwargs={"p": by.program.slug})
        sentence = f"{by.user} gave you feedback on a call you handed over."
        once = f"note:{note.pk}"
        notify([line.agent.user], "feedback_given", sentence, link, program=by.program, once=once)  # type: ignore[list-item]
    return note


def _made(
    line: Escalation, text: str, key: uuid.UUID, *, in_person: bool, by: Membership
) -> FeedbackNote | None:
    """The note this person made with this key, if any; KeyReused when it says something else."""
    made = FeedbackNote.objects.filter(given_by=by.user, key=key).first()
    if made and (made.escalation_id, made.text, made.in_person) != (line.pk, text, in_person):
        raise KeyReused("This form was saved before with other words. Reload the page.")
    return made


def _tell_giver(note: FeedbackNote, line: Escalation, *, by: Membership) -> None:
    program = by.program
    link = reverse("line", kwargs={"p": program.slug, "n": line.number})
    sentence = f"{line.agent.name} acknowledged your feedback on line {line.number}."
    kind, once = "feedback_acknowledged", f"note:{note.pk}"
    notify([note.given_by], kind, sentence, link, program=program, once=once)
