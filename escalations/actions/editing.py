"""Changing a line: edit, void, undo; each carries the version it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.actions.masking import Mark, note_masked, without_cards
from escalations.models import Escalation, Feedback, Status
from escalations.models.status import FIRST
from escalations.rights import can_undo, check_may_edit
from people.actions.roster import settle_agent
from people.agentwords import AgentMatch
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, check_version
from people.retries import whole

EDITABLE = (
    "occurred_at",
    "agent",
    "concern",
    "resolution",
    "status",
    "feedback",
    "severity",
    "offered",
    "refused_because",
    "wanted",
    "customer_ref",
    "callback_at",
)
UNDOABLE = (*EDITABLE, "void_reason", "called_back_at")
OWN_STEPS = {
    "feedback given": "Feedback is taken back where it was given, under Feedback.",
    "feedback given in person": "Feedback is taken back where it was given, under Feedback.",
    "feedback acknowledged": "The agent has acknowledged the feedback: it stays.",
    "feedback taken back": "Give the feedback again instead.",
    "called back": "A call-back is taken back on the page of follow-ups.",
    "call promised again": "A call-back is taken back on the page of follow-ups.",
    "call-back taken back": "Note the call-back again instead.",
    "given": "Whose a line is is changed on the page of forwarding.",
    "taken": "Whose a line is is changed on the page of forwarding.",
    "laid back": "Whose a line is is changed on the page of forwarding.",
    "handed on": "The note is on its way: a mail is not taken back.",
}
"""What is written beside the line as well is not taken back with the line alone."""
WITH_NOTE = {Feedback.GIVEN, Feedback.ACKNOWLEDGED}
"""Feedback of which a note says more."""
UNDONE = "Undone right after logging"


@whole
def edit(
    line: Escalation,
    changes: dict[str, Any],
    *,
    version: int | None,
    by: Membership,
    reason: str = "",
    masked: Sequence[Mark] = (),
) -> Escalation:
    """Set fields of EDITABLE on a line and return it fresh; nothing changed → nothing written.

    `feedback` may be given as "none" or "owed"; `masked` is what the browser masked. Raises
    VersionMissing, StaleVersion (with the row as it is now), PermissionDenied (not yours to edit),
    ActionRefused (void, or not a legal move).
    """
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    line = _locked(line, version=version, by=by)
    check_may_edit(line, by=by)
    changes, marks = without_cards({**changes, "reason": reason}, by.program)
    reason = changes.pop("reason")
    if line.status == Status.VOID:
        raise ActionRefused("A void line is not changed. Take the void back first.")
    changed = {name: to for name, to in changes.items() if getattr(line, name) != to}
    if not changed:
        return line
    if changed.get("status", Status.RESOLVED) not in FIRST:
        raise ActionRefused("An edit makes a line resolved or unresolved; the rest has own steps.")
    if changed.get("occurred_at", line.occurred_at) > timezone.now():
        raise ActionRefused("That time has not come yet.")
    _check_letter(line, changed)
    _check_moves(line, changed)
    if "feedback" in changed and {line.feedback, changed["feedback"]} & WITH_NOTE:
        raise ActionRefused("Feedback is given, and taken back, under Feedback.")
    if "callback_at" in changed and line.called_back_at:
        changed["called_back_at"] = None  # a new promise
    note_masked(line, [*masked, *marks], by=by)
    return _save(line, changed, action="edited", by=by, reason=reason)


@whole
def save_edit(
    line: Escalation,
    changes: dict[str, Any],
    *,
    agent: AgentMatch | None,
    rename_agent: bool = False,
    version: int | None,
    by: Membership,
    reason: str = "",
    masked: Sequence[Mark] = (),
) -> Escalation:
    """`edit`, with an agent as typed: found, added or renamed in the same transaction."""
    if agent is not None:
        _locked(line, version=version, by=by)
        changes = {**changes, "agent": settle_agent(agent, by=by, rename=rename_agent)}
    return edit(line, changes, version=version, by=by, reason=reason, masked=masked)


@whole
def void(
    line: Escalation,
    *,
    reason: str,
    version: int | None,
    by: Membership,
    masked: Sequence[Mark] = (),
) -> Escalation:
    """Mark a line as logged by mistake; it stays, with the reason. A second sending: the same.

    Raises VersionMissing, StaleVersion, or ActionRefused without a reason or from a status that
    cannot become void.
    """
    if not by.may("void"):
        raise PermissionDenied("Only the captain or a manager voids a line.")
    said, marks = without_cards({"void_reason": reason}, by.program)
    reason = " ".join(said["void_reason"].split())[:300]
    if not reason:
        raise ActionRefused("Say why this line is void.")
    same = Escalation.objects.visible_to(by).filter(status=Status.VOID, void_reason=reason)
    if done := same.filter(pk=line.pk, version=(version or 0) + 1).first():
        return done
    line = _locked(line, version=version, by=by)
    if line.status == Status.VOID:
        raise ActionRefused("This line is void already.")
    _check_moves(line, {"status": Status.VOID})
    note_masked(line, [*masked, *marks], by=by)
    return _save(
        line, {"status": Status.VOID, "void_reason": reason}, action="voided", by=by, reason=reason
    )


@whole
def undo(line: Escalation, *, version: int | None, by: Membership) -> Escalation:
    """Take back the last change of a line; a line just logged becomes void.

    One's own last change, or any for who may edit any line. Raises VersionMissing, StaleVersion,
    PermissionDenied, or ActionRefused for what was done more than a day ago.
    """
    line = _locked(line, version=version, by=by)
    last = line.past.select_related("pgh_context").order_by("-pgh_id").first()
    said: dict[str, Any] = {"by": line.logged_by_id}
    if last:
        said = last.pgh_context.metadata or {}
    who = said.get("by")
    if reason := OWN_STEPS.get(said.get("action", "")):
        raise ActionRefused(reason)
    if who != by.user_id and not by.may("edit_any"):
        raise PermissionDenied("This was changed by someone else; a captain can take it back.")
    since = last.pgh_created_at if last else line.received_at
    if not can_undo(line, since, by=by):
        raise ActionRefused("That was too long ago to undo; the captain can change or void it.")
    if last is None:
        return _save(line, {"status": Status.VOID, "void_reason": UNDONE}, action="undone", by=by)
    before = {name: getattr(last, name) for name in UNDOABLE if name != "agent"}
    before["agent_id"] = last.agent_id
    changed = {name: to for name, to in before.items() if getattr(line, name) != to}
    _check_letter(line, changed)
    _check_moves(line, changed)
    return _save(line, changed, action="undone", by=by)


def _locked(line: Escalation, *, version: int | None, by: Membership) -> Escalation:
    """The row, locked and fresh, if `version` is still its version."""
    fresh = (
        Escalation.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("agent", "logged_by", "program")
        .get(pk=line.pk)
    )
    check_version(fresh, version)
    return fresh


def _check_moves(line: Escalation, changed: dict[str, Any]) -> None:
    """Refuse a status or feedback that the tables of moves do not allow from here."""
    status = changed.get("status", line.status)
    if not line.can_become(status):
        to = Status(status).label.lower()
        raise ActionRefused(
            f"A line that is {line.get_status_display().lower()} cannot become {to}."
        )
    feedback = changed.get("feedback", line.feedback)
    if not line.feedback_can_become(feedback):
        to = Feedback(feedback).label.lower()
        raise ActionRefused(f"Feedback that is {line.feedback} cannot become “{to}”.")


def _check_letter(line: Escalation, changed: dict[str, Any]) -> None:
    """Refuse to move a line by hand out of, or back into, the client's hands."""
    if "status" not in changed:
        return
    if line.status == Status.FORWARDED:
        raise ActionRefused("The client has this line: recall the letter first.")
    if changed["status"] in (Status.FORWARDED, Status.ANSWERED):
        raise ActionRefused("Only a letter and its answer make a line that.")


def _save(
    line: Escalation, changed: dict[str, Any], *, action: str, by: Membership, reason: str = ""
) -> Escalation:
    for name, to in changed.items():
        setattr(line, name, to)
    line.version += 1
    with told(action, by=by, reason=reason):
        line.save(update_fields=[*(n.removesuffix("_id") for n in changed), "version"])
    return line
