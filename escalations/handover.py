"""The note that hands a line on to the next tier: all of it, so that nothing is asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from escalations.lineletters import LineLetter
from escalations.models import Escalation
from people.callnow import Matter
from people.mail import Rendered, address_of, rendered
from people.models import Program, User
from people.templatetags.tala import moment

TEMPLATE = "escalations/mail/handover"


@dataclass(frozen=True)
class Note:
    """A line as somebody reads it who never saw it: labels and texts in their order."""

    program: Program
    number: int
    facts: list[tuple[str, str]]
    letters: list[LineLetter]
    link: str
    by: User
    at: datetime


def matter_of(line: Escalation) -> Matter:
    """What a call about the line is about."""
    return Matter(line.severity, line.topic.slug if line.topic else "")


def note_of(line: Escalation, letters: list[LineLetter], *, by: User, at: datetime) -> Note:
    """The note, handed on by somebody at an aware instant; what nobody knows says so."""
    program = line.program
    promised = moment(line.callback_at, program)
    facts = [
        ("What is the concern?", line.concern),
        ("What was offered?", line.offered or line.resolution),
        ("Why does the customer not accept it?", line.refused_because),
        ("What does the customer want?", line.wanted),
        ("What was done so far", line.resolution if line.offered else ""),
        ("Severity", line.get_severity_display() if line.severity else ""),
        ("Topic", line.topic.name if line.topic else ""),
        ("Customer reference", line.customer_ref),
        ("Call back promised for", promised and f"{promised}, {program.place} time"),
        ("Handed over by", f"{line.agent}, {moment(line.occurred_at, program)}"),
        ("Taken over by", str(line.logged_by)),
        ("Status", f"{line.get_status_display()}: {line.whose_turn}"),
    ]
    asked = {label for label, _ in facts[:4]} | {"Severity", "Customer reference"}
    said = [(label, text or "not asked") for label, text in facts if text or label in asked]
    link = address_of(reverse("line", kwargs={"p": program.slug, "n": line.number}))
    return Note(program, line.number, said, letters, link, by, at)


def rendered_note(note: Note) -> Rendered:
    """Text and HTML of the note's mail; the text is what is printed and copied."""
    return rendered(TEMPLATE, {"note": note})
