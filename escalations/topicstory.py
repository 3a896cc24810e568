"""What was done to a line's topic: who, when, from which to which, and what was taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from escalations.history import Change, Step
from escalations.models import Escalation, TopicStep
from people.templatetags.tala import moment

DID = {
    TopicStep.Kind.CREATE: "made the topic “{to}” with it",
    TopicStep.Kind.GROUP: "put it under “{to}”",
    TopicStep.Kind.MERGE: "merged its topic into “{to}”",
    TopicStep.Kind.SPLIT: "split its topic",
}


MOVES = """
(SELECT coalesce(json_agg(json_build_array(step.kind, step.at,
        coalesce(nullif(who.name, ''), who.username), step.undone_at,
        coalesce(nullif(undoer.name, ''), undoer.username),
        coalesce(before.name, ''), coalesce(after.name, '')) ORDER BY move.id), '[]')
FROM escalations_topicmove AS move
JOIN escalations_topicstep AS step ON step.id = move.step_id
JOIN people_user AS who ON who.id = step.by_id
LEFT JOIN people_user AS undoer ON undoer.id = step.undone_by_id
LEFT JOIN escalations_topic AS before ON before.id = move.from_topic_id
LEFT JOIN escalations_topic AS after ON after.id = move.to_topic_id
WHERE move.escalation_id = line.id)
"""
"""For a SELECT from a `line`: every step that moved it between topics, for `topic_steps`."""


def topic_steps(line: Escalation, moves: list[list[Any]]) -> list[Step]:
    """The steps of a line's MOVES."""
    return [_told(line, *move) for move in moves]


def with_topics(story: list[Step], line: Escalation) -> list[Step]:
    """The story of a line that was read at once, with its topic's among it, the newest first."""
    moves = line.moves  # type: ignore[attr-defined]
    if not moves:
        return story
    return sorted([*story, *topic_steps(line, moves)], key=lambda step: step.at, reverse=True)


def _told(
    line: Escalation,
    kind: str,
    at: str,
    who: str,
    undone_at: str | None,
    undone_by: str | None,
    before: str,
    after: str,
) -> Step:
    did = DID[TopicStep.Kind(kind)].format(to=after) if after else "took it out"
    if undone_at:
        back_at = moment(datetime.fromisoformat(undone_at), line.program)
        did = f"{did} (taken back by {undone_by}, {back_at})"
    changes = [Change("Topic", before, after)]
    return Step(at=datetime.fromisoformat(at), who=who, did=did, changes=changes)
