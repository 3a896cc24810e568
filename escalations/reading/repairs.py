"""What is proposed for a row and why: data for the preview, nothing done yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KINDS: dict[str, tuple[str, str]] = {
    "am_pm": ("AM and PM mixed up", "Read as proposed"),
    "backwards": ("Time going backwards", "Read as proposed"),
    "disagree": ("Two time columns disagree", "Believe the UTC column"),
    "outcome": ("A resolution that is an outcome", "Set the status to unresolved"),
    "status": ("A status that needs a letter", "Set the status to unresolved"),
    "two_names": ("One ID under two names", "Use the name known"),
    "new_agent": ("Agents not on the roster", "Add them to the roster"),
    "new_topic": ("Topics not there yet", "Make them"),
    "duplicate": ("Lines already there", "Leave them out"),
}
"""Per kind what is suspicious and what accepting it does, in words."""

Decisions = Callable[[int, str], bool | None]
"""Given a row's number and a kind: whether the person accepted it; None if nothing was said."""


def undecided(number: int, kind: str) -> None:
    """Say nothing about any proposal, so that the defaults count."""


@dataclass
class Repair:
    """One proposal: what the cell says, what is proposed instead, why, and whether it counts."""

    kind: str
    column: str
    was: str
    proposed: str
    reason: str
    accepted: bool = True

    def as_json(self) -> dict[str, Any]:
        """The proposal as a plain dict, for storage."""
        return dict(vars(self))


@dataclass
class Line:
    """What a readable row says. `occurred_at` and `callback_at` are UTC instants."""

    occurred_at: datetime
    concern: str
    agent_name: str = ""
    agent_id: str = ""
    resolution: str = ""
    status: str = "resolved"
    requires_feedback: bool = False
    severity: int | None = None
    offered: str = ""
    refused_because: str = ""
    wanted: str = ""
    customer_ref: str = ""
    callback_at: datetime | None = None
    void_reason: str = ""
    topic: str = ""

    def as_json(self) -> dict[str, Any]:
        """The line as a dict of JSON values, without what is empty; instants as ISO text."""
        values = {name: value for name, value in vars(self).items() if value}
        for name in ("occurred_at", "callback_at"):
            if name in values:
                values[name] = values[name].isoformat()
        values.setdefault("concern", "")
        return values

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Line:
        """The line that `as_json` gave."""
        known = dict(values)
        for name in ("occurred_at", "callback_at"):
            if known.get(name):
                known[name] = datetime.fromisoformat(known[name])
        return cls(**known)


@dataclass
class RowReading:
    """One row: its number in the sheet, its cells, and what was made of them.

    Either `line` or `problem` (with the column's name) is there. `left_out` tells that a
    decision, or an accepted duplicate, keeps the line out.
    """

    number: int
    cells: list[str]
    line: Line | None = None
    placed_at: datetime | None = None
    repairs: list[Repair] = field(default_factory=list)
    problem_column: str = ""
    problem: str = ""
    left_out: bool = False
    is_duplicate: bool = False
    fingerprint: str = ""
    from_line: str = ""

    def refuse(self, column: str, reason: str) -> None:
        """Say that the row cannot be read, in which column and why; the first reason stays."""
        if not self.problem:
            self.problem_column, self.problem = column, reason
        self.repairs.clear()

    def propose(self, repair: Repair, decisions: Decisions) -> bool:
        """Add a proposal; give whether it counts: as decided, else as proposed by default."""
        said = decisions(self.number, repair.kind)
        repair.accepted = repair.accepted if said is None else said
        self.repairs.append(repair)
        return repair.accepted
