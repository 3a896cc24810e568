"""Whatever is recorded, corrected and undone in whatever order: what was said last stands."""

from __future__ import annotations

import random
import uuid
from datetime import datetime

import pytest

from people.models import Membership
from reports.actions.volumes import correct, undo
from reports.models import CallVolume, VolumeRecording
from reports.tests.test_volume_actions import HOUR, SIX, recorded
from reports.volumes.hourly import Numbers, numbers_of


def said_last(all_said: list[tuple[VolumeRecording, dict[datetime, Numbers]]]) -> dict:
    """What stands by the words of the rule, from all that was said."""
    standing: dict[datetime, Numbers] = {}
    for recording, hours in all_said:
        if not recording.is_undone:
            standing |= hours
    return {hour: numbers for hour, numbers in standing.items() if numbers.calls is not None}


@pytest.mark.parametrize("seed", range(3))
def test_what_was_said_last_and_not_undone_stands(mona: Membership, seed: int) -> None:
    dice = random.Random(seed)
    hours = [SIX + at * HOUR for at in range(4)]
    every: list[tuple[VolumeRecording, dict[datetime, Numbers]]] = []
    for _ in range(25):
        done = [recording for recording, _ in every if not recording.is_undone]
        now = {one.hour: one for one in CallVolume.objects.all()}
        what = dice.random()
        if what < 0.35 and done:
            target = dice.choice(done)
            fresh = undo(target, version=target.version, by=mona).recording
            every = [(fresh if one == target else one, said) for one, said in every]
        elif what < 0.6:
            hour = dice.choice(hours)
            numbers = Numbers(dice.choice([None, 1, 2]))
            version = now[hour].version if hour in now else 0
            made = correct(hour, numbers, version=version, key=uuid.uuid4(), by=mona)
            every += [(made, {hour: numbers})] if made else []
        else:
            report = {hour: Numbers(dice.randint(0, 2)) for hour in dice.sample(hours, 3)}
            if any(numbers_of(now.get(hour)) != said for hour, said in report.items()):
                every.append((recorded(mona, report), report))
        stands = {one.hour: numbers_of(one) for one in CallVolume.objects.all()}
        assert stands == said_last(every)
        assert not CallVolume.objects.exclude(entry__recording__undone_at=None).exists()
