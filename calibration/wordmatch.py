"""How alike concerns are by PostgreSQL's trigrams: what is used where there are no vectors."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from calibration.grouping.wording import telling
from escalations.querysets import EscalationQuerySet

LOOKED_AT = 5_000
"""Newest lines that are looked through."""

MOST_WORDS = 12
"""Words of a concern that are looked for."""


@dataclass(frozen=True)
class Match:
    """A line like the concern, from 0 (nothing in common) to 1 (the same)."""

    pk: int
    number: int
    topic: int | None
    concern: str
    likeness: float


def matches(
    lines: EscalationQuerySet, concern: str, *, most: int, looked_at: int = LOOKED_AT
) -> list[Match]:
    """The lines most like the concern among the newest `looked_at`, best first."""
    words = telling(concern)[:MOST_WORDS]
    if not words or lines.query.is_empty():
        return []
    newest = lines.newest_first()
    columns = ("pk", "number", "topic_id", "concern", "search_text")
    sql, params = newest.values_list(*columns)[:looked_at].query.sql_with_params()
    statement = (
        "SELECT pk, number, topic, concern, likeness FROM ("  # noqa: S608
        "  SELECT pk, number, topic, concern,"
        "   similarity(tala_folded(concern), tala_folded(%s)) AS likeness"
        f" FROM ({sql}) AS newest (pk, number, topic, concern, said)"
        "  WHERE said LIKE ANY (%s)) AS scored"
        " WHERE likeness > 0 ORDER BY likeness DESC, pk DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [concern, *params, [f"%{word}%" for word in words], most])
        return [Match(*row) for row in cursor.fetchall()]
