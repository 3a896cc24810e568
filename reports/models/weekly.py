"""Which weeks were told to a program's captain and manager."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models import Program


class WeekTold(models.Model):
    """A week of a program that was dealt with: told, or found without a line to tell of."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    monday = models.DateField(help_text="The first shift day of the week.")
    told = models.PositiveIntegerField(help_text="How many people were told; 0 without a line.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["program", "-monday"]
        constraints = [
            models.UniqueConstraint(fields=["program", "monday"], name="week_told_once"),
            models.CheckConstraint(
                name="week_told_from_monday", condition=Q(monday__iso_week_day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"the week from {self.monday}"
