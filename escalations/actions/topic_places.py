"""Where lines are after a step was taken back: the rule of ADR 0105, line by line."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from escalations.models import Escalation, Topic, TopicMove, TopicStep
from people.models import Program

_LOCK = 0x70B1C
"""The first half of the advisory lock under which a program's topics change."""


def lock_topics(program: Program) -> None:
    """Let one step at a time change a program's topics, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, program.pk])


def root_of(topic: Topic) -> Topic:
    """The topic it stands for: itself, or the one it was merged into, however often."""
    while topic.merged_into is not None:
        topic = topic.merged_into
    return topic


def free_name(name: str, program: Program, *, but: Topic | None = None) -> str:
    """The name, with a number behind it when another live topic of the program has it."""
    live = Topic.objects.filter(program=program).live().exclude(pk=but.pk if but else 0)
    taken = {known.casefold() for known in live.values_list("name", flat=True)}
    names = [name, *(f"{name[:72]} ({n})" for n in range(2, len(taken) + 3))]
    return next(free for free in names if free.casefold() not in taken)


def put_back(step: TopicStep) -> None:
    """Have everything as if this step, now marked undone, had not been."""
    moved = list(step.moves.values_list("escalation_id", flat=True))
    if step.kind == TopicStep.Kind.RENAME and step.topic and step.topic.name == step.name_after:
        step.topic.name = free_name(step.name_before, step.program, but=step.topic)
        step.topic.save(update_fields=["name"])
    if step.kind == TopicStep.Kind.MERGE and step.other:
        moved += _part(step.other)
    _place(moved)
    if step.kind in (TopicStep.Kind.CREATE, TopicStep.Kind.SPLIT) and step.topic:
        _withdraw_if_empty(step)


def _part(topic: Topic) -> list[int]:
    """Let a topic that was merged away be one of its own again; return whose place may change."""
    _revive(topic)
    below = {topic.pk}
    while more := set(
        Topic.objects.filter(merged_into__in=below)
        .exclude(pk__in=below)
        .values_list("pk", flat=True)
    ):
        below |= more
    touching = Q(from_topic__in=below) | Q(to_topic__in=below)
    return list(TopicMove.objects.filter(touching).values_list("escalation_id", flat=True))


def _revive(topic: Topic) -> None:
    topic.name = free_name(topic.name, topic.program, but=topic)
    topic.merged_into, topic.withdrawn_at = None, None
    topic.save(update_fields=["name", "merged_into", "withdrawn_at"])


def _place(lines: Collection[int]) -> None:
    """Put lines where the rule says; a topic that was withdrawn comes back with its lines."""
    by_place: dict[int | None, list[int]] = {}
    for line, place in _places(lines):
        by_place.setdefault(place, []).append(line)
    for place, pks in by_place.items():
        topic = root_of(Topic.objects.get(pk=place)) if place else None
        if topic and topic.withdrawn_at:
            _revive(topic)
        Escalation.objects.filter(pk__in=pks).update(topic=topic)


def _places(lines: Collection[int]) -> list[tuple[int, int | None]]:
    """For each line the topic its newest standing move took it to, or its first one found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moved.escalation_id, CASE WHEN last.id IS NULL THEN first.from_topic_id"
            " ELSE last.to_topic_id END"
            " FROM (SELECT DISTINCT escalation_id FROM escalations_topicmove"
            " WHERE escalation_id = ANY(%s)) AS moved"
            " CROSS JOIN LATERAL (SELECT from_topic_id FROM escalations_topicmove"
            " WHERE escalation_id = moved.escalation_id ORDER BY step_id LIMIT 1) AS first"
            " LEFT JOIN LATERAL (SELECT move.id, to_topic_id FROM escalations_topicmove AS move"
            " JOIN escalations_topicstep AS step ON step.id = move.step_id"
            " WHERE move.escalation_id = moved.escalation_id AND step.undone_at IS NULL"
            " ORDER BY move.step_id DESC LIMIT 1) AS last ON true",
            [list(lines)],
        )
        return cursor.fetchall()


def _withdraw_if_empty(step: TopicStep) -> None:
    """Take a topic away with the step that made it, unless others put lines there since."""
    topic = step.topic
    assert topic is not None  # noqa: S101
    topic.refresh_from_db()
    if topic.is_live and not Escalation.objects.filter(topic=topic).exists():
        topic.withdrawn_at = step.undone_at
        topic.save(update_fields=["withdrawn_at"])
