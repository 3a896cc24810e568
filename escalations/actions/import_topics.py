"""The topics an import's lines belong to: found, made where the preview said so, taken away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from escalations.actions import topics
from escalations.actions.topic_places import lock_topics
from escalations.models import Import, Topic, TopicStep
from escalations.reading.repairs import Line
from escalations.reading.topics import fold_topic
from people.models import Membership, Program


def known_topics(program: Program) -> dict[str, str]:
    """The program's topics: their names by folded name and by address, names first."""
    found = Topic.objects.filter(program=program).live().order_by("pk")
    pairs = list(found.values_list("name", "slug"))
    by_slug = {fold_topic(slug): name for name, slug in pairs}
    return by_slug | {fold_topic(name): name for name, _ in pairs}


def may_make_topics(batch: Import) -> bool:
    """Whether who brought the sheet may make topics."""
    theirs = Membership.objects.filter(user=batch.by_id, program=batch.program)
    return any(membership.may("group_topics") for membership in theirs.select_related("user"))


def topics_of(lines: Sequence[Line], batch: Import, by: Membership) -> dict[str, Topic]:
    """The live topics of some lines by folded name, kept from being merged until the commit.

    Those that are missing are made, if `by` may do that; a line whose topic could not be has none.
    """
    wanted = {fold_topic(line.topic): line.topic for line in lines if line.topic}
    if not wanted:
        return {}
    lock_topics(by.program)
    live = Topic.objects.filter(program=by.program).live().order_by("pk")
    found = {fold_topic(topic.name): topic for topic in live}
    for key in sorted(wanted.keys() - found.keys()):
        if by.may("group_topics"):
            step = topics.create(wanted[key], by=by, key=_key(batch, wanted[key]))
            if settled := topics.settled_topic(step.topic):
                found[key] = settled
    return {key: found[key] for key in wanted.keys() & found.keys()}


def take_away(batch: Import, *, by: Membership) -> None:
    """Take back the topics that an import made and no line is under any more."""
    named = batch.rows.filter(reading__has_key="topic").order_by()
    names = set(named.values_list("reading__topic", flat=True).distinct())
    keys = [_key(batch, name) for name in names]
    made = TopicStep.objects.filter(
        program=batch.program, kind=TopicStep.Kind.CREATE, key__in=keys, undone_at=None
    )
    for step in made.filter(by=batch.confirmed_by_id).select_related("topic").order_by("pk"):
        is_empty = step.topic and not step.topic.escalations.exists()
        if is_empty and (step.by_id == by.user_id or by.may("group_topics")):
            topics.undo(step, by=by)


def _key(batch: Import, name: str) -> uuid.UUID:
    """The key of the step that makes a topic for an import: the same when it is done again."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"import {batch.pk}: {fold_topic(name)}")
