"""Did it come back? Whether an agent escalated the same again after feedback, after 14 and 30 days.

Nothing is stored: it is worked out at reading, from instants. The days are shift days of the
program's zone, so that a night on which the clocks change counts as one day like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from escalations.models import FeedbackNote
from people.models import Program

DAYS = (14, 30)
LIKE = 0.35
"""How alike two concerns are by their trigrams, at least, to be called alike without a topic."""
MOST = 50


@dataclass(frozen=True)
class LookBack:
    """What came after a note in its first `days` shift days; `lines` are the numbers of lines."""

    days: int
    lines: list[int]
    ask_on: date
    is_over: bool

    @property
    def said(self) -> str:
        """The answer in words, with what it would be too early to say."""
        times = len(self.lines)
        again = "once" if times == 1 else f"{times} times"
        if self.is_over:
            return f"again {again}" if times else "not again"
        return f"again {again} so far" if times else "too early to say"

    @property
    def is_bad(self) -> bool:
        """Whether it came back."""
        return bool(self.lines)


STATEMENT = """
SELECT asked.note, again.number, again.occurred_at
FROM unnest(%(notes)s::bigint[], %(lines)s::bigint[], %(after)s::timestamptz[],
            %(until)s::timestamptz[]) AS asked (note, line, after, until)
JOIN escalations_escalation AS line ON line.id = asked.line
CROSS JOIN LATERAL (
    SELECT other.number, other.occurred_at FROM escalations_escalation AS other
    WHERE other.program_id = %(program)s AND line.program_id = %(program)s
    AND other.agent_id = line.agent_id AND other.id <> line.id AND other.status <> 'void'
    AND other.occurred_at > asked.after AND other.occurred_at < asked.until
    AND CASE WHEN line.topic_id IS NOT NULL THEN other.topic_id = line.topic_id
        ELSE similarity(tala_folded(other.concern), tala_folded(line.concern)) >= %(like)s END
    ORDER BY other.occurred_at, other.id LIMIT %(most)s) AS again
ORDER BY again.occurred_at, again.number
"""


def window_of(note: FeedbackNote, days: int, program: Program) -> tuple[datetime, date]:
    """When the `days` shift days after the note’s own end (UTC), and the day that begins then."""
    day = program.shift_day_of(note.given_at) + timedelta(days=days)
    return program.shift_bounds(day)[1], day + timedelta(days=1)


def look_back(
    notes: Sequence[FeedbackNote], program: Program, *, now: datetime | None = None
) -> None:
    """Give each note `look_backs`, one LookBack for each of DAYS; one query for all.

    Counted are other lines of the same agent that occurred after the note was given, void ones
    left out: of the same topic, or, while the line has none, of a concern in like words.
    """
    now = now or timezone.now()
    later: dict[int, list[tuple[int, datetime]]] = {note.pk: [] for note in notes}
    if notes:
        values: dict[str, Any] = {
            "program": program.pk,
            "notes": [note.pk for note in notes],
            "lines": [note.escalation_id for note in notes],
            "after": [note.given_at for note in notes],
            "until": [window_of(note, max(DAYS), program)[0] for note in notes],
            "like": LIKE,
            "most": MOST,
        }
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, values)
            for pk, number, at in cursor.fetchall():
                later[pk].append((number, at))
    for note in notes:
        shown: Any = note
        shown.look_backs = [_answer(note, days, later[note.pk], program, now) for days in DAYS]


def _answer(
    note: FeedbackNote,
    days: int,
    later: list[tuple[int, datetime]],
    program: Program,
    now: datetime,
) -> LookBack:
    ends, ask_on = window_of(note, days, program)
    return LookBack(days, [number for number, at in later if at < ends], ask_on, now >= ends)
