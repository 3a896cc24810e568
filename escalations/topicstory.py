"""What was done to a line's topic: who, when, from which to which, and what was taken back."""

from __future__ import annotations

from escalations.history import Change, Step
from escalations.models import Escalation, TopicMove, TopicStep
from people.templatetags.tala import moment

DID = {
    TopicStep.Kind.CREATE: "made the topic “{to}” with it",
    TopicStep.Kind.GROUP: "put it under “{to}”",
    TopicStep.Kind.MERGE: "merged its topic into “{to}”",
    TopicStep.Kind.SPLIT: "split its topic",
}


def topic_steps_of(line: Escalation) -> list[Step]:
    """Every step that moved the line between topics, in no order; one query."""
    moves = TopicMove.objects.filter(escalation=line).select_related(
        "step__by", "step__undone_by", "from_topic", "to_topic"
    )
    return [_told(move, line) for move in moves]


def with_topics(story: list[Step], line: Escalation) -> list[Step]:
    """A line's story with its topic's among it, the newest first."""
    if not getattr(line, "has_moved", True):
        return story
    return sorted([*story, *topic_steps_of(line)], key=lambda step: step.at, reverse=True)


def _told(move: TopicMove, line: Escalation) -> Step:
    step = move.step
    names = [str(topic) if topic else "" for topic in (move.from_topic, move.to_topic)]
    did = DID[TopicStep.Kind(step.kind)].format(to=names[1]) if names[1] else "took it out"
    if step.undone_at:
        at = moment(step.undone_at, line.program)
        did = f"{did} (taken back by {step.undone_by}, {at})"
    return Step(at=step.at, who=str(step.by), did=did, changes=[Change("Topic", *names)])
