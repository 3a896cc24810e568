"""What a program's topics are told by: its grouped lines' vectors, kept in each process that asks.

It is read again when something was grouped, taken back, or got its vector: a line counts from the
moment the captain groups it. The regression comes from the worker (`actions/learning.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from calibration.models import LineVector, VectorSpace

if TYPE_CHECKING:
    from calibration.grouping.guessing import Examples
    from calibration.grouping.regression import Regression

MOST_LINES, MOST_OF_TOPIC, LEAST_OF_TOPIC = 4_000, 40, 8
"""Grouped lines that are looked at, the newest of each topic: together, and of one topic."""


@dataclass
class Known:
    """What one process knows of one program."""

    state: str = ""
    examples: Examples | None = None
    learnt: Regression | None = None
    rows: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """Vectors by line and by the digest of its concern."""


_KNOWN: dict[int, Known] = {}
MOST_PROGRAMS = 20
"""Programs that one process keeps in mind."""


def known_of(program: int) -> Known:
    """What is known of a program now; without vectors it has no examples. One or four queries."""
    state = state_of(program)
    known = _KNOWN.setdefault(program, Known())
    if known.state != state:
        _read(known, program)
        known.state = state
    while len(_KNOWN) > MOST_PROGRAMS:
        _KNOWN.pop(next(iter(_KNOWN)))
    return known


def state_of(program: int) -> str:
    """A text that changes whenever something that counts does; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat_ws(' ', made, learnt_from,"
            " (SELECT max(id) FROM escalations_topicstep WHERE program_id = %(p)s),"
            " (SELECT max(undone_at) FROM escalations_topicstep WHERE program_id = %(p)s))"
            " FROM calibration_vectorspace WHERE program_id = %(p)s",
            {"p": program},
        )
        found = cursor.fetchone()
        return str(found[0]) if found else ""


def _read(known: Known, program: int) -> None:
    import numpy as np

    from calibration.grouping.guessing import Examples
    from calibration.grouping.vectors import FOR_TOPICS, mixed, unpacked

    listed = grouped_lines(program)
    new = [line for line, _, digest in listed if (line, digest) not in known.rows]
    found = LineVector.objects.filter(pk__in=new).values_list("pk", "digest", "packed")
    known.rows.update({(pk, digest): bytes(packed) for pk, digest, packed in found})
    known.rows = {
        (line, digest): known.rows[line, digest]
        for line, _, digest in listed
        if (line, digest) in known.rows
    }
    there = [(line, topic) for line, topic, digest in listed if (line, digest) in known.rows]
    lines, topics = zip(*there, strict=True) if there else ((), ())
    rows = mixed(unpacked(known.rows.values()), FOR_TOPICS)
    known.examples = Examples(rows, np.array(topics, np.int64), np.array(lines, np.int64))
    known.learnt = _learnt(program)


def grouped_lines(program: int) -> list[tuple[int, int, int]]:
    """Line, topic and digest of the newest lines of each live topic that have their vector."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH live AS (SELECT id, count(*) OVER () AS of FROM escalations_topic"
            "  WHERE program_id = %(p)s AND merged_into_id IS NULL AND withdrawn_at IS NULL)"
            " SELECT DISTINCT ON (line.id) line.id, live.id, vector.digest FROM live"
            " CROSS JOIN LATERAL (SELECT id FROM escalations_escalation"
            "  WHERE program_id = %(p)s AND topic_id = live.id AND status <> 'void'"
            "  ORDER BY occurred_at DESC, id DESC"
            "  LIMIT greatest(%(least)s, least(%(each)s, %(all)s / live.of))) AS line"
            " JOIN calibration_linevector AS vector ON vector.escalation_id = line.id"
            " ORDER BY line.id",
            {"p": program, "least": LEAST_OF_TOPIC, "each": MOST_OF_TOPIC, "all": MOST_LINES},
        )
        return cursor.fetchall()


def _learnt(program: int) -> Regression | None:
    import numpy as np

    from calibration.grouping.regression import Regression

    space = VectorSpace.objects.filter(pk=program).values_list("topics", "weights").first()
    if not space or not space[0]:
        return None
    topics = np.frombuffer(space[0], np.int64)
    weights = np.frombuffer(space[1], np.float16).astype(np.float32)
    return Regression(topics, weights.reshape(-1, len(topics)))
