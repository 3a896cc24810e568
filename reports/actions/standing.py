"""Which numbers stand for an hour: those said last, recordings that were undone left out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from people.models import Program
from reports.models import CallVolume, VolumeEntry
from reports.volumes.hourly import NONE, numbers_of

NUMBERS = ("calls", "average_wait_seconds", "average_handling_seconds")


def settle(program: Program, hours: Collection[datetime]) -> dict[datetime, VolumeEntry]:
    """Make the volumes of some hours what was said of them last; give what now stands.

    The program is locked. An hour whose numbers stay keeps its version, unless it came from a
    recording that was undone.
    """
    said = {
        entry.hour: entry
        for entry in VolumeEntry.objects.filter(program=program, hour__in=hours).standing()
    }
    kept = {
        volume.hour: volume
        for volume in CallVolume.objects.filter(program=program, hour__in=hours).select_related(
            "entry__recording"
        )
    }
    gone, moved = [], []
    for hour in hours:
        volume, entry = kept.get(hour), said.get(hour)
        if entry is None or entry.calls is None:
            gone += [volume.pk] if volume else []
        elif volume is None or _must_move(volume, entry):
            moved.append(_made(entry))
    CallVolume.objects.filter(pk__in=gone).delete()
    CallVolume.objects.bulk_create(
        moved,
        update_conflicts=True,
        unique_fields=["program", "hour"],
        update_fields=[*NUMBERS, "ends_at", "entry"],
    )
    return said


def _must_move(volume: CallVolume, entry: VolumeEntry) -> bool:
    is_same = numbers_of(volume) == numbers_of(entry) != NONE
    return not is_same or volume.entry.recording.is_undone


def _made(entry: VolumeEntry) -> CallVolume:
    """The hour as an entry says it."""
    volume = CallVolume(
        program_id=entry.program_id, hour=entry.hour, ends_at=entry.ends_at, entry=entry
    )
    for name in NUMBERS:
        setattr(volume, name, getattr(entry, name))
    return volume
