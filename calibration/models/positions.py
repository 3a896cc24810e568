"""What each SME answered, how equal answers were grouped, and what the captain ruled."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.utils import timezone

from calibration.models.sessions import Case
from calibration.querysets_sessions import PositionQuerySet, RulingQuerySet
from people.models import User

LONGEST = 4_000
"""Characters of how, why, a reason, a dissent."""

_WHILE_OPEN = """
    PERFORM FROM calibration_session AS session
    JOIN calibration_case AS asked ON asked.session_id = session.id
    WHERE asked.id = {row}.case_id AND session.state = 'open'
    FOR SHARE OF session;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'positions are given and changed while their session is open'
        USING ERRCODE = 'check_violation';
    END IF;
    RETURN {row};
"""
"""The session's row is held: a reveal waits for it, or it waits for the reveal and is refused."""


# What was overwritten before the reveal was its author's own draft: that it was, is kept, and no
# word of it, so that no history can tell what is to be blind.
@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    fields=["id", "case", "by", "version", "changed_at"],
    model_name="PositionEvent",
)
class Position(models.Model):
    """One SME's own answer to a case: nobody else's to see until the session is revealed."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="positions", db_index=False
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions")
    key = models.UUIDField(help_text="Made by the form; one position per user and key.")
    disposition = models.CharField(max_length=60)
    how = models.TextField()
    why = models.TextField(blank=True, default="")
    given_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "by"], name="position_once"),
            models.UniqueConstraint(fields=["by", "key"], name="position_key_once"),
            models.CheckConstraint(
                name="position_says_something",
                condition=~models.Q(disposition="") & ~models.Q(how=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="position_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_WHILE_OPEN.format(row="NEW"),
            ),
            pgtrigger.Trigger(
                name="position_kept_after",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=_WHILE_OPEN.format(row="OLD"),
            ),
        ]

    def __str__(self) -> str:
        return f"position on case {self.case_id}"  # never what it says


class Grouping(models.Model):
    """The captain's word on which answers to a case are equal; without one, equal choices are."""

    position = models.OneToOneField(
        Position, on_delete=models.PROTECT, primary_key=True, related_name="grouping"
    )
    group = models.PositiveSmallIntegerField(help_text="The same number, the same answer.")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"group {self.group}"


@pghistory.track(
    pghistory.InsertEvent("ruled"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class Ruling(models.Model):
    """What is to be done in a case from now on, why, and what spoke against it."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="ruling")
    key = models.UUIDField(help_text="Made by the form; one ruling per user and key.")
    disposition = models.CharField(max_length=60)
    how = models.TextField(blank=True, default="")
    reason = models.TextField()
    dissent = models.TextField(blank=True, default="")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["case"]
        constraints = [
            models.UniqueConstraint(fields=["by", "key"], name="ruling_key_once"),
            models.CheckConstraint(
                name="ruling_with_reason",
                condition=~models.Q(disposition="") & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"ruling on case {self.case_id}"
