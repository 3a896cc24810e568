"""A floor made for "did it work?": so many lines of each topic a shift day, and calls beside."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from calibration.models import BestPractice
from escalations.models import Escalation, Topic
from people.models import Agent, Membership, Program
from people.tests.factories import AgentFactory
from reports.models import CallVolume, VolumeEntry
from reports.tests.factories import VolumeRecordingFactory

TODAY = date(2026, 11, 20)
"""The shift day that goes on in these tests."""
ONE_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def ago(days: int) -> date:
    """The shift day so many before today."""
    return TODAY - days * ONE_DAY


def in_hour(program: Program, day: date, hour: int = 2) -> datetime:
    """Half past one of the clock hours of a shift day, counted from its first."""
    return program.shift_hours(day)[hour] + timedelta(minutes=30)


def topic_of(by: Membership, name: str) -> Topic:
    """A topic without lines."""
    slug = name.lower().replace(" ", "-")
    return Topic.objects.create(program=by.program, name=name, slug=slug, created_by=by.user)


def logged(
    by: Membership, topic: Topic | None, days: Mapping[date, int], hour: int = 2, **columns: Any
) -> None:
    """So many lines of a topic in an hour of each of these shift days."""
    program = by.program
    agent = Agent.objects.filter(program=program).first() or AgentFactory(program=program)
    first = Escalation.objects.filter(program=program).count() + 1
    places = [day for day, lines in days.items() for _ in range(lines)]
    words: dict[str, Any] = {"concern": "waive the late fee", "resolution": "Waived", **columns}
    Escalation.objects.bulk_create(
        Escalation(
            program=program,
            number=first + n,
            key=uuid.uuid4(),
            agent=agent,
            logged_by=by.user,
            topic=topic,
            occurred_at=in_hour(program, day, hour),
            **words,
        )
        for n, day in enumerate(places)
    )


def steadily(first: int, last: int, lines: int) -> dict[date, int]:
    """The same number of lines on each day from `first` to `last` days ago."""
    return {ago(days): lines for days in range(first, last - 1, -1)}


def handled(program: Program, first: int, last: int, calls: int = 800, hour: int = 2) -> None:
    """Calls handled in one hour of each shift day from `first` to `last` days ago; no other."""
    days = range(first, last - 1, -1)
    recorded(program, {program.shift_hours(ago(day))[hour]: calls for day in days})


def recorded(program: Program, calls: Mapping[datetime, int]) -> None:
    """These calls in these clock hours, of one recording."""
    recording = VolumeRecordingFactory(program=program, hours=len(calls), changed=len(calls))
    said = [
        {"program": program, "hour": at, "ends_at": at + HOUR, "calls": count}
        for at, count in calls.items()
    ]
    entries = VolumeEntry.objects.bulk_create(
        VolumeEntry(recording=recording, **one) for one in said
    )
    CallVolume.objects.bulk_create(
        CallVolume(entry=entry, **one) for entry, one in zip(entries, said, strict=True)
    )


def answer(by: Membership, topic: Topic | None, days: int, **columns: Any) -> BestPractice:
    """An answer that came into force so many shift days ago, in that day's third hour."""
    number = BestPractice.objects.filter(program=by.program).count() + 1
    at = in_hour(by.program, ago(days))
    facts: dict[str, Any] = {"number": number, "key": uuid.uuid4(), "kind": "answer"}
    facts |= {"title": "One courtesy waiver", "do": "Waive it.", "authority": "calibrated"}
    facts |= {"state": "in_force", "published_at": at, "effective_from": at}
    facts |= {"written_by": by.user, "topic": topic}
    return BestPractice.objects.create(program=by.program, **(facts | columns))
