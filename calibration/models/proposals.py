"""New topics proposed for a program: what was found last, kept until one looks again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from people.models import Program

FRESH = timedelta(days=1)
"""How long proposals are shown without a new look."""
PATIENCE = timedelta(seconds=90)
"""How long a look takes at most; a longer one did not happen."""


class Proposals(models.Model):
    """What the last look at a program's ungrouped lines proposed, and whether one is under way.

    `groups` holds, the largest first: id, name, words, typical (a line's number), numbers (of all
    its lines, the most typical first) and tightness (0 to 1).
    """

    program = models.OneToOneField(
        Program, on_delete=models.PROTECT, primary_key=True, related_name="proposals"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    groups = models.JSONField(default=list, blank=True)
    pool = models.PositiveIntegerField(default=0, help_text="How many lines were looked at.")
    capped = models.BooleanField(default=False, help_text="Whether there were more than that.")
    engine = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        verbose_name_plural = "proposals"

    def __str__(self) -> str:
        return f"proposals for program {self.pk}"

    @property
    def is_asked(self) -> bool:
        """Whether a look was asked for that has not come back."""
        return self.made_at is None or self.asked_at > self.made_at

    @property
    def is_silent(self) -> bool:
        """Whether it should have come back by now."""
        return self.is_asked and timezone.now() - self.asked_at > PATIENCE

    @property
    def is_old(self) -> bool:
        """Whether it is time to look again by itself."""
        return not self.is_looking and timezone.now() - self.asked_at > FRESH

    @property
    def is_looking(self) -> bool:
        """Whether it is worth waiting for."""
        return self.is_asked and not self.is_silent

    def group(self, group_id: str) -> dict[str, Any] | None:
        """One proposed group by its id."""
        return next((one for one in self.groups if one["id"] == group_id), None)
