"""The manager records calls handled, corrects an hour, and takes a recording back."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.tests.crowd import at_once
from people.models import Membership, Program
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing
from people.shiftday import clock_hour
from reports.actions.volumes import correct, record, seen_digest, undo, volumes_of
from reports.models import CallVolume, VolumeRecording
from reports.volumes.hourly import NONE, Numbers

HOUR = timedelta(hours=1)
SIX = datetime(2025, 10, 20, 10, tzinfo=UTC)  # 6 PM in Manila


def report(*calls: int | None, first: datetime = SIX) -> dict[datetime, Numbers]:
    """Hours in a row with these calls; None leaves one out."""
    return {first + at * HOUR: Numbers(n) for at, n in enumerate(calls) if n is not None}


def recorded(
    by: Membership, hours: dict[datetime, Numbers], key: uuid.UUID | None = None
) -> VolumeRecording:
    seen = seen_digest(hours, volumes_of(by.program, hours))
    return record(hours, source="acd.csv", seen=seen, key=key or uuid.uuid4(), by=by)


def calls(program: Program) -> dict[int, int]:
    """The calls by how many hours after six."""
    found = CallVolume.objects.filter(program=program)
    return {int((volume.hour - SIX) / HOUR): volume.calls for volume in found}


def test_a_report_is_recorded_hour_by_hour(mona: Membership) -> None:
    recording = recorded(mona, report(40, 0, 22))
    assert (recording.hours, recording.changed, recording.source) == (3, 3, "acd.csv")
    assert calls(mona.program) == {0: 40, 1: 0, 2: 22}
    assert {v.ends_at - v.hour for v in CallVolume.objects.all()} == {HOUR}


def test_averages_are_kept_to_a_tenth_of_a_second(mona: Membership) -> None:
    recorded(mona, {SIX: Numbers(40, Decimal("12.3"), Decimal(301))})
    volume = CallVolume.objects.get()
    assert (volume.average_wait_seconds, volume.average_handling_seconds) == (Decimal("12.3"), 301)


def test_the_same_report_twice_changes_nothing_and_says_so(mona: Membership) -> None:
    recorded(mona, report(40, 22))
    with pytest.raises(ActionRefused, match="nothing to change"):
        recorded(mona, report(40, 22))
    assert VolumeRecording.objects.count() == 1


def test_a_form_sent_twice_makes_one_recording(mona: Membership) -> None:
    key = uuid.uuid4()
    assert recorded(mona, report(40), key) == recorded(mona, report(40), key)
    with pytest.raises(KeyReused):
        recorded(mona, report(41), key)
    assert calls(mona.program) == {0: 40}


def test_what_somebody_changed_meanwhile_is_not_written_over(mona: Membership) -> None:
    hours = report(40, 22)
    seen = seen_digest(hours, {})
    recorded(mona, report(39))
    with pytest.raises(StaleVersion):
        record(hours, source="", seen=seen, key=uuid.uuid4(), by=mona)
    with pytest.raises(VersionMissing):
        record(hours, source="", seen=None, key=uuid.uuid4(), by=mona)
    assert calls(mona.program) == {0: 39}


def test_only_the_manager_records(sam: Membership, cora: Membership) -> None:
    for who in (sam, cora):
        with pytest.raises(PermissionDenied):
            recorded(who, report(40))
        with pytest.raises(PermissionDenied):
            correct(SIX, Numbers(4), version=0, key=uuid.uuid4(), by=who)


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        (report(-1), "fewer than none"),
        (report(10**9), "At most 100,000 are believed"),
        (report(4, first=SIX + HOUR / 2), "not the beginning of an hour"),
        (report(4, first=datetime(1999, 10, 20, 10, tzinfo=UTC)), "too long ago"),
        ({SIX: Numbers(4, wait=Decimal(-1))}, "between 0 seconds and 24 hours"),
        ({SIX: Numbers(4, handling=Decimal(86_401))}, "between 0 seconds and 24 hours"),
        ({SIX: Numbers(None, wait=Decimal(3))}, "no calls handled"),
        ({}, "no hour to record"),
        (report(*[1] * 10_001, first=SIX - 11_000 * HOUR), "At most 10,000 hours"),
    ],
)
def test_numbers_nobody_believes_are_refused_in_a_sentence(
    mona: Membership, hours: dict[datetime, Numbers], why: str
) -> None:
    with pytest.raises(ActionRefused, match=why):
        recorded(mona, hours)
    assert not CallVolume.objects.exists()


def test_an_hour_is_recorded_when_it_is_over(mona: Membership) -> None:
    running = clock_hour(timezone.now(), mona.program.zone)
    with pytest.raises(ActionRefused, match=r"not over yet|lies in the future"):
        recorded(mona, report(4, first=running))
    with pytest.raises(ActionRefused, match="lies in the future"):
        recorded(mona, report(4, first=running + 2 * HOUR))
    recorded(mona, report(4, first=running - HOUR))


def test_an_undo_puts_back_what_stood_before(mona: Membership) -> None:
    recorded(mona, report(40, 22))
    second = recorded(mona, report(None, 30, 31))
    undone = undo(second, version=second.version, by=mona)
    assert (undone.put_back, undone.without, undone.newer) == (1, 1, 0)
    assert calls(mona.program) == {0: 40, 1: 22}


def test_what_came_after_stays(mona: Membership) -> None:
    first = recorded(mona, report(40, 22))
    second = recorded(mona, report(None, 30))
    undone = undo(first, version=first.version, by=mona)
    assert (undone.put_back, undone.without, undone.newer) == (0, 1, 1)
    assert calls(mona.program) == {1: 30}
    undo(second, version=second.version, by=mona)
    assert calls(mona.program) == {}


def test_what_was_said_again_outlives_the_first_saying(mona: Membership) -> None:
    """Both reports said 40: without the first it is still what the second says."""
    first = recorded(mona, report(40))
    second = recorded(mona, report(40, 22))
    assert CallVolume.objects.get(hour=SIX).entry.recording == first
    undo(first, version=first.version, by=mona)
    assert calls(mona.program) == {0: 40, 1: 22}
    assert CallVolume.objects.get(hour=SIX).entry.recording == second


def test_an_undo_is_done_once(mona: Membership) -> None:
    recording = recorded(mona, report(40))
    with pytest.raises(VersionMissing):
        undo(recording, version=None, by=mona)
    with pytest.raises(StaleVersion):
        undo(recording, version=7, by=mona)
    undo(recording, version=1, by=mona)
    with pytest.raises(ActionRefused, match="undone already"):
        undo(recording, version=2, by=mona)


def test_one_hour_is_corrected_and_that_too_is_undone(mona: Membership) -> None:
    recorded(mona, report(40, 22))
    volume = CallVolume.objects.get(hour=SIX)
    correction = correct(SIX, Numbers(44), version=volume.version, key=uuid.uuid4(), by=mona)
    assert correction is not None
    assert correction.source == "Corrected by hand"
    assert calls(mona.program) == {0: 44, 1: 22}
    undo(correction, version=1, by=mona)
    assert calls(mona.program) == {0: 40, 1: 22}


def test_a_volume_can_be_taken_away_and_given(mona: Membership) -> None:
    recorded(mona, report(40))
    volume = CallVolume.objects.get()
    correct(SIX, NONE, version=volume.version, key=uuid.uuid4(), by=mona)
    assert calls(mona.program) == {}
    with pytest.raises(StaleVersion) as refused:
        correct(SIX, Numbers(1), version=volume.version, key=uuid.uuid4(), by=mona)
    assert refused.value.theirs is None
    correct(SIX, Numbers(1), version=0, key=uuid.uuid4(), by=mona)
    assert calls(mona.program) == {0: 1}


def test_two_who_correct_one_hour_see_each_other(mona: Membership) -> None:
    recorded(mona, report(40))
    version = CallVolume.objects.get().version
    key = uuid.uuid4()
    done = correct(SIX, Numbers(44), version=version, key=key, by=mona)
    assert correct(SIX, Numbers(44), version=version, key=key, by=mona) == done  # sent again
    with pytest.raises(StaleVersion) as refused:
        correct(SIX, Numbers(45), version=version, key=uuid.uuid4(), by=mona)
    theirs = refused.value.theirs
    assert isinstance(theirs, CallVolume)
    assert theirs.calls == 44
    with pytest.raises(VersionMissing):
        correct(SIX, Numbers(45), version=None, key=uuid.uuid4(), by=mona)
    assert correct(SIX, Numbers(44), version=theirs.version, key=uuid.uuid4(), by=mona) is None


def test_a_card_number_in_a_files_name_is_masked(mona: Membership) -> None:
    hours = report(4)
    named = {"source": "4111 1111 1111 1111.csv", "seen": seen_digest(hours, {})}
    recording = record(hours, **named, key=uuid.uuid4(), by=mona)
    assert "4111 1111" not in recording.source
    assert recording.source.endswith(".csv")


def test_every_change_is_in_the_history(mona: Membership) -> None:
    recorded(mona, report(40))
    second = recorded(mona, report(41))
    undo(second, version=1, by=mona)
    past = CallVolume.objects.get().events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.calls for event in past] == [40, 41]
    assert [event.pgh_context.metadata["action"] for event in past] == ["recorded", "undone"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_paste_at_once_one_is_told(mona: Membership) -> None:
    reports = [report(40), report(41)]
    seen = seen_digest(reports[0], {})
    done = at_once(2, lambda n: record(reports[n], source="", seen=seen, key=uuid.uuid4(), by=mona))
    assert sorted(type(one).__name__ for one in done) == ["StaleVersion", "VolumeRecording"]
