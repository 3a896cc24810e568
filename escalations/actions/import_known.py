"""What a sheet is held against: the roster, the topics, and the lines the log has already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from escalations.actions.import_rows import taken
from escalations.actions.import_topics import known_topics, may_make_topics
from escalations.models import Escalation, Import
from escalations.reading.compare import Known, fingerprint_of, mark_of
from escalations.reading.repairs import RowReading
from people.models import Agent, Program

ASKED = 5000
"""Fingerprints asked for at a time."""


def known_to(batch: Import, rows: Sequence[RowReading]) -> Known:
    """What the program knows of these rows' agents, topics and lines."""
    program = batch.program
    lines = [row.line for row in rows if row.line]
    has_topics = any(line.topic for line in lines)
    topics = known_topics(program) if has_topics else {}
    may_make = has_topics and may_make_topics(batch)
    roster = {
        employee_id.casefold(): (employee_id, name)
        for employee_id, name in Agent.objects.filter(program=program)
        .order_by("pk")
        .values_list("employee_id", "name")
    }
    if not lines:
        return Known(roster=roster)
    instants = [line.occurred_at for line in lines]
    there = Escalation.objects.filter(
        program=program, occurred_at__range=(min(instants), max(instants))
    ).values_list("occurred_at", "agent__employee_id", "concern", "resolution")
    counts = Counter(mark_of(*said) for said in there.order_by("pk").iterator())
    marks = Counter(
        mark_of(one.occurred_at, one.agent_id, one.concern, one.resolution) for one in lines
    )
    prints = [fingerprint_of(mark, n + 1) for mark, often in marks.items() for n in range(often)]
    known = _taken(prints, program)
    return Known(roster, counts, known, topics=topics, may_make_topics=may_make)


def _taken(prints: Sequence[str], program: Program) -> frozenset[str]:
    pieces = (prints[start : start + ASKED] for start in range(0, len(prints), ASKED))
    return frozenset(mark for piece in pieces for mark in taken(piece, program))
