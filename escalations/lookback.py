"""Did it come back? Whether an agent escalated the same again after feedback, after 14 and 30 days.

Nothing is stored: it is worked out at reading, from instants. The days are shift days of the
program's zone, so that a night on which the clocks change counts as one day like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from escalations.models import FeedbackNote
from people.models import Program
from people.ready import planned

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


LATER = f"""
(SELECT coalesce(json_agg(json_build_array(again.number, again.occurred_at)
        ORDER BY again.occurred_at, again.number), '[]')
FROM (
    SELECT other.number, other.occurred_at FROM escalations_escalation AS other
    WHERE other.program_id = note.program_id AND line.program_id = note.program_id
    AND other.agent_id = line.agent_id AND other.id <> line.id AND other.status <> 'void'
    AND other.occurred_at > note.given_at AND other.occurred_at < note.given_at + interval '33 days'
    AND CASE WHEN line.topic_id IS NOT NULL THEN other.topic_id = line.topic_id
        ELSE similarity(tala_folded(other.concern), tala_folded(line.concern)) >= {LIKE} END
    ORDER BY other.occurred_at, other.id LIMIT {MOST}) AS again)
"""  # noqa: S608
"""For a SELECT from a `note` and its `line`: the lines that may count, for longer than any
window: a shift's day may be an hour longer than others."""

_STATEMENT = (
    f"SELECT note.id, {LATER} FROM escalations_feedbacknote AS note"  # noqa: S608
    " JOIN escalations_escalation AS line ON line.id = note.escalation_id"
    " WHERE note.id = ANY(%s)"
)


def window_of(note: FeedbackNote, days: int, program: Program) -> tuple[datetime, date]:
    """When the `days` shift days after the note’s own end (UTC), and the day that begins then."""
    day = program.shift_day_of(note.given_at) + timedelta(days=days)
    return program.shift_bounds(day)[1], day + timedelta(days=1)


def look_back(
    notes: Sequence[FeedbackNote], program: Program, *, now: datetime | None = None
) -> None:
    """Give each note `look_backs`, one of each of DAYS; one query, or none if `later` is known.

    Counted are other lines of the same agent that occurred after the note was given, void ones
    left out: of the same topic, or, while the line has none, of a concern in like words.
    """
    now = now or timezone.now()
    known = [getattr(note, "later", None) for note in notes]
    if None in known:
        read = dict(planned(_STATEMENT, [[note.pk for note in notes]]))
        known = [later_said(read[note.pk]) for note in notes]
    for note, later in zip(notes, known, strict=True):
        shown: Any = note
        shown.look_backs = [_answer(note, days, later or [], program, now) for days in DAYS]


def later_said(later: list[tuple[int, str]]) -> list[tuple[int, datetime]]:
    """The number and the instant of each line of a LATER, the first first."""
    return [(number, datetime.fromisoformat(at)) for number, at in later]


def _answer(
    note: FeedbackNote,
    days: int,
    later: list[tuple[int, datetime]],
    program: Program,
    now: datetime,
) -> LookBack:
    ends, ask_on = window_of(note, days, program)
    return LookBack(days, [number for number, at in later if at < ends], ask_on, now >= ends)
