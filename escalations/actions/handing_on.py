"""Handing a line on to the next tier: the whole of it by mail, told in the line's story."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.text import Truncator

from escalations.actions.line_steps import check_alive, locked_line, move
from escalations.handover import TEMPLATE, note_of
from escalations.history import story_of
from escalations.lineletters import letters_of
from escalations.models import Escalation
from people.actions.messages import queue
from people.models import ContactPoint, Membership
from people.refusals import ActionRefused, check_version
from people.retries import whole


@whole
def hand_on(
    line: Escalation, to: ContactPoint, *, version: int | None, by: Membership
) -> Escalation:
    """Mail the note of a line to a contact point; said twice, the second is stale.

    Raises PermissionDenied, VersionMissing, StaleVersion, or ActionRefused for a void line or
    somebody who is off the list by now or has no address.
    """
    if not by.may("log"):
        raise PermissionDenied("Lines are handed on by the SMEs and the manager.")
    fresh = locked_line(line, by=by)
    check_version(fresh, version)
    check_alive(fresh)
    contact = ContactPoint.objects.visible_to(by).current().filter(pk=to.pk).first()
    if contact is None or not contact.email:
        raise ActionRefused("There is no address for that any more. Reload the page.")
    letters = letters_of(fresh, story_of(fresh))
    note = note_of(fresh, letters, by=by.user, at=timezone.now())
    about = Truncator(fresh.concern).chars(80)
    queue(
        "handover",
        to=contact.email,
        to_name=contact.name,
        from_name=f"{by.user}, {by.program}",
        subject=f"{by.program}, line {fresh.number}: {about}",
        template=TEMPLATE,
        context={"note": note},
        program=by.program,
        about=f"line:{fresh.pk}",
    )
    return move(fresh, {}, "handed on", by=by, reason=f"to {contact}")
