"""Call volumes recorded, corrected hour by hour, and undone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.cardwords import one_line_without_cards
from people.history import told
from people.models import Membership, Program
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing, check_version
from people.retries import whole
from people.shiftday import next_clock_hour
from reports.actions.standing import settle
from reports.models import CallVolume, VolumeEntry, VolumeRecording
from reports.volumes.hourly import (
    MOST_HOURS,
    Numbers,
    digest_of,
    hour_problem,
    numbers_of,
    numbers_problem,
)

BY_HAND = "Corrected by hand"


@dataclass(frozen=True)
class Undone:
    """What an undo did: hours put back to what stood before, left without a volume, and hours
    on which something newer stands, which stays.
    """

    recording: VolumeRecording
    put_back: int
    without: int
    newer: int


@whole
def record(
    hours: Mapping[datetime, Numbers],
    *,
    source: str,
    seen: str | None,
    key: uuid.UUID,
    by: Membership,
) -> VolumeRecording:
    """Record what a report says of some clock hours (by their UTC start), all or none.

    `seen` is the `seen_digest` of these hours as the preview showed them. The same key again: the
    same recording. Raises KeyReused, VersionMissing, StaleVersion (`theirs` are the volumes as they
    are), PermissionDenied, and ActionRefused for hours and numbers nobody believes, and where
    nothing is new.
    """
    _check_ability(by)
    _check_hours(hours, by.program)
    source = one_line_without_cards(source, by.program, longest=200) or "Pasted"
    digest = digest_of(hours.items())
    _lock(by.program)
    if made := _made_before(key, digest, by=by):
        return made
    if seen is None:
        raise VersionMissing("The recording did not say what stood there before. Read it again.")
    before = volumes_of(by.program, hours)
    if seen != seen_digest(hours, before):
        raise StaleVersion(before)
    changed = sum(numbers_of(before.get(hour)) != numbers for hour, numbers in hours.items())
    if not changed:
        raise ActionRefused("All of these hours have these numbers already: nothing to change.")
    return _write(hours, changed, source=source, key=key, digest=digest, by=by)


@whole
def correct(
    hour: datetime, numbers: Numbers, *, version: int | None, key: uuid.UUID, by: Membership
) -> VolumeRecording | None:
    """Correct one hour; `calls` of None takes its volume away. None when that says nothing new.

    `version` is the volume's, 0 where the hour has none. Raises VersionMissing, StaleVersion
    (`theirs` is the volume as it is, or None), KeyReused, ActionRefused, PermissionDenied.
    """
    _check_ability(by)
    _check_hours({hour: numbers}, by.program)
    digest = digest_of([(hour, numbers)])
    _lock(by.program)
    if made := _made_before(key, digest, by=by):
        return made
    if version is None:
        raise VersionMissing("The change did not say which version it was made from. Reload.")
    theirs = volumes_of(by.program, [hour]).get(hour)
    if version != (theirs.version if theirs else 0):
        raise StaleVersion(theirs)
    if numbers_of(theirs) == numbers:
        return None
    return _write({hour: numbers}, 1, source=BY_HAND, key=key, digest=digest, by=by)


@whole
def undo(recording: VolumeRecording, *, version: int | None, by: Membership) -> Undone:
    """Take a recording back: each of its hours is again what was said of it before.

    Where somebody said something newer of an hour, that stays. Raises VersionMissing,
    StaleVersion, ActionRefused (undone already), PermissionDenied.
    """
    _check_ability(by)
    _lock(by.program)
    recording = VolumeRecording.objects.visible_to(by).select_for_update().get(pk=recording.pk)
    if recording.is_undone:
        raise ActionRefused("This recording was undone already.")
    check_version(recording, version)
    recording.undone_at, recording.undone_by = timezone.now(), by.user
    recording.version += 1
    hours = list(recording.entries.values_list("hour", flat=True))
    with told("undone", by=by, recording=recording.pk):
        recording.save(update_fields=["undone_at", "undone_by", "version"])
        stands = settle(by.program, hours)
    newer = sum(entry.recording_id > recording.pk for entry in stands.values())
    put_back = sum(
        entry.recording_id < recording.pk and entry.calls is not None for entry in stands.values()
    )
    without = len(hours) - newer - put_back
    return Undone(recording, put_back=put_back, without=without, newer=newer)


def volumes_of(
    program: Program, hours: Mapping[datetime, object] | list[datetime]
) -> dict[datetime, CallVolume]:
    """The volumes of some hours, by hour."""
    found = CallVolume.objects.filter(program=program, hour__in=list(hours))
    return {volume.hour: volume for volume in found}


def seen_digest(hours: Mapping[datetime, object], before: Mapping[datetime, CallVolume]) -> str:
    """What a preview says stands in some hours, for `record` to hold against what does."""
    return digest_of((hour, numbers_of(before.get(hour))) for hour in hours)


def _check_ability(by: Membership) -> None:
    if not by.may("record_volumes"):
        raise PermissionDenied("Call volumes are recorded by the manager.")


def _check_hours(hours: Mapping[datetime, Numbers], program: Program) -> None:
    """Raise ActionRefused for the first hour, or its numbers, nobody believes."""
    if not hours:
        raise ActionRefused("There is no hour to record.")
    if len(hours) > MOST_HOURS:
        raise ActionRefused(f"At most {MOST_HOURS:,} hours are recorded at once.")
    now = timezone.now()
    for hour, numbers in hours.items():
        if why := hour_problem(hour, program, now) or numbers_problem(numbers):
            raise ActionRefused(f"{hour.astimezone(program.zone):%a %-d %b %Y %H:%M}: {why}")


def _lock(program: Program) -> None:
    """Of two who record at once one is first."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def _made_before(key: uuid.UUID, digest: str, *, by: Membership) -> VolumeRecording | None:
    """The recording this form made when it was sent before; raises KeyReused with other content."""
    made = VolumeRecording.objects.filter(recorded_by=by.user, key=key).first()
    if made and (made.program_id != by.program_id or made.digest != digest):
        raise KeyReused("This form was saved before with other numbers. Reload the page.")
    return made


def _write(
    hours: Mapping[datetime, Numbers],
    changed: int,
    *,
    source: str,
    key: uuid.UUID,
    digest: str,
    by: Membership,
) -> VolumeRecording:
    with told("recorded", by=by, source=source):
        recording = VolumeRecording.objects.create(
            program=by.program,
            key=key,
            digest=digest,
            recorded_by=by.user,
            source=source,
            hours=len(hours),
            changed=changed,
        )
        VolumeEntry.objects.bulk_create(
            VolumeEntry(
                recording=recording,
                program=by.program,
                hour=hour,
                ends_at=next_clock_hour(hour, by.program.zone),
                calls=numbers.calls,
                average_wait_seconds=numbers.wait,
                average_handling_seconds=numbers.handling,
            )
            for hour, numbers in sorted(hours.items())
        )
        settle(by.program, list(hours))
    return recording
