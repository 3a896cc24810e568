"""Whose line it is to edit (DESIGN §3): one's own of this and the last shift day, or any."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.models import Escalation, Status
from people.models import Membership

UNDO_FOR: Final = timedelta(hours=24)
"""How long a change can be taken back; a void by who may edit any line: always."""


def can_undo(line: Escalation, since: datetime, *, by: Membership) -> bool:
    """Whether the last change of a line, made at `since` (aware), can still be taken back."""
    is_void = line.status == Status.VOID and by.may("edit_any")
    return is_void or since >= timezone.now() - UNDO_FOR


def may_edit(line: Escalation, *, by: Membership, now: datetime | None = None) -> bool:
    """Whether the member may edit this line at `now` (aware; by default this moment)."""
    if by.may("edit_any"):
        return True
    if not by.may("edit_own") or line.logged_by_id != by.user_id:
        return False
    last_shift = by.program.current_shift(now or timezone.now()) - timedelta(days=1)
    return line.occurred_at >= by.program.shift_bounds(last_shift)[0]


def check_may_edit(line: Escalation, *, by: Membership) -> None:
    """Raise PermissionDenied, saying why, unless the member may edit this line."""
    if may_edit(line, by=by):
        return
    if line.logged_by_id == by.user_id:
        raise PermissionDenied("Lines of earlier shifts are changed by the captain or a manager.")
    raise PermissionDenied("This line is another SME’s; the captain or a manager can change it.")
