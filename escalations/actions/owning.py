"""Whose an unresolved line is: a manager takes it, gives it to somebody, or lays it back."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from escalations.models import Escalation, Status
from people.actions.messages import notify
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused
from people.retries import whole

MOST = 500
"""Lines given away in one step, at most."""


@whole
def give(lines: Collection[Escalation], to: Membership | None, *, by: Membership) -> int:
    """Make `to` the owner of unresolved lines, or nobody (None); return how many changed hands.

    The new owner is told, unless it is who does it. Raises PermissionDenied, or ActionRefused
    when the owner is no member who reads the log, or one of the lines is not unresolved.
    """
    if not by.may("forward"):
        raise PermissionDenied("Unresolved lines are the Operations Manager’s.")
    if to is not None and (to.program_id != by.program_id or not to.may("read_log")):
        raise ActionRefused("Unresolved lines are given to SMEs and managers of this program.")
    if len(lines) > MOST:
        raise ActionRefused(f"At most {MOST} lines change hands in one step.")
    found = Escalation.objects.visible_to(by).filter(pk__in=[line.pk for line in lines])
    locked = list(found.order_by("pk").select_for_update(of=("self",)))
    if any(line.status != Status.UNRESOLVED for line in locked):
        raise ActionRefused("One of these lines is not unresolved any more. Reload.")
    owner = to.user_id if to else None
    changed = [line.pk for line in locked if line.owner_id != owner]
    did, reason = ("given", f"to {to.user}") if to else ("laid back", "")
    if to and to.user_id == by.user_id:
        did, reason = "taken", ""
    with told(did, by=by, reason=reason):
        Escalation.objects.filter(pk__in=changed).update(owner=owner)
    if to and changed and to.user_id != by.user_id:
        _tell(to, [line for line in locked if line.pk in set(changed)], by=by)
    return len(changed)


def _tell(to: Membership, lines: list[Escalation], *, by: Membership) -> None:
    program = by.program
    what = f"line {lines[0].number}" if len(lines) == 1 else f"{len(lines)} unresolved lines"
    link = reverse("line", kwargs={"p": program.slug, "n": lines[0].number})
    if len(lines) > 1 and to.may("forward"):
        link = reverse("forwarding", kwargs={"p": program.slug}) + "?owner=me"
    elif len(lines) > 1:
        link = reverse("follow_ups", kwargs={"p": program.slug}) + "#mine"
    notify([to], "line_given", f"{by.user} gave you {what}.", link, program=program)
