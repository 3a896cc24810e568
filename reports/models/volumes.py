"""How many calls the floor handled in each clock hour, and the recordings that said so."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models import Program, User
from reports.querysets_volumes import (
    CallVolumeQuerySet,
    VolumeEntryQuerySet,
    VolumeRecordingQuerySet,
)

MOST_CALLS = 100_000
"""Calls in one hour that are believed: more is a phone number in the wrong column."""

MOST_SECONDS = 86_400
"""Seconds of an average that are believed: a day."""


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class VolumeRecording(models.Model):
    """One paste, file or correction: what a person said about some hours, all at once."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField(help_text="Made by the form; one recording per user and key.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was asked for.")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=200, help_text="The file's name, or how it came.")
    hours = models.PositiveIntegerField(help_text="Hours it says something of.")
    changed = models.PositiveIntegerField(help_text="Hours that were different before.")
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = VolumeRecordingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["program", "-id"], name="volume_recordings")]
        constraints = [
            models.UniqueConstraint(fields=["recorded_by", "key"], name="volume_key_once"),
            models.CheckConstraint(name="volume_some_hours", condition=Q(hours__gte=1)),
            models.CheckConstraint(name="volume_changed_some", condition=Q(changed__gte=1)),
            models.CheckConstraint(name="volume_changed_of", condition=Q(changed__lte=F("hours"))),
            models.CheckConstraint(
                name="volume_undone_pair",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.hours} hours"

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None


class SaidOfAnHour(models.Model):
    """The numbers of one clock hour; averages where the report has them."""

    hour = models.DateTimeField(help_text="The UTC instant at which the clock hour begins.")
    ends_at = models.DateTimeField(help_text="When it ends: sooner where the clocks are moved.")
    average_wait_seconds = models.DecimalField(
        max_digits=7, decimal_places=1, null=True, blank=True
    )
    average_handling_seconds = models.DecimalField(
        max_digits=7, decimal_places=1, null=True, blank=True
    )

    class Meta:
        abstract = True


def _believed(name: str) -> list[models.CheckConstraint]:
    """What every number of an hour must be like, whoever writes it."""
    return [
        models.CheckConstraint(
            name=f"{name}_calls_believed",
            condition=Q(calls__gte=0, calls__lte=MOST_CALLS) | Q(calls=None),
        ),
        models.CheckConstraint(
            name=f"{name}_averages_believed",
            condition=(
                Q(average_wait_seconds=None) | Q(average_wait_seconds__range=(0, MOST_SECONDS))
            )
            & (
                Q(average_handling_seconds=None)
                | Q(average_handling_seconds__range=(0, MOST_SECONDS))
            ),
        ),
        models.CheckConstraint(name=f"{name}_ends_after", condition=Q(ends_at__gt=F("hour"))),
    ]


class VolumeEntry(SaidOfAnHour):
    """What one recording says of one hour; `calls` of None takes the hour's volume away.

    Kept as it was said, so that undoing a recording finds what stood before it.
    """

    recording = models.ForeignKey(VolumeRecording, on_delete=models.CASCADE, related_name="entries")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    calls = models.IntegerField(null=True, blank=True)

    objects = VolumeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["recording", "hour"]
        indexes = [models.Index(fields=["program", "hour", "-id"], name="volume_entries_of_hour")]
        constraints = [
            models.UniqueConstraint(fields=["recording", "hour"], name="volume_entry_once"),
            *_believed("volume_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.calls} calls from {self.hour:%Y-%m-%d %H:%M}"


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed", row=pghistory.Old),
)
class CallVolume(SaidOfAnHour):
    """The calls handled in one clock hour, as they are known now; an hour without a row has none.

    `entry` is what was said last; its primary key is the version, because it changes with every
    change and an undo that brings an old one back brings back its numbers too.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+", db_index=False)
    calls = models.IntegerField()
    entry = models.ForeignKey(VolumeEntry, on_delete=models.PROTECT, related_name="+")

    objects = CallVolumeQuerySet.as_manager()

    class Meta:
        ordering = ["program", "hour"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "hour"], name="volume_hour_once", include=["ends_at", "calls"]
            ),
            *_believed("volume"),
        ]

    def __str__(self) -> str:
        return f"{self.calls} calls from {self.hour:%Y-%m-%d %H:%M}"

    @property
    def version(self) -> int:
        """What an edit must have been made from."""
        return self.entry_id
