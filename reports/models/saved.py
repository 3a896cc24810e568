"""Views of reports that people keep: of which report, of what, and over which shift days."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from people.models import Program, User
from reports.querysets_saved import SavedViewQuerySet

NAME = 60
"""Letters of a view's name, at most."""


@pghistory.track(
    pghistory.InsertEvent("saved"),
    pghistory.UpdateEvent("changed", row=pghistory.Old),
)
class SavedView(models.Model):
    """A report with its filters under a name; the owner's own, or everybody's of the program.

    `span` names shift days relative to the current one ("last-28", reports/spans.py), so that they
    go with the calendar; "" are the very days from `first_day` to `last_day`, both included.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField(help_text="Made by the form; one view per user and key.")
    name = models.CharField(max_length=NAME)
    kind = models.SlugField(max_length=40, db_index=False, help_text="The report's slug.")
    query = models.CharField(
        max_length=600, blank=True, default="", help_text="Its filters, as an address has them."
    )
    span = models.CharField(max_length=20, blank=True, default="")
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="saved_view_key_once"),
            models.UniqueConstraint(
                "program",
                "owner",
                Lower("name"),
                name="saved_view_name_once",
                condition=Q(removed_at=None),
            ),
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="saved_view_days_or_span",
                condition=Q(span="", first_day__isnull=False, last_day__gte=F("first_day"))
                | (~Q(span="") & Q(first_day=None, last_day=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
