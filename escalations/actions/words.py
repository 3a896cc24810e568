"""Reading the words of new lines into the vocabulary of their program."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from escalations.models import Escalation, Vocabulary
from escalations.models.words import LONGEST, SHORTEST

PIECE = 20_000
"""Lines read in one transaction."""

MARKS = "\t\r\n.,;:!?()[]{}<>\"'`´’‘“”„«»/\\|-–—_+*=&%#@$€£…"
"""What stands between words, beside blanks; a regular expression takes five times as long."""

OVERLAP = 1000
"""Lines read again each time: one with a smaller number may have been committed later."""


def learn(*, most: int | None = None) -> int:
    """Read the words of the lines that came since the last time; return how many lines.

    With `most` it stops after about so many; the next time goes on there.

    It may be stopped anywhere and run twice: each piece is one transaction that remembers its end.
    """
    newest = Escalation.objects.aggregate(newest=Max("pk"))["newest"] or 0
    known = Vocabulary.objects.first()
    begin, read = known.read_to if known else 0, 0
    while begin < newest and (most is None or read < most):
        begin, lines = _read(begin)
        read += lines
    return read


@transaction.atomic
def _read(begin: int) -> tuple[int, int]:
    """Read one piece after the line `begin`; return the last line read and how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            READ,
            {
                "after": max(begin - OVERLAP, 0),
                "piece": PIECE + OVERLAP,
                "marks": MARKS,
                "many": len(MARKS),
                "shortest": SHORTEST,
                "longest": LONGEST,
            },
        )
        last, lines = cursor.fetchone()
    last = max(last or begin, begin)
    Vocabulary.objects.update_or_create(pk=1, defaults={"read_to": last})
    return last, lines


READ = """
WITH piece AS MATERIALIZED (
    SELECT id, program_id, search_text FROM escalations_escalation
    WHERE id > %(after)s ORDER BY id LIMIT %(piece)s
), words AS (
    SELECT DISTINCT program_id, word COLLATE "C" AS word
    FROM piece,
        string_to_table(translate(search_text, %(marks)s, repeat(' ', %(many)s)), ' ') AS word
    WHERE length(word) BETWEEN %(shortest)s AND %(longest)s AND word ~ '[^0-9]'
), kept AS (
    INSERT INTO escalations_logword (program_id, word)
    SELECT program_id, word FROM words ORDER BY program_id, word ON CONFLICT DO NOTHING
)
SELECT max(id), count(*) FROM piece
"""
