"""Grouping lines by topic: create, move, merge, split, rename, and taking any of it back.

One rule says where a line is (ADR 0105): under the topic its newest move that still stands took
it to, or where its first move found it; and a topic that was merged away stands for the one it
was merged into.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from escalations.actions.topic_places import free_name, lock_topics, put_back, root_of
from escalations.actions.topic_repeats import REUSED, check_same
from escalations.models import Escalation, Topic, TopicMove, TopicStep
from escalations.models.topics import NAME, UNGROUPED
from escalations.rights import check_may_edit
from people.cards import mask
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused
from people.retries import whole

MOST = 5_000
"""Lines that one step moves at most (a merge: all of them)."""


@whole
def create(
    name: str,
    lines: Collection[Escalation] = (),
    *,
    by: Membership,
    key: uuid.UUID | None = None,
) -> TopicStep:
    """Make a topic and move lines into it; return the step, its `topic` being the new one.

    Raises ActionRefused for a name that is empty, too long or taken; PermissionDenied.
    """
    if found := _begin(by, key, TopicStep.Kind.CREATE):
        return check_same(found, lines=lines, name=_plain_name(name, by=by))
    topic = _new_topic(name, by=by)
    step = _step(TopicStep.Kind.CREATE, by=by, key=key, topic=topic, name_after=topic.name)
    return _moved(step, lines, topic)


@whole
def move(
    lines: Collection[Escalation],
    to: Topic | None,
    *,
    by: Membership,
    key: uuid.UUID | None = None,
) -> TopicStep:
    """Move lines into a topic, or out of all topics (None); those already there stay as they are.

    For who groups topics, and for who may edit each of these lines. Raises ActionRefused for a
    topic that is gone, more than MOST lines, or none; PermissionDenied.
    """
    if found := _begin(by, key, TopicStep.Kind.GROUP, for_all=False):
        return check_same(found, lines=lines, to=to)
    if not by.may("group_topics"):
        for line in lines:
            check_may_edit(line, by=by)
    if to is not None:
        to = root_of(_of(by, to))
    step = _step(TopicStep.Kind.GROUP, by=by, key=key, topic=to)
    return _moved(step, lines, to)


@whole
def merge(topic: Topic, into: Topic, *, by: Membership, key: uuid.UUID | None = None) -> TopicStep:
    """Put all lines of `topic` under `into`; `topic` stands for `into` from then on.

    Raises ActionRefused when both are one or either is gone; PermissionDenied.
    """
    if found := _begin(by, key, TopicStep.Kind.MERGE):
        return check_same(found, to=into, of=topic)
    topic, into = _live(by, topic), _live(by, into)
    if topic.pk == into.pk:
        raise ActionRefused("A topic is not merged into itself.")
    step = _step(TopicStep.Kind.MERGE, by=by, key=key, topic=into, other=topic)
    topic.merged_into = into
    with told("merged", by=by):
        topic.save(update_fields=["merged_into"])
    return _moved(step, Escalation.objects.filter(topic=topic), into, most=None)


@whole
def split(
    topic: Topic,
    lines: Collection[Escalation],
    name: str,
    *,
    by: Membership,
    key: uuid.UUID | None = None,
) -> TopicStep:
    """Make a new topic of some lines of `topic`; return the step, its `topic` being the new one.

    Lines that are elsewhere by now stay there. Raises ActionRefused without lines of this topic,
    for a name that is empty or taken; PermissionDenied.
    """
    if found := _begin(by, key, TopicStep.Kind.SPLIT):
        return check_same(found, lines=lines, name=_plain_name(name, by=by), of=topic)
    topic = _live(by, topic)
    its_own = Escalation.objects.filter(topic=topic, pk__in=[line.pk for line in lines])
    if not its_own:
        raise ActionRefused("None of these lines is under this topic any more. Reload.")
    new = _new_topic(name, by=by)
    more: dict[str, Any] = {"topic": new, "other": topic, "name_after": new.name}
    return _moved(_step(TopicStep.Kind.SPLIT, by=by, key=key, **more), list(its_own), new)


@whole
def rename(topic: Topic, name: str, *, by: Membership, key: uuid.UUID | None = None) -> TopicStep:
    """Give a topic another name; its address stays. Raises ActionRefused, PermissionDenied."""
    if found := _begin(by, key, TopicStep.Kind.RENAME):
        return check_same(found, to=topic, name=_plain_name(name, by=by))
    topic = _live(by, topic)
    before, topic.name = topic.name, _checked_name(name, by=by, but=topic)
    names = {"name_before": before, "name_after": topic.name}
    with told("renamed", by=by):
        topic.save(update_fields=["name"])
    return _step(TopicStep.Kind.RENAME, by=by, key=key, topic=topic, **names)


@whole
def undo(step: TopicStep, *, by: Membership) -> TopicStep:
    """Take one step back, whatever came after it; return the step. Twice is like once.

    Lines that a later step moved stay where that one put them. One's own step, or any for who
    groups topics. Raises PermissionDenied.
    """
    lock_topics(by.program)
    step = TopicStep.objects.visible_to(by).select_related("topic", "other").get(pk=step.pk)
    if step.by_id != by.user_id and not by.may("group_topics"):
        raise PermissionDenied("This was grouped by someone else; the captain can take it back.")
    if step.undone_at:
        return step
    step.undone_at, step.undone_by = timezone.now(), by.user
    step.save(update_fields=["undone_at", "undone_by"])
    with told("undone", by=by):
        put_back(step)
    return step


def settled_topic(topic: Topic | None) -> Topic | None:
    """The live topic that a topic stands for now, kept from being merged until this is committed.

    For the line that is being logged or imported in this transaction; None when it is gone.
    """
    while topic is not None:
        with connection.cursor() as cursor:  # the merge takes this row FOR UPDATE
            asked = "SELECT merged_into_id FROM escalations_topic WHERE id = %s FOR KEY SHARE"
            cursor.execute(asked, [topic.pk])
            found = cursor.fetchone()
        if not found or found[0] is None:
            return Topic.objects.filter(pk=topic.pk).live().first() if found else None
        topic = Topic.objects.get(pk=found[0])
    return None


def _begin(
    by: Membership, key: uuid.UUID | None, kind: str, *, for_all: bool = True
) -> TopicStep | None:
    """One step at a time in a program; the step this key already made, if any."""
    if for_all and not by.may("group_topics"):
        raise PermissionDenied("Topics are the captain’s.")
    lock_topics(by.program)
    if key is None:
        return None
    made = TopicStep.objects.filter(by=by.user, key=key).select_related("topic", "other").first()
    if made and (made.kind != kind or made.program_id != by.program_id):
        raise KeyReused(REUSED)
    return made


def _step(kind: str, *, by: Membership, key: uuid.UUID | None, **more: Any) -> TopicStep:
    key = key or uuid.uuid4()
    return TopicStep.objects.create(program=by.program, kind=kind, key=key, by=by.user, **more)


def _moved(
    step: TopicStep,
    lines: Collection[Escalation],
    to: Topic | None,
    *,
    most: int | None = MOST,
) -> TopicStep:
    """Move lines of the step's program and note each: one statement of each kind."""
    pks = [line.pk for line in lines]
    if most and len(pks) > most:
        raise ActionRefused(f"At most {most:,} lines are moved in one step.")
    rows = Escalation.objects.filter(program=step.program_id, pk__in=pks).order_by("pk")
    old = list(rows.select_for_update(of=("self",), no_key=True).values_list("pk", "topic_id"))
    to_pk = to.pk if to else None
    moves = [
        TopicMove(step=step, escalation_id=pk, from_topic_id=was, to_topic_id=to_pk)
        for pk, was in old
        if was != to_pk
    ]
    TopicMove.objects.bulk_create(moves, batch_size=1000)
    Escalation.objects.filter(pk__in=[m.escalation_id for m in moves]).update(topic=to)
    step.lines = len(moves)
    step.save(update_fields=["lines"])
    return step


def _of(by: Membership, topic: Topic) -> Topic:
    """The topic as it is now, locked, if it is of the member's program."""
    found = Topic.objects.visible_to(by).select_for_update().filter(pk=topic.pk).first()
    if found is None:
        raise ActionRefused("That topic is not there.")
    return found


def _live(by: Membership, topic: Topic) -> Topic:
    found = _of(by, topic)
    if not found.is_live:
        raise ActionRefused(f"“{found}” is no topic any more. Reload.")
    return found


def _new_topic(name: str, *, by: Membership) -> Topic:
    name = _checked_name(name, by=by)
    base = slugify(name)[: NAME - 8] or "topic"
    slugs_there = Topic.objects.filter(program=by.program).values_list("slug", flat=True)
    taken = {UNGROUPED, *slugs_there}
    slugs = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
    slug = next(slug for slug in slugs if slug not in taken)
    made: Sequence[Any] = (by.program, name, slug, by.user)
    fields = dict(zip(("program", "name", "slug", "created_by"), made, strict=True))
    return Topic.objects.create(**fields)


def _checked_name(name: str, *, by: Membership, but: Topic | None = None) -> str:
    """The name in one line, card numbers masked; refused when empty, too long or taken."""
    name = _plain_name(name, by=by)
    if not name:
        raise ActionRefused("Give the topic a name.")
    if len(name) > NAME:
        raise ActionRefused(f"A topic’s name has at most {NAME} characters.")
    if free_name(name, by.program, but=but) != name:
        raise ActionRefused(f"There is a topic called “{name}” already. Merge them instead.")
    return name


def _plain_name(name: str, *, by: Membership) -> str:
    return " ".join(mask(name.replace("\0", ""), by.program.let_through).text.split())
