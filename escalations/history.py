"""A line's story: who did what, when and why, as people read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from escalations.actions.editing import UNDOABLE
from escalations.models import Escalation
from escalations.models.status import Feedback, Status
from people.models import Agent, Program, User
from people.templatetags.tala import moment

NAMES = {
    "occurred_at": "Time",
    "agent": "Agent",
    "void_reason": "Void because",
    "callback_at": "Call back at",
    "customer_ref": "Customer reference",
}


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


def story_of(line: Escalation) -> list[Step]:
    """Every step of a line, the newest first; three queries at most."""
    past = list(line.past.select_related("pgh_context").order_by("pgh_id"))
    after: list[Any] = [*past, line][1:]
    said = [(event.pgh_context.metadata if event.pgh_context else {}) or {} for event in past]
    people = User.objects.in_bulk({meta["by"] for meta in said if meta.get("by")})
    agents = Agent.objects.in_bulk({event.agent_id for event in past} | {line.agent_id})
    steps = [
        Step(
            at=line.received_at,
            who=str(line.logged_by),
            did=f"imported it from {line.imported_by.source_name}"
            if line.imported_by
            else "logged it",
        )
    ]
    for event, then, meta in zip(past, after, said, strict=True):
        steps.append(
            Step(
                at=event.pgh_created_at,
                who=str(people.get(meta.get("by"), "the system")),
                did={"undone": "took back the last change", "voided": "marked it void"}.get(
                    meta.get("action", ""), "changed it"
                ),
                reason=meta.get("reason", ""),
                changes=_changes(event, then, agents, line.program),
            )
        )
    return steps[::-1]


def _changes(before: Any, after: Any, agents: dict[int, Agent], program: Program) -> list[Change]:
    found = []
    for name in UNDOABLE:
        column = "agent_id" if name == "agent" else name
        was, is_now = getattr(before, column), getattr(after, column)
        if was != is_now:
            said = [_words(name, value, agents, program) for value in (was, is_now)]
            found.append(Change(label_of(name), *said))
    return found


def label_of(name: str) -> str:
    """A field's name as people say it."""
    return NAMES.get(name, name.replace("_", " ").capitalize())


def _words(name: str, value: Any, agents: dict[int, Agent], program: Program) -> str:
    """A stored value as people read it."""
    if isinstance(value, datetime):
        return moment(value, program)
    if name == "agent":
        return str(agents.get(value, value))
    if name in ("status", "feedback"):
        return dict((Status if name == "status" else Feedback).choices).get(value, value)
    return "" if value is None else str(value)
