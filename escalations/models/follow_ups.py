"""Calls that kept a promise: what came of each, and how content the customer was."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from escalations.models.escalation import Escalation
from escalations.querysets_follow_ups import FollowUpQuerySet
from people.models import Program, User

CONTENT = ((5, "5, very"), (4, "4"), (3, "3"), (2, "2"), (1, "1, not at all"))
"""How content the customer was, as the form asks it; no answer means: not asked."""
LONGEST_RESULT = 1000


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class FollowUp(models.Model):
    """One call to a customer who was promised one. The promise itself is the line's `callback_at`.

    With `again_at` the customer was not reached, or wants another call, and that is the new
    promise; without it the promise is kept.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="follow_ups", db_index=False
    )
    key = models.UUIDField(help_text="Made by the form; one call per user and key.")
    due_at = models.DateTimeField(help_text="When the call had been promised for.")
    done_at = models.DateTimeField(default=timezone.now)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")
    result = models.TextField()
    satisfaction = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=CONTENT, help_text="1 to 5; none: not asked."
    )
    again_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["done_by", "key"], name="follow_up_key_once"),
            models.CheckConstraint(name="follow_up_has_result", condition=~Q(result="")),
            models.CheckConstraint(
                name="follow_up_content_1_to_5",
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="follow_up_again_later",
                condition=Q(again_at=None) | Q(again_at__gt=F("done_at")),
            ),
            models.CheckConstraint(
                name="follow_up_withdrawn_pair",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["escalation", "-done_at"], name="follow_up_of_line"),
            models.Index(
                fields=["program", "-done_at", "-id"],
                name="follow_up_done",
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"call-back on line {self.escalation_id}"

    @property
    def satisfaction_said(self) -> str:
        """`4 of 5`, or that nobody asked."""
        return f"{self.satisfaction} of 5" if self.satisfaction else "not asked"
