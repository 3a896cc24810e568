"""How many lines each hour has, kept by the database itself (ADR 0092)."""

from __future__ import annotations

import pgtrigger
from django.db import models

from escalations.models.escalation import Escalation
from people.models import Program


class HourCount(models.Model):
    """How many lines of a program occurred in one UTC hour, void ones too; none is like 0."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    hour = models.DateTimeField(help_text="The instant at which the hour begins, in UTC.")
    lines = models.IntegerField(default=0)  # no check: a wrong counter must not refuse a line

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "hour"], name="hour_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.lines} lines of {self.program_id} from {self.hour:%Y-%m-%d %H:%M}"


HOUR = "date_trunc('hour', {at}, 'UTC')"

# Hours are taken in order, so that two statements never wait for each other in a ring.
_ADD = (
    "INSERT INTO escalations_hourcount AS kept (program_id, hour, lines) {counted}"
    " GROUP BY 1, 2 HAVING {lines} <> 0 ORDER BY 1, 2"
    " ON CONFLICT (program_id, hour) DO UPDATE SET lines = kept.lines + EXCLUDED.lines;"
    " RETURN NULL;"
)


def _add_lines_of(rows: str, sign: str) -> str:
    """The trigger's body that counts a statement's rows once, however many they are."""
    lines = f"{sign}count(*)"
    counted = f"SELECT program_id, {HOUR.format(at='occurred_at')}, {lines} FROM {rows}"  # noqa: S608
    return _ADD.format(counted=counted, lines=lines)


_MOVED = _ADD.format(
    counted="SELECT program_id, hour, sum(lines) FROM (VALUES"  # noqa: S608
    f" (OLD.program_id, {HOUR.format(at='OLD.occurred_at')}, -1),"
    f" (NEW.program_id, {HOUR.format(at='NEW.occurred_at')}, 1)"
    ") AS moved (program_id, hour, lines)",
    lines="sum(lines)",
)

# They see COPY, bulk changes and SQL by hand as well.
pgtrigger.register(
    pgtrigger.Trigger(
        name="hours_insert",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=_add_lines_of("added", ""),
    ),
    pgtrigger.Trigger(
        name="hours_delete",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="removed"),
        func=_add_lines_of("removed", "-"),
    ),
    # Per row: almost no change moves a line, and one that does not must not pay for those.
    pgtrigger.Trigger(
        name="hours_update",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("occurred_at", "program"),
        func=_MOVED,
    ),
    pgtrigger.Trigger(
        name="hours_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Truncate,
        func="DELETE FROM escalations_hourcount; RETURN NULL;",
    ),
)(Escalation)
