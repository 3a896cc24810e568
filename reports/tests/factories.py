"""One small factory per model of the reports."""

import uuid
from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from people.tests.factories import ProgramFactory, UserFactory
from reports.models import CallVolume, SavedView, VolumeEntry, VolumeRecording


class VolumeRecordingFactory(DjangoModelFactory):
    class Meta:
        model = VolumeRecording

    program = factory.SubFactory(ProgramFactory)
    recorded_by = factory.SubFactory(UserFactory)
    key = factory.LazyFunction(uuid.uuid4)
    digest = "0" * 64
    source = "pasted"
    hours = 1
    changed = 1


class VolumeEntryFactory(DjangoModelFactory):
    class Meta:
        model = VolumeEntry

    recording = factory.SubFactory(
        VolumeRecordingFactory, program=factory.SelfAttribute("..program")
    )
    program = factory.SubFactory(ProgramFactory)
    ends_at = factory.LazyAttribute(lambda entry: entry.hour + timedelta(hours=1))
    calls = 20


class CallVolumeFactory(DjangoModelFactory):
    """An hour with its calls, and the recording it came from."""

    class Meta:
        model = CallVolume

    program = factory.SubFactory(ProgramFactory)
    ends_at = factory.LazyAttribute(lambda volume: volume.hour + timedelta(hours=1))
    calls = 20
    entry = factory.SubFactory(
        VolumeEntryFactory,
        program=factory.SelfAttribute("..program"),
        hour=factory.SelfAttribute("..hour"),
        ends_at=factory.SelfAttribute("..ends_at"),
        calls=factory.SelfAttribute("..calls"),
    )


class SavedViewFactory(DjangoModelFactory):
    """The overview of the last 28 shift days, under a name."""

    class Meta:
        model = SavedView

    program = factory.SubFactory(ProgramFactory)
    owner = factory.SubFactory(UserFactory)
    key = factory.LazyFunction(uuid.uuid4)
    name = factory.Sequence(lambda n: f"View {n}")
    kind = "overview"
    span = "last-28"
