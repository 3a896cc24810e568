"""The steps of grouping as people read them: who did what with how many lines, and who undid it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from escalations.models import Topic, TopicStep
from escalations.querysets_topics import TopicStepQuerySet
from people.models import Membership

KINDS = TopicStep.Kind


@dataclass(frozen=True)
class Told:
    """A step, what was done in words, and whether this member may take it back."""

    step: TopicStep
    words: str
    may_undo: bool
    is_newest_of_mine: bool = False


def words_for(step: TopicStep) -> str:
    """What was done: `put 30 lines under “Late fee”`."""
    topic, other = f"“{step.topic}”", f"“{step.other}”"
    name, lines = f"“{step.name_after}”", _lines(step.lines)
    if step.kind == KINDS.CREATE:
        return f"made the topic {name} of {lines}" if step.lines else f"made the topic {name}"
    if step.kind == KINDS.MERGE:
        return f"merged {other} into {topic}, {lines}"
    if step.kind == KINDS.SPLIT:
        return f"split {name} off {other}, {lines}"
    if step.kind == KINDS.RENAME:
        return f"renamed “{step.name_before}” to {name}"
    return f"put {lines} under {topic}" if step.topic else f"took {lines} out of their topic"


def notice_for(step: TopicStep) -> str:
    """The same as a sentence to the person who just did it."""
    words = words_for(step)
    return f"{words[0].upper()}{words[1:]}."


def recounted(steps: Iterable[TopicStep], member: Membership) -> list[Told]:
    """Steps with their words, in the order given."""
    may_all, found, seen = member.may("group_topics"), [], False
    for step in steps:
        is_mine = step.by_id == member.user_id
        may_undo = step.undone_at is None and (may_all or is_mine)
        newest = may_undo and is_mine and not seen
        seen = seen or newest
        found.append(Told(step, words_for(step), may_undo, newest))
    return found


def steps_of(
    member: Membership, topic: Topic | None = None, *, before: int = 0
) -> TopicStepQuerySet:
    """The steps the member may read, newest first, with their people and topics; not cut."""
    steps = TopicStep.objects.visible_to(member)
    if topic is not None:
        steps = steps.filter(Q(topic=topic) | Q(other=topic))
    if before:
        steps = steps.filter(pk__lt=before)
    return steps.select_related("by", "undone_by", "topic", "other").order_by("-pk")


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
