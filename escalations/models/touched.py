"""Which spans of the log were changed, noted by the database for whoever keeps sums of it."""

from __future__ import annotations

import pgtrigger
from django.db import models

from escalations.models.escalation import Escalation
from escalations.models.feedback import FeedbackNote
from escalations.models.follow_ups import FollowUp
from people.models import Program


class Touched(models.Model):
    """Lines of [starts, ends) were changed, or something said of them was.

    In [starts, reaches) what lines repeat may be other too: where one came, went or changed what it
    is of, that is a month. Every change writes a row of its own, so that nobody waits.
    """

    id = models.BigAutoField(primary_key=True)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reaches = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["program", "starts"], name="touched_by_program")]

    def __str__(self) -> str:
        return f"lines of {self.program_id} from {self.starts}"


REACH = "interval '31 days'"
"""As far as a repeat looks back, and an hour's length and the clocks to spare."""

_HOUR = "date_trunc('hour', {}.occurred_at, 'UTC')"
_OF = "program_id, occurred_at, agent_id, topic_id, customer_ref, status = 'void'"


def _note(rows: str) -> str:
    """The end of a trigger's body; `rows` gives program, hour and whether it reaches."""
    return (
        "INSERT INTO escalations_touched (program_id, starts, ends, reaches)"  # noqa: S608
        " SELECT program_id, hour, hour + interval '1 hour',"
        f" CASE WHEN bool_or(moved) THEN hour + {REACH} ELSE hour + interval '1 hour' END"
        f" FROM ({rows}) AS touched (program_id, hour, moved) GROUP BY 1, 2; RETURN NULL;"
    )


def _lines(rows: str, moved: str = "true") -> str:
    return f"SELECT program_id, {_HOUR.format(rows)}, {moved} FROM {rows}"  # noqa: S608


_EVERY = _lines("{0}", moved="false")
_CHANGED = (
    f"SELECT program_id, {_HOUR.format('one')}, true"  # noqa: S608
    f" FROM (SELECT id, {_OF} FROM {{0}} EXCEPT SELECT id, {_OF} FROM {{1}}) AS one"
)
"""Lines of one side that are not so on the other. No join: its plan would be kept from a change of
one line, and take a change of a hundred thousand for hours."""

pgtrigger.register(
    pgtrigger.Trigger(
        name="touched_insert",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="added"),
        func=_note(_lines("added")),
    ),
    pgtrigger.Trigger(
        name="touched_delete",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="removed"),
        func=_note(_lines("removed")),
    ),
    pgtrigger.Trigger(
        name="touched_update",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="was", new="is_now"),
        func=_note(
            " UNION ALL ".join(
                part.format(*sides)
                for part in (_EVERY, _CHANGED)
                for sides in (("was", "is_now"), ("is_now", "was"))
            )
        ),
    ),
    pgtrigger.Trigger(
        name="touched_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Truncate,
        func=(
            "INSERT INTO escalations_touched (program_id, starts, ends, reaches)"
            " SELECT id, '-infinity', 'infinity', 'infinity' FROM people_program; RETURN NULL;"
        ),
    ),
)(Escalation)


def touching_their_lines() -> list[pgtrigger.Trigger]:
    """For what is said of lines, with its `escalation_id`: a change of it touches the lines.

    It stays with its line, so one side of a change says which these are; once for a statement.
    """
    sides = {
        "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="said")),
        "update": (pgtrigger.Update, pgtrigger.Referencing(new="said")),
        "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="said")),
    }
    return [
        pgtrigger.Trigger(
            name=f"touches_lines_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=_note(
                f"SELECT line.program_id, {_HOUR.format('line')}, false"  # noqa: S608
                " FROM escalations_escalation AS line"
                " WHERE line.id IN (SELECT escalation_id FROM said)"
            ),
        )
        for name, (operation, referencing) in sides.items()
    ]


for _said in (FeedbackNote, FollowUp):
    pgtrigger.register(*touching_their_lines())(_said)
