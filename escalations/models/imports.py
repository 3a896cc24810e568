"""One sheet brought in: staged, looked at, confirmed, and undone if need be."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from escalations.querysets_imports import ImportQuerySet, ImportRowQuerySet
from people.models import Agent, Program, User

SILENCE = timedelta(minutes=2)
"""How long a working import may go without a sign of life before it is taken over."""


class Import(models.Model):
    """One file or paste on its way into the log; nothing is written before it is confirmed."""

    class State(models.TextChoices):
        READING = "reading", "Being read"
        STAGED = "staged", "Waiting for your confirmation"
        WRITING = "writing", "Being added"
        DONE = "done", "Added"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"
        DISCARDED = "discarded", "Discarded"
        FAILED = "failed", "Stopped"

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    source_name = models.CharField(max_length=200, help_text="The file's name, or “Pasted rows”.")
    source = models.BinaryField(
        null=True, blank=True, help_text="The sheet as text, packed, until it is confirmed."
    )
    sha256 = models.CharField(max_length=64)
    shift = models.DateField(help_text="The shift day the first undated time belongs to.")

    state = models.CharField(max_length=10, choices=State, default=State.READING)
    problem = models.CharField(max_length=300, blank=True, default="")
    headings = models.JSONField(default=list, help_text="The heading row's cells.")
    headings_key = models.CharField(max_length=64, blank=True, default="")
    heading_row = models.PositiveIntegerField(default=0, help_text="0: the sheet has no headings.")
    mapping = models.JSONField(default=list, help_text="Per column the field it holds, or empty.")
    decisions = models.JSONField(
        default=dict, help_text="What was said about proposals, by kind and by row."
    )
    counts = models.JSONField(default=dict, help_text="What the preview and the result say.")
    agents = models.ManyToManyField(Agent, related_name="+", help_text="Those it added.")

    version = models.PositiveIntegerField(default=1)

    done = models.PositiveIntegerField(default=0, help_text="Rows the present step has dealt with.")
    total = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["program", "-created_at"], name="import_latest"),
            models.Index(fields=["program", "sha256"], name="import_same_file"),
            models.Index(fields=["program", "headings_key"], name="import_same_headings"),
        ]
        constraints = [
            models.CheckConstraint(
                name="import_confirmed_pair",
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_pair",
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_name} into {self.program_id}"

    @property
    def is_working(self) -> bool:
        """Whether a step is under way, so that there is progress to look at."""
        return self.state in {self.State.READING, self.State.WRITING, self.State.UNDOING}

    @property
    def percent(self) -> int:
        """How much of the present step is done, 0–100."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def is_silent(self) -> bool:
        """Whether a step under way has shown no sign of life for too long."""
        last = self.heartbeat_at or self.created_at
        return self.is_working and timezone.now() - last > SILENCE


class ImportRow(models.Model):
    """One row of the sheet: what it says, how it is read, and what is proposed."""

    class Outcome(models.TextChoices):
        ADD = "add", "To be added"
        DUPLICATE = "duplicate", "Already there"
        SKIPPED = "skipped", "Left out"
        UNREADABLE = "unreadable", "Cannot be read"
        ADDED = "added", "Added"
        REMOVED = "removed", "Removed again"
        KEPT = "kept", "Changed since, kept"

    # Each index and constraint here is paid for by every row of every import, when it is read and
    # again when it is added (ADR 0124).
    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField(help_text="The row's number in the sheet, from 1.")
    cells = models.JSONField(default=list)
    reading = models.JSONField(null=True, blank=True)
    repairs = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNREADABLE)
    problem_column = models.CharField(max_length=60, blank=True, default="")
    problem = models.CharField(max_length=300, blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    line = models.ForeignKey(
        "escalations.Escalation",
        on_delete=models.DO_NOTHING,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
        db_constraint=False,
        help_text="The line it became; taken off again by whoever takes the line out.",
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of import {self.batch_id}"
