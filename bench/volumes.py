"""Gives the measured program calls for every hour, and sums lines up: `python -m bench.volumes`.

Works on DATABASE_URL, as `bench.facts` does; done once, for a database that stays.
"""

from __future__ import annotations

import sys
import uuid
from itertools import pairwise

from bench.load import django_on

CALLS = (4, 9, 20, 31, 37, 38, 34, 30, 27, 23, 16, 10, 6)
"""Calls of the first thirteen hours of a shift; two in each of the others."""


def main() -> int:
    """Do what is not done yet."""
    django_on()
    from reports.actions.settling import settle
    from reports.models import CallVolume

    if not CallVolume.objects.exists():
        record()
    settle(seconds=float("inf"))
    return 0


def record() -> None:
    """One recording with the calls of every hour of the measured program's years."""
    from datetime import timedelta

    from bench import cast
    from bench.lines import YEARS
    from people.models import Program, User
    from reports.models import CallVolume, VolumeEntry, VolumeRecording

    program = Program.objects.get(slug=cast.BIG)
    manager = User.objects.get(username=cast.MANAGER)
    today = program.current_shift()
    days = [today - timedelta(days=back) for back in range(365 * YEARS, 0, -1)]
    hours = [hour for day in days for hour in enumerate(program.shift_hours(day))]
    hours.append((0, program.shift_bounds(today)[0]))
    said = [
        {"hour": hour, "ends_at": ends, "calls": 100 * (CALLS[n] if n < len(CALLS) else 2)}
        for (n, hour), (_, ends) in pairwise(hours)
    ]
    recording = VolumeRecording.objects.create(
        program=program,
        key=uuid.uuid4(),
        digest="0" * 64,
        recorded_by=manager,
        source="bench",
        hours=len(said),
        changed=len(said),
    )
    entries = VolumeEntry.objects.bulk_create(
        (VolumeEntry(recording=recording, program=program, **facts) for facts in said),
        batch_size=5_000,
    )
    CallVolume.objects.bulk_create(
        (
            CallVolume(program=program, entry=entry, **facts)
            for entry, facts in zip(entries, said, strict=True)
        ),
        batch_size=5_000,
    )


if __name__ == "__main__":
    sys.exit(main())
