"""Topics suggested, lines likened, topics discovered: how long, and how much memory it takes.

`python -m bench.grouping prepare` gives the lines of DATABASE_URL their vectors: the newest ones
their own, each older one that of a newer with some signs turned. `python -m bench.grouping ask`
then measures in a process of its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

import psutil

from bench.load import django_on
from bench.measure import summary
from bench.memory import MIB
from bench.site import Site
from bench.stand import run

OWN, TOPICS, GROUPED = 2_000, 40, 1_600
ASKED = 60


def measure_grouping(site: Site) -> dict[str, Any]:
    """Prepare a site's database and measure on it; milliseconds, seconds and MiB."""
    for what in ("prepare", "ask"):
        said = run([sys.executable, "-m", "bench.grouping", what], site.stand.environ)
        site.settle()  # the worker learns what was prepared
    found: dict[str, Any] = json.loads(said)
    return found


def main(what: str) -> None:
    """Do one of both, and print what was found as JSON."""
    django_on()
    print(json.dumps(prepare() if what == "prepare" else ask()))


def prepare() -> dict[str, float]:
    """Write the vectors, group the newest lines, fit; the seconds it took."""
    from calibration.actions.learning import learn
    from calibration.models import LineVector
    from escalations.models import Escalation, Topic

    began = time.monotonic()
    program = _program()
    # The worker has made those of the few lines that were saved since.
    if 2 * LineVector.objects.filter(program=program).count() < program.escalations.count():
        newest = Escalation.objects.filter(program=program).order_by("-pk")
        lines = list(newest.values_list("pk", "concern")[:OWN])
        buckets = _write(program.pk, lines)
        for number in range(TOPICS):
            name = f"Topic {number}"
            user = newest[0].logged_by
            topic = Topic.objects.create(
                program=program, name=name, slug=f"t{number}", created_by=user
            )
            own = [pk for pk, _ in lines[:GROUPED] if buckets[pk] % TOPICS == number]
            Escalation.objects.filter(pk__in=own).update(topic=topic)
        written = time.monotonic()
        learn()
        return {"write": written - began, "fit": time.monotonic() - written}
    return {}


def _program() -> Any:
    from bench.cast import BIG
    from people.models import Program

    return Program.objects.get(slug=BIG)


def _write(program: int, lines: list[tuple[int, str]]) -> dict[int, int]:
    """The vectors of all lines of the program; the buckets of the given ones."""
    from django.db import connection

    from calibration.concerns import digest
    from calibration.grouping.buckets import bucket_of, centres_of
    from calibration.grouping.vectors import packed, signs

    rows = packed([concern for _, concern in lines])
    centres = centres_of(rows)
    buckets = bucket_of(rows, centres)
    base = zip(buckets, signs(rows), map(bytes, rows), lines, strict=True)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE calibration_linevector, calibration_vectorspace")
        cursor.execute(
            "CREATE TEMPORARY TABLE base (n serial, bucket int, signs bit(384), packed bytea,"
            " digest bigint, line bigint)"
        )
        cursor.executemany(
            "INSERT INTO base (bucket, signs, packed, digest, line) VALUES (%s, %s, %s, %s, %s)",
            [(b, bits, row, digest(text), pk) for b, bits, row, (pk, text) in base],
        )
        cursor.execute(
            "INSERT INTO calibration_linevector"
            " (escalation_id, program_id, bucket, signs, packed, digest)"
            " SELECT line.id, program_id, bucket, CASE WHEN line.id = base.line THEN signs"
            f"  ELSE signs # ({_dice('a')} & {_dice('b')} & {_dice('c')}) END, packed,"
            "  hashint8extended(line.id, 0)"
            " FROM escalations_escalation AS line JOIN base"
            "  ON base.n = coalesce((SELECT own.n FROM base AS own WHERE own.line = line.id),"
            f"  1 + line.id %% {len(lines)}) WHERE program_id = %s",
            [program],
        )
        cursor.execute(
            "INSERT INTO calibration_vectorspace"
            " (program_id, made, centres, learnt_from, topics, weights)"
            " SELECT %s, count(*), %s, '', '', '' FROM calibration_linevector",
            [program, centres.tobytes()],
        )
        cursor.execute("VACUUM (ANALYZE) calibration_linevector")
    return {pk: bucket for (pk, _), bucket in zip(lines, buckets, strict=True)}


def _dice(salt: str) -> str:
    """SQL for 384 bits of which each is 1 as often as 0."""
    parts = " || ".join(f"md5(line.id || '{salt}{n}')" for n in range(3))
    return f"('x' || {parts})::bit(384)"


def ask() -> dict[str, Any]:
    """Ask and measure; what a process takes before it ever asked, and by how much it grows."""
    from calibration.discovering import discover
    from calibration.likeness import similar
    from calibration.suggesting import suggest
    from people.models import Membership

    program = _program()
    member = Membership.objects.filter(program=program).select_related("user", "program").first()
    assert member is not None  # noqa: S101
    if "numpy" in sys.modules:
        raise SystemExit("numpy was loaded before anybody asked")
    before = _own_memory()
    first, second = _asked(program)
    found: dict[str, Any] = {"of_program": _count(program.pk)}
    began = time.perf_counter()
    suggest(program, "the first question of this process")
    found["first"] = round(1000 * (time.perf_counter() - began), 1)
    found["suggest"] = _timed(lambda said: suggest(program, said), first, time.process_time)
    found["similar"] = _timed(lambda said: similar(member, said), second, time.perf_counter)
    found["memory"] = {"before": before, "asking": round(_own_memory() - before, 1)}
    began = time.perf_counter()
    seen = discover(member)
    found["discover"] = {
        "seconds": round(time.perf_counter() - began, 2),
        "pool": seen.pool,
        "groups": len(seen.groups),
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found["memory"]["discovering"] = round(peak - before, 1)
    found["engines"] = sorted({seen.engine, suggest(program, first[0]).engine})
    return found


def _asked(program: Any) -> tuple[list[str], list[str]]:
    """Beginnings of concerns as they stand in the entry row while somebody types."""
    from escalations.models import Escalation

    lines = Escalation.objects.filter(program=program).order_by("-pk")
    said = [line.split() for line in lines.values_list("concern", flat=True)[: 2 * ASKED]]
    parts = [" ".join(words[: 3 + place % 8]) for place, words in enumerate(said)]
    return parts[:ASKED], parts[ASKED:]


def _count(program: int) -> int:
    from calibration.models import LineVector

    return LineVector.objects.filter(program=program).count()


def _timed(
    do: Callable[[str], object], concerns: Iterable[str], clock: Callable[[], float]
) -> dict[str, float]:
    taken = []
    for concern in concerns:
        began = clock()
        do(concern)
        taken.append(clock() - began)
    return summary(taken)


def _own_memory() -> float:
    return float(round(psutil.Process().memory_info().rss / MIB, 1))


if __name__ == "__main__":
    main(sys.argv[1])
