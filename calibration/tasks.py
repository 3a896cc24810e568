"""Work for later: each task takes an id and calls one action."""

from __future__ import annotations

from django_tasks import task

from calibration.actions import proposals
from people.models import Membership


@task()
def look_for_topics(pk: int) -> None:
    """Look for new topics in a member's program; safe to run again. Nobody any more: nothing."""
    member = Membership.objects.select_related("program", "user").filter(pk=pk).first()
    if member:
        proposals.make(by=member)
