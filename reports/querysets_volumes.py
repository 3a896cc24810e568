"""What can be asked of call volumes: chainable, read aloud."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Membership

if TYPE_CHECKING:
    from reports.models import CallVolume, VolumeEntry, VolumeRecording  # noqa: F401


class CallVolumeQuerySet(models.QuerySet["CallVolume"]):
    """Clock hours with the calls handled in them."""

    def visible_to(self, membership: Membership) -> Self:
        """The hours of the member's program, for who may read its reports; else none."""
        if not membership.may("read_reports"):
            return self.none()
        return self.filter(program=membership.program_id)

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that begin in [start, end)."""
        return self.filter(hour__gte=start, hour__lt=end)

    def in_order(self) -> Self:
        """The earliest first."""
        return self.order_by("hour")


class VolumeRecordingQuerySet(models.QuerySet["VolumeRecording"]):
    """Pastes, files and corrections."""

    def visible_to(self, membership: Membership) -> Self:
        """The recordings of the member's program, for who may read its reports; else none."""
        if not membership.may("read_reports"):
            return self.none()
        return self.filter(program=membership.program_id)

    def newest_first(self) -> Self:
        """As they are listed."""
        return self.order_by("-pk")


class VolumeEntryQuerySet(models.QuerySet["VolumeEntry"]):
    """What recordings said of hours."""

    def standing(self) -> Self:
        """Per hour what was said of it last, recordings that were undone left out."""
        said = self.filter(recording__undone_at=None)
        return said.order_by("hour", "-pk").distinct("hour")
