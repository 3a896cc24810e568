"""Which past lines are like a concern: by their vectors, else by their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from calibration import wordmatch
from calibration.concerns import row_of
from calibration.grouping.ready import is_ready
from calibration.models import VectorSpace
from escalations.models import Escalation
from escalations.querysets import EscalationQuerySet
from people.models import Membership

if TYPE_CHECKING:
    from calibration.grouping.vectors import Bytes, Floats

ALIKE_BY_WORDS, ALIKE = 0.15, 0.3
"""Likeness from which a line is shown."""

SPARE = 20
"""Lines found beyond those asked for: void ones are left out afterwards."""

BUCKETS_READ = ((500_000, 8), (800_000, 6))
"""How many of the 256 buckets are looked through of a program with fewer lines than that."""

BUCKETS_READ_OF_MANY = 4


@dataclass(frozen=True)
class Like:
    """A past line, agent and topic at hand, and how like the concern it is (0 to 1)."""

    line: Escalation
    likeness: float


@dataclass(frozen=True)
class Likes:
    """The lines like a concern, best first, and what found them: "vectors" or "words"."""

    lines: list[Like]
    engine: str


def similar(member: Membership, concern: str, *, but: int | None = None, most: int = 5) -> Likes:
    """The lines of the member's program like the concern, void ones and the line `but` left out."""
    lines = Escalation.objects.visible_to(member).exclude(status="void")
    if but is not None:
        lines = lines.exclude(pk=but)
    found, engine = _by_vectors(member.program_id, concern, most), "vectors"
    if found is None:
        matches = wordmatch.matches(lines, concern, most=most)
        found, engine = (
            [(m.pk, m.likeness) for m in matches if m.likeness >= ALIKE_BY_WORDS],
            "words",
        )
    return Likes(_shown(lines, found, most), engine)


def _shown(lines: EscalationQuerySet, found: list[tuple[int, float]], most: int) -> list[Like]:
    rows = lines.select_related("agent", "topic").in_bulk([pk for pk, _ in found])
    return [Like(rows[pk], likeness) for pk, likeness in found if pk in rows][:most]


def _by_vectors(program: int, concern: str, most: int) -> list[tuple[int, float]] | None:
    """Lines by their keys and how like they are, best first; None where there are no vectors."""
    if not is_ready() or not concern.strip():
        return None if not is_ready() else []
    spread = ExpressionWrapper(Q(centres__isnull=False), output_field=BooleanField())
    spaces = VectorSpace.objects.filter(pk=program, made__gt=0).annotate(is_spread=spread)
    space = spaces.values_list("made", "is_spread").first()
    if space is None:
        return None
    from calibration.grouping.likening import order
    from calibration.grouping.vectors import unpacked

    asked = row_of(concern)
    near = _nearest(program, asked, _buckets(program, asked, made=space[0]) if space[1] else [0])
    best = order(asked, unpacked(packed for _, packed in near), most=most + SPARE)
    return [(near[place][0], likeness) for place, likeness in best if likeness >= ALIKE]


def _buckets(program: int, asked: Bytes, *, made: int) -> list[int]:
    from calibration.grouping.buckets import nearest_buckets

    most = next((few for lines, few in BUCKETS_READ if made < lines), BUCKETS_READ_OF_MANY)
    return nearest_buckets(asked, _centres(program), most)


@cache
def _centres(program: int) -> Floats:
    """The centres of a program's buckets: once learnt, they stay."""
    import numpy as np

    from calibration.grouping.vectors import MEANING

    found = VectorSpace.objects.values_list("centres", flat=True).get(pk=program)
    return np.frombuffer(found or b"", np.float32).reshape(-1, MEANING)


def _nearest(program: int, asked: Bytes, buckets: list[int]) -> list[tuple[int, bytes]]:
    """Lines with the nearest signs, the newest first, and their rows."""
    from calibration.grouping.likening import NEAREST
    from calibration.grouping.vectors import signs

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT near.escalation_id, vector.packed FROM ("
            "  SELECT escalation_id FROM calibration_linevector"
            "  WHERE program_id = %s AND bucket = ANY(%s)"
            "  ORDER BY bit_count(signs # %s::bit(384)) LIMIT %s) AS near"
            " JOIN calibration_linevector AS vector USING (escalation_id)"
            " ORDER BY near.escalation_id DESC",
            [program, buckets, signs(asked.reshape(1, -1))[0], NEAREST],
        )
        return cursor.fetchall()
