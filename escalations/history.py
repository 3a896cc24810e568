"""A line's story: who did what, when and why, as people read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from escalations.actions.editing import UNDOABLE
from escalations.models import Escalation
from escalations.models.status import Feedback, Status
from people.models import Program
from people.ready import planned
from people.templatetags.tala import moment

NAMES = {
    "occurred_at": "Time",
    "agent": "Agent",
    "void_reason": "Void because",
    "callback_at": "Call back at",
    "called_back_at": "Called back",
    "customer_ref": "Customer reference",
}


DID = {
    "undone": "took back the last change",
    "voided": "marked it void",
    "given": "gave it away",
    "taken": "took it",
    "laid back": "laid it back",
    "handed on": "handed it on, with the note",
    "forwarded": "forwarded it to the client",
    "recalled": "recalled the letter",
    "answered": "answered it",
    "closed": "closed it with the client’s answer",
    "feedback asked for": "asked for feedback to the agent",
    "feedback given": "gave the agent feedback",
    "feedback given in person": "told the agent in person",
    "feedback acknowledged": "acknowledged the feedback",
    "feedback waived": "waived the feedback",
    "feedback taken back": "took the feedback back",
    "called back": "called the customer back",
    "call promised again": "called, and promised another call",
    "call-back taken back": "took the call-back back",
}
"""An action, as a story tells it; any other changed the line."""


@dataclass(frozen=True)
class Change:
    """One field, before and after, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One thing that happened to a line. `at` is an aware instant."""

    at: datetime
    who: str
    did: str
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Past:
    """What a line was until an aware instant, by column, and who changed it then and why."""

    until: datetime
    action: str | None
    reason: str | None
    by: str | None
    agent: str
    words: dict[str, Any]


COLUMNS: dict[str, str] = {
    name: Escalation._meta.get_field(name).attname  # type: ignore[union-attr]
    for name in UNDOABLE
}
"""The column of each field a story tells of."""


def story_of(line: Escalation) -> list[Step]:
    """Every step of a line, the newest first; one query."""
    past = _past(line)
    now = {column: getattr(line, column) for column in COLUMNS.values()}
    after = [*(was.words for was in past), now][1:]
    agents = {was.words["agent_id"]: was.agent for was in past} | {line.agent_id: str(line.agent)}
    steps = [
        Step(
            at=line.received_at,
            who=str(line.logged_by),
            did=f"imported it from {line.imported_by.source_name}"
            if line.imported_by
            else "logged it",
        )
    ]
    for was, then in zip(past, after, strict=True):
        steps.append(
            Step(
                at=was.until,
                who=was.by or "the system",
                did=DID.get(was.action or "", "changed it"),
                reason=was.reason or "",
                changes=_changes(was.words, then, agents, line.program),
            )
        )
    return steps[::-1]


def _past(line: Escalation) -> list[Past]:
    """What a line was before each change, the oldest first."""
    rows = planned(
        "SELECT past.pgh_created_at, said.metadata ->> 'action', said.metadata ->> 'reason',"  # noqa: S608
        " coalesce(nullif(who.name, ''), who.username, said.metadata ->> 'who'),"
        " agent.name || ' / ' || agent.employee_id,"
        f" {', '.join(f'past.{column}' for column in COLUMNS.values())}"
        " FROM escalations_escalationevent AS past"
        " LEFT JOIN pghistory_context AS said ON said.id = past.pgh_context_id"
        " LEFT JOIN people_user AS who ON who.id = (said.metadata ->> 'by')::bigint"
        " LEFT JOIN people_agent AS agent ON agent.id = past.agent_id"
        " WHERE past.pgh_obj_id = %s ORDER BY past.pgh_id",
        [line.pk],
    )
    return [
        Past(until, action, reason, by, agent, dict(zip(COLUMNS.values(), words, strict=True)))
        for until, action, reason, by, agent, *words in rows
    ]


def _changes(
    before: dict[str, Any], after: dict[str, Any], agents: dict[int, str], program: Program
) -> list[Change]:
    found = []
    for name, column in COLUMNS.items():
        if before[column] != after[column]:
            said = [_words(name, one[column], agents, program) for one in (before, after)]
            found.append(Change(label_of(name), *said))
    return found


def label_of(name: str) -> str:
    """A field's name as people say it."""
    return NAMES.get(name, name.replace("_", " ").capitalize())


def _words(name: str, value: Any, agents: dict[int, str], program: Program) -> str:
    """A stored value as people read it."""
    if isinstance(value, datetime):
        return moment(value, program)
    if name == "agent":
        return agents.get(value, str(value))
    if name in ("status", "feedback"):
        return dict((Status if name == "status" else Feedback).choices).get(value, value)
    return "" if value is None else str(value)
