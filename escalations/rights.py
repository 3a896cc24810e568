"""Whose line it is to edit (DESIGN §3): one's own of this and the last shift day, or any."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.models import Escalation
from people.models import Membership


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
