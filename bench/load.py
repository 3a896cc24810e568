"""Fills an empty, migrated database with lines: `python -m bench.load --lines 1000000`.

It takes the database of `--database-url` (or DATABASE_URL), migrates it, and refuses one that holds
lines already. Indexes are dropped, the lines written by COPY, the indexes made again as they were.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

WORDS_OF = 200_000
"""Lines whose words are read: all lines are made of the same few hundred words."""

TABLE = "escalations_escalation"
MEMORY = "512MB"
"""For making indexes."""


def main(arguments: list[str] | None = None) -> int:
    """Load as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--database-url", default=os.environ.get("DATABASE_URL", ""))
    parser.add_argument("--topics", action="store_true", help="give the lines topics")
    parser.add_argument("--json", action="store_true", help="say the seconds as JSON")
    asked = parser.parse_args(arguments)
    if not asked.database_url:
        parser.error("name an empty database by --database-url or DATABASE_URL")
    os.environ["DATABASE_URL"] = asked.database_url
    os.environ.setdefault("SECRET_KEY", "bench")
    django_on()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    seconds = load(asked.lines, topics=asked.topics)
    if asked.json:
        print(json.dumps({name: round(taken, 1) for name, taken in seconds.items()}))
    else:
        print(f"{asked.lines:,} lines: " + ", ".join(f"{k} {v:.1f} s" for k, v in seconds.items()))
    return 0


def django_on(settings: str = "bench.settings") -> None:
    """Set Django up in this process, without a limit on how long a statement may take."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["STATEMENT_TIMEOUT_MS"] = "0"
    import django

    django.setup()


def load(count: int, *, topics: bool = False) -> dict[str, float]:
    """Write the people and `count` lines; return the seconds each step took.

    Raises SystemExit when the database holds lines already.
    """
    from django.db import connection

    from bench import cast
    from escalations.actions.words import learn
    from escalations.hours import rebuild
    from escalations.models import Escalation, Vocabulary
    from reports.actions.settling import settle

    if Escalation.objects.exists():
        raise SystemExit("This database holds lines already: the bench wants an empty one.")
    seconds: dict[str, float] = {}
    desks = cast.make(topics=topics)
    with _timed(seconds, "copy"), connection.cursor() as cursor:
        made_again = _strip(cursor)
        _copy(cursor, count, desks)
    with _timed(seconds, "index"), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # an autovacuum of a busy machine is waited for
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [MEMORY])
        for statement in made_again:
            cursor.execute(statement)
        cursor.execute(
            "INSERT INTO escalations_numbering (program_id, last)"
            f" SELECT program_id, max(number) FROM {TABLE} GROUP BY program_id"
        )
    with _timed(seconds, "words"):
        learn(most=WORDS_OF)
        Vocabulary.objects.update(read_to=Escalation.objects.latest("pk").pk)
    with _timed(seconds, "hours"):
        rebuild()
    with _timed(seconds, "vacuum"), connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    with _timed(seconds, "sums"):
        settle(seconds=float("inf"))
    return seconds


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    seconds[name] = time.monotonic() - began


def _strip(cursor: Any) -> list[str]:
    """Drop every constraint and index of the table but its key, and rest its triggers.

    Gives what makes them again; hours are counted once afterwards instead.
    """
    cursor.execute(
        "SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,"
        " pg_get_constraintdef(oid)), format('ALTER TABLE %%s DROP CONSTRAINT %%I',"
        " conrelid::regclass, conname) FROM pg_constraint WHERE contype IN ('f', 'u', 'c') AND"
        " conrelid = %s::regclass ORDER BY contype = 'f'",
        [TABLE],
    )
    constraints = cursor.fetchall()
    for _, drop in constraints:
        cursor.execute(drop)
    cursor.execute(
        "SELECT pg_get_indexdef(indexrelid), format('DROP INDEX %%s', indexrelid::regclass)"
        " FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary",
        [TABLE],
    )
    indexes = cursor.fetchall()
    for _, drop in indexes:
        cursor.execute(drop)
    cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    woken = f"ALTER TABLE {TABLE} ENABLE TRIGGER USER"
    return [woken, *(make for make, _ in (*indexes, *constraints))]


def _copy(cursor: Any, count: int, desks: Any) -> None:
    from django.utils import timezone

    from bench import cast
    from bench.lines import COLUMNS, copied_lines
    from people.models import Program

    program = Program.objects.get(slug=cast.BIG)
    now = timezone.now()
    starts = program.shift_bounds(program.current_shift(now))[0]
    others = _other_columns(set(COLUMNS))
    more = "".join(f"\t{value}" for value in others.values()) + "\n"
    lines = copied_lines(count, desks, starts, now)
    cursor.copy_expert(
        f"COPY {TABLE} ({', '.join((*COLUMNS, *others))}) FROM STDIN",
        _Stream(line[:-1] + more for line in lines),
    )


def _other_columns(known: set[str]) -> dict[str, str]:
    """The columns that a made-up line says nothing of, with the value a new line has there."""
    from escalations.models import Escalation

    said = {}
    for field in Escalation._meta.concrete_fields:
        if field.column in known or field.primary_key or field.generated:
            continue
        value = field.get_db_prep_save(field.get_default(), _connection())
        said[str(field.column)] = r"\N" if value is None else str(value)
    return said


def _connection() -> Any:
    from django.db import connection

    return connection


class _Stream:
    """Lines as a file that COPY reads."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.left = lines, b""

    def read(self, size: int) -> bytes:
        """At most `size` bytes; nothing at the end."""
        pieces, length = [self.left], len(self.left)
        while length < size:
            line = next(self.lines, None)
            if line is None:
                break
            pieces.append(line.encode())
            length += len(pieces[-1])
        whole = b"".join(pieces)
        self.left = whole[size:]
        return whole[:size]


if __name__ == "__main__":
    sys.exit(main())
