"""Proposed new topics: have them looked for, keep what was found, accept one."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from calibration.discovering import Discovery, discover
from calibration.models import Proposals
from escalations.actions import topics
from escalations.models import Escalation, TopicStep
from people.models import Membership
from people.refusals import ActionRefused
from people.retries import whole


@whole
def look(*, by: Membership) -> Proposals:
    """Have the ungrouped lines looked through in the background, unless that is under way.

    Raises PermissionDenied.
    """
    from calibration.tasks import look_for_topics

    if not by.may("group_topics"):
        raise PermissionDenied("Topics are the captain’s.")
    Proposals.objects.get_or_create(program=by.program, defaults={"asked_at": _never()})
    found = Proposals.objects.select_for_update().get(program=by.program)
    if not found.is_looking:
        found.asked_at = timezone.now()
        found.save(update_fields=["asked_at"])
        look_for_topics.enqueue(by.pk)
    return found


def make(*, by: Membership) -> Proposals:
    """Look now, and keep what was found instead of what was there; takes seconds."""
    return _keep(discover(by), by=by)


@whole
def _keep(found: Discovery, *, by: Membership) -> Proposals:
    groups = [{**asdict(group), "id": uuid.uuid4().hex} for group in found.groups]
    kept = {"groups": groups, "pool": found.pool, "capped": found.capped, "engine": found.engine}
    kept["made_at"] = timezone.now()
    first = {**kept, "asked_at": kept["made_at"]}
    made, _ = Proposals.objects.update_or_create(
        program=by.program, defaults=kept, create_defaults=first
    )
    return made


@whole
def accept(group_id: str, name: str, *, by: Membership, key: uuid.UUID) -> TopicStep:
    """Make a topic of the lines of a proposed group that have none by now; return the step.

    Raises ActionRefused when the group is not there any more or all its lines have a topic, and as
    `topics.create` does; PermissionDenied.
    """
    kept = Proposals.objects.filter(program=by.program).first()
    group = kept.group(group_id) if kept else None
    done = TopicStep.objects.filter(by=by.user, key=key).exists()  # sent twice
    numbers = group["numbers"][: topics.MOST] if group else []
    lines = Escalation.objects.visible_to(by).ungrouped().filter(number__in=numbers)
    if not group and not done:
        raise ActionRefused("The proposals were made anew meanwhile. Look at the new ones.")
    if not lines and not done:
        raise ActionRefused("All of these lines have a topic by now.")
    return topics.create(name, list(lines), by=by, key=key)


def _never() -> datetime:
    return timezone.now() - timedelta(days=1)
