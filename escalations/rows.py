"""A row of the sheet: what is read of a line, for `sheet/rows.jinja` (ADR 0090)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from escalations.models import Escalation
from escalations.querysets import EscalationQuerySet


@dataclass(slots=True)
class SheetRow:
    """What a sheet shows of a line; fifty of these cost a tenth of fifty models with their joins.

    The first group is read from the database in this order; `sheet.dress` gives the second.
    """

    pk: int
    number: int
    occurred_at: datetime
    agent_name: str
    agent_employee_id: str
    concern: str
    resolution: str
    status: str
    feedback: str
    version: int
    logged_by_id: int
    logger_name: str
    logger_username: str
    void_reason: str
    topic_name: str | None

    ordinal: int = 0
    shift_on: date = date.min
    is_mine_to_edit: bool = False
    clock_said: str = ""
    moment_said: str = ""
    iso_said: str = ""
    shift_said: str = ""

    @property
    def logged_by(self) -> str:
        """Who logged it, as `str(user)` says it."""
        return self.logger_name or self.logger_username


READ = (
    *("pk", "number", "occurred_at", "agent__name", "agent__employee_id", "concern"),
    *("resolution", "status", "feedback", "version", "logged_by_id", "logged_by__name"),
    *("logged_by__username", "void_reason", "topic__name"),
)
DRESSED = (
    *("ordinal", "shift_on", "is_mine_to_edit"),
    *("clock_said", "moment_said", "iso_said", "shift_said"),
)


def rows_of(lines: EscalationQuerySet) -> list[SheetRow]:
    """What the sheet shows of these lines, in their order; one query."""
    return [SheetRow(*values) for values in lines.values_list(*READ)]


def row_of(line: Escalation) -> SheetRow:
    """The row of one dressed line."""
    agent, user = line.agent, line.logged_by
    return SheetRow(
        *(line.pk, line.number, line.occurred_at, agent.name, agent.employee_id, line.concern),
        *(line.resolution, line.status, line.feedback, line.version, user.pk, user.name),
        *(user.username, line.void_reason, line.topic.name if line.topic else None),
        *(getattr(line, name) for name in DRESSED),
    )
