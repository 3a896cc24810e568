"""What the captain of the demo floor has grouped: most of the past, little of the newest nights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.utils import timezone

from config.demo.nights import Planned
from escalations.actions import topics
from escalations.models import Escalation, Topic, TopicStep
from people.models import Membership

FIRST_SITTING = 28
"""So many nights ago the captain made the topics of all that had come by then."""


def group(planned: Iterable[Planned], *, by: Membership) -> None:
    """Make the topics of the nights, in two sittings, each told as of its own day."""
    rows = {row.number: row for row in Escalation.objects.filter(program=by.program)}
    past: dict[str, list[Escalation]] = {}
    since: dict[str, list[Escalation]] = {}
    for number, line in enumerate(planned, start=1):
        if line.topic:
            sitting = past if line.night > FIRST_SITTING else since
            sitting.setdefault(line.topic, []).append(rows[number])
    names = list(dict.fromkeys([*past, *since]))
    made = [topics.create(name, past.get(name, []), by=by, key=_key(name)) for name in names]
    later = [
        topics.move(since[step.topic.name], step.topic, by=by, key=_key(step.topic.slug))
        for step in made
        if step.topic and step.topic.name in since
    ]
    _date_back(made, days=FIRST_SITTING)
    _date_back(later, days=2)


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo {name}")


def _date_back(steps: list[TopicStep], *, days: int) -> None:
    """Have the steps follow each other by a minute, so many days ago."""
    start = timezone.now() - timedelta(days=days, hours=3)
    with pgtrigger.ignore():  # no history of moving the date
        for nth, step in enumerate(steps):
            at = start + timedelta(minutes=nth)
            TopicStep.objects.filter(pk=step.pk).update(at=at)
            if step.topic and step.kind == TopicStep.Kind.CREATE:
                Topic.objects.filter(pk=step.topic.pk).update(created_at=at)
