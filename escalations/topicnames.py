"""The topics a line can be given, as lists to choose from show them."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from people.models import Program
from people.ready import planned


class TopicName(NamedTuple):
    """A live topic: its primary key, what is sent of it, and what is read."""

    pk: int
    slug: str
    name: str

    def __str__(self) -> str:
        return self.name


def topics_of(program: Program) -> list[TopicName]:
    """The program's live topics by name; one ready statement."""
    rows = planned(
        "SELECT id, slug, name FROM escalations_topic WHERE program_id = %s"
        " AND merged_into_id IS NULL AND withdrawn_at IS NULL ORDER BY lower(name), id",
        [program.pk],
    )
    return [TopicName(*row) for row in rows]


def slugs_today(program: Program) -> dict[str, tuple[str, str]]:
    """Every slug that leads to a live topic, with that topic's slug of today and its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE led (slug, id, today, name) AS ("
            "  SELECT slug, id, slug, name FROM escalations_topic"
            "   WHERE program_id = %s AND merged_into_id IS NULL AND withdrawn_at IS NULL"
            "  UNION ALL SELECT topic.slug, topic.id, led.today, led.name"
            "   FROM escalations_topic AS topic JOIN led ON topic.merged_into_id = led.id)"
            " SELECT slug, today, name FROM led",
            [program.pk],
        )
        return {slug: (today, name) for slug, today, name in cursor.fetchall()}
