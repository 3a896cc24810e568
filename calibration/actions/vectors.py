"""Making the vectors of lines whose concern is new or changed, in the background."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import F
from django_tasks_db.models import DBTaskResult

from calibration.concerns import digest, same_texts
from calibration.grouping.ready import is_ready
from calibration.models import LineVector, VectorSpace, VectorWanted
from escalations.models import Escalation
from people.retries import whole

if TYPE_CHECKING:
    from calibration.grouping.vectors import Bytes

AT_ONCE = 200
"""Lines of one transaction: one or two seconds."""

SECONDS = 5.0
"""How long one round of the schedule makes vectors; the next round goes on."""

SPREAD_FROM = 20_000
"""Lines of a program from which its vectors are put into buckets."""

SAMPLE = 8_192
"""Vectors of different texts from which the buckets' centres are learnt, at most."""


def make(*, seconds: float | None = SECONDS) -> int:
    """Make the vectors that are wanted, the newest first; return how many.

    It may be stopped anywhere and run twice, at once too: each piece is one transaction that takes
    its lines off the list. Without the encoder nothing happens, and the list waits; so it does
    while a job is at hand, such as an import, unless `seconds` is None.
    """
    if not is_ready():
        return 0
    end = time.monotonic() + seconds if seconds is not None else float("inf")
    made = 0
    while (seconds is None or not _is_job_at_hand()) and (piece := _piece()):
        made += piece
        if time.monotonic() > end:
            break
    return made


def _is_job_at_hand() -> bool:
    return DBTaskResult.objects.filter(status="RUNNING").exists()


@whole
def _piece() -> int:
    """Make one transaction's vectors; return how many entries it took off the list."""
    free = VectorWanted.objects.select_for_update(skip_locked=True).order_by("-pk")
    wanted = dict(free.values_list("pk", "escalation")[:AT_ONCE])
    if not wanted:
        return 0
    lines = Escalation.objects.filter(pk__in=set(wanted.values()))
    # In the order of programs, so that two workers never wait for each other in a ring.
    rows = list(lines.order_by("program", "pk").values_list("pk", "program_id", "concern"))
    if rows:
        _keep(rows)
    VectorWanted.objects.filter(pk__in=wanted).delete()
    return len(wanted)


def _keep(lines: list[tuple[int, int, str]]) -> None:
    """Write the vectors of lines given by key, program and concern."""
    from calibration.grouping.vectors import signs, unpacked

    packed = _packed({digest(concern): concern for _, _, concern in lines})
    spaces = {program: _space(program) for program in sorted({line[1] for line in lines})}
    kept = []
    for program, space in spaces.items():
        own = [(pk, digest(concern)) for pk, of, concern in lines if of == program]
        rows = unpacked(packed[text] for _, text in own)
        buckets = _buckets(rows, space)
        for (pk, text), bucket, bits in zip(own, buckets, signs(rows), strict=True):
            row = LineVector(escalation_id=pk, program_id=program, bucket=bucket, signs=bits)
            row.packed, row.digest = packed[text], text
            kept.append(row)
    LineVector.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["escalation"],
        update_fields=["program", "bucket", "signs", "packed", "digest"],
    )
    for program, times in Counter(row.program_id for row in kept).items():
        VectorSpace.objects.filter(pk=program).update(made=F("made") + times)


def _packed(texts: dict[int, str]) -> dict[int, bytes]:
    """The vector of each text by its digest, encoded only where none has it."""
    from calibration.grouping.vectors import packed

    known = same_texts(texts)
    new = [text for text in texts if text not in known]
    made = packed([texts[text] for text in new])
    return known | {text: row.tobytes() for text, row in zip(new, made, strict=True)}


def _space(program: int) -> VectorSpace:
    """What is known of a program's vectors, locked: its buckets are not changed meanwhile."""
    VectorSpace.objects.get_or_create(pk=program)
    return VectorSpace.objects.select_for_update().get(pk=program)


def _buckets(rows: Bytes, space: VectorSpace) -> list[int]:
    if space.centres is None:
        return [0] * len(rows)
    import numpy as np

    from calibration.grouping.buckets import bucket_of
    from calibration.grouping.vectors import MEANING

    return bucket_of(rows, np.frombuffer(space.centres, np.float32).reshape(-1, MEANING))


def spread() -> int:
    """Put the vectors of programs that have grown large into buckets; return how many programs."""
    if not is_ready():
        return 0
    grown = VectorSpace.objects.filter(made__gte=SPREAD_FROM, centres=None).order_by("pk")
    return sum(_spread(program) for program in list(grown.values_list("pk", flat=True)))


@whole
def _spread(program: int) -> bool:
    """Learn a program's buckets and move all its vectors there, in one transaction."""
    from calibration.grouping.buckets import centres_of
    from calibration.grouping.vectors import unpacked

    space = _space(program)
    rows = LineVector.objects.filter(program=program)
    # Digests are as good as drawn by lot; each text once, however many lines say it.
    drawn = rows.order_by("digest", "pk").distinct("digest")
    sample = unpacked(drawn.values_list("packed", flat=True)[:SAMPLE])
    if space.centres is not None or not len(sample):
        return False
    space.centres = centres_of(sample).tobytes()
    space.save(update_fields=["centres"])
    last = 0
    while piece := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "packed")[:2000]):
        places = _buckets(unpacked(row for _, row in piece), space)
        moved = [LineVector(pk=pk, bucket=b) for (pk, _), b in zip(piece, places, strict=True)]
        LineVector.objects.bulk_update(moved, ["bucket"], batch_size=2000)
        last = piece[-1][0]
    return True
