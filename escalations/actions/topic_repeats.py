"""A form about topics that comes twice: the same again is one step, anything else is refused."""

from __future__ import annotations

from collections.abc import Collection

from escalations.actions.topic_places import root_of
from escalations.models import Escalation, Topic, TopicStep
from people.refusals import KeyReused

REUSED = "This form was used for something else before. Reload the page."


def check_same(
    step: TopicStep,
    *,
    lines: Collection[Escalation] = (),
    to: Topic | None = None,
    of: Topic | None = None,
    name: str = "",
) -> TopicStep:
    """The step that a key made already, if the same is asked for again.

    `lines` may be fewer than then, as some are elsewhere by now, but none may be another. Topics
    are the same when they stand for the same one by now. Raises KeyReused.
    """
    kinds = TopicStep.Kind
    makes = step.kind in (kinds.CREATE, kinds.SPLIT)
    if step.kind in (kinds.CREATE, kinds.SPLIT, kinds.RENAME) and name != step.name_after:
        raise KeyReused(REUSED)
    if not makes and _root(to) != _root(step.topic):
        raise KeyReused(REUSED)
    if step.kind in (kinds.MERGE, kinds.SPLIT) and _root(of) != _root(step.other):
        raise KeyReused(REUSED)
    if _others(step, lines):
        raise KeyReused(REUSED)
    return step


def _root(topic: Topic | None) -> Topic | None:
    return root_of(Topic.objects.get(pk=topic.pk)) if topic else None


def _others(step: TopicStep, lines: Collection[Escalation]) -> bool:
    """Whether there are lines that the step did not move, and that are not where it moved some."""
    if not lines:
        return False
    moved = step.moves.values("escalation")
    asked = Escalation.objects.filter(program=step.program_id, pk__in=[one.pk for one in lines])
    left = set(asked.exclude(pk__in=moved).values_list("topic", flat=True))
    here = _root(step.topic)
    return bool(left - {here.pk if here else None})
