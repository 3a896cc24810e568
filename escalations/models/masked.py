"""The numbers that were masked in a line: never more of one than its first six and last four."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from escalations.models.escalation import Escalation
from escalations.querysets_masked import MaskedNumberQuerySet
from people.cards import NotACard
from people.models import Program, User


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class MaskedNumber(models.Model):
    """A number masked in one field of a line, and whether a captain said that it is no card."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    escalation = models.ForeignKey(
        Escalation, on_delete=models.CASCADE, related_name="masked_numbers"
    )
    field = models.CharField(max_length=20, help_text="The line's field it was typed into.")
    first = models.CharField(max_length=6)
    last = models.CharField(max_length=4)
    digits = models.PositiveSmallIntegerField(help_text="How many digits it has.")
    masked_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    not_a_card_at = models.DateTimeField(null=True, blank=True)
    not_a_card_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = MaskedNumberQuerySet.as_manager()

    class Meta:
        ordering = ["masked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="masked_number_truncated",
                condition=Q(first__regex=r"^\d{6}$", last__regex=r"^\d{4}$"),
            ),
            models.CheckConstraint(
                name="masked_number_13_to_19", condition=Q(digits__range=(13, 19))
            ),
            models.CheckConstraint(
                name="masked_number_not_a_card_pair",
                condition=Q(not_a_card_at__isnull=True, not_a_card_by__isnull=True)
                | Q(not_a_card_at__isnull=False, not_a_card_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["program"],
                name="masked_number_let_through",
                condition=Q(not_a_card_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"number ending {self.last} in line {self.escalation_id}"

    @property
    def shape(self) -> NotACard:
        """What is known of the number: by this it is let through."""
        return NotACard(self.first, self.last, self.digits)

    @property
    def field_said(self) -> str:
        """The field as people call it."""
        names = {"void_reason": "the reason for voiding", "reason": "the reason for the change"}
        names |= {"text": "the feedback", "feedback_text": "the feedback"}
        names |= {"words": "the agent’s answer", "result": "what came of the call"}
        return names.get(self.field, self.field.replace("_", " ").capitalize())
