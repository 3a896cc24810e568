"""Promised call-backs: made, with what came of it, or taken back; each a step of the line."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.actions.line_steps import check_alive, locked_line, move
from escalations.actions.masking import Mark, note_masked, without_cards
from escalations.models import Escalation, FollowUp
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole


@whole
def do_follow_up(
    line: Escalation,
    *,
    result: str,
    key: uuid.UUID,
    version: int | None,
    by: Membership,
    satisfaction: int | None = None,
    again_at: datetime | None = None,
    masked: Sequence[Mark] = (),
) -> FollowUp:
    """Note a call to a customer who was promised one; return it. The same key again: the same call.

    `satisfaction` is 1 to 5, or None for not asked; `again_at` (aware) is a new promise, else the
    promise is kept. Raises KeyReused, VersionMissing, StaleVersion, PermissionDenied, or
    ActionRefused when none is due, nothing came of it, or the new promise is not to come.
    """
    if not by.may("log"):
        raise PermissionDenied("Customers are called back by SMEs and managers.")
    said, marks = without_cards({"result": result.strip()}, by.program)
    result = said["result"]
    if made := _made(line, (result, satisfaction), key, by=by):
        return made
    line, now = locked_line(line, by=by), timezone.now()
    check_version(line, version)
    check_alive(line)
    if not result:
        raise ActionRefused("Say what came of the call.")
    if line.callback_at is None or line.is_called_back:
        raise ActionRefused("No call-back is due on this line. Reload to see what came of it.")
    if again_at is not None and again_at <= now:
        raise ActionRefused("The next call-back has to be in the future.")
    call = FollowUp.objects.create(
        program=by.program,
        escalation=line,
        key=key,
        due_at=line.callback_at,
        done_at=now,
        done_by=by.user,
        result=result,
        satisfaction=satisfaction,
        again_at=again_at,
    )
    to = {"callback_at": again_at} if again_at else {"called_back_at": now}
    move(line, to, "call promised again" if again_at else "called back", by=by, reason=result)
    note_masked(line, [*masked, *marks], by=by)
    return call


@whole
def take_back(call: FollowUp, *, version: int | None, by: Membership) -> Escalation:
    """Take back the last call noted on a line: its promise is due again. Return the line.

    One's own, or any for who edits any line. Raises PermissionDenied, VersionMissing,
    StaleVersion, or ActionRefused when another call or promise came after it.
    """
    noted = FollowUp.objects.visible_to(by).select_related("escalation").get(pk=call.pk)
    line = locked_line(noted.escalation, by=by)
    call = FollowUp.objects.select_for_update().get(pk=noted.pk)
    if call.done_by_id != by.user_id and not by.may("edit_any"):
        raise PermissionDenied("Somebody else called; the captain or a manager can do that.")
    check_version(call, version)
    last = FollowUp.objects.standing().filter(escalation=line).first()
    kept = (line.callback_at, line.called_back_at)
    left = (call.again_at, None) if call.again_at else (call.due_at, call.done_at)
    if last != call or kept != left:
        raise ActionRefused("Something was promised or done on this line since. Reload.")
    to = {"callback_at": call.due_at, "called_back_at": None}
    line = move(line, to, "call-back taken back", by=by)
    call.withdrawn_by, call.withdrawn_at = by.user, timezone.now()
    call.version += 1
    call.save(update_fields=["withdrawn_by", "withdrawn_at", "version"])
    return line


def _made(
    line: Escalation, said: tuple[str, int | None], key: uuid.UUID, *, by: Membership
) -> FollowUp | None:
    """The call this person noted with this key, if any; KeyReused when it says something else."""
    made = FollowUp.objects.filter(done_by=by.user, key=key).first()
    if made and (made.escalation_id, made.result, made.satisfaction) != (line.pk, *said):
        raise KeyReused("This form was saved before with other words. Reload the page.")
    return made
