"""The program's own running numbers, given out one after the other."""

from __future__ import annotations

from django.db import connection

from people.models import Program


def take_numbers(program: Program, count: int) -> int:
    """Take `count` running numbers and return the last; holds the row until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO escalations_numbering (program_id, last) VALUES (%s, %s) "
            "ON CONFLICT (program_id) DO UPDATE SET last = escalations_numbering.last + %s "
            "RETURNING last",
            [program.pk, count, count],
        )
        return int(cursor.fetchone()[0])
