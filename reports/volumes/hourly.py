"""What is said of one clock hour's calls, and whether it can be believed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from people.models import Program
from people.shiftday import clock_hour, next_clock_hour
from reports.models.volumes import MOST_CALLS, MOST_SECONDS, CallVolume, VolumeEntry

MOST_HOURS = 10_000
"""Hours of one recording: somewhat more than a year."""

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Numbers:
    """The calls handled in an hour and the averages in seconds; `calls` of None: no volume."""

    calls: int | None
    wait: Decimal | None = None
    handling: Decimal | None = None


NONE = Numbers(None)


def numbers_of(row: CallVolume | VolumeEntry | None) -> Numbers:
    """The numbers of a stored hour; those of no hour when there is none."""
    if row is None or row.calls is None:
        return NONE
    return Numbers(row.calls, row.average_wait_seconds, row.average_handling_seconds)


def hour_problem(hour: datetime, program: Program, now: datetime) -> str:
    """Say why an hour can have no volume, in a sentence; "" when it can."""
    if clock_hour(hour, program.zone) != hour:
        return "This is not the beginning of an hour on the program’s clocks."
    if hour < EARLIEST:
        return f"The year {hour.astimezone(program.zone).year} is too long ago."
    if next_clock_hour(hour, program.zone) > now:
        begun = "is not over yet" if hour <= now else "lies in the future"
        return f"This hour {begun}. Record it when it is over."
    return ""


def numbers_problem(numbers: Numbers) -> str:
    """Say why the numbers of an hour are not believed, in a sentence; "" when they are."""
    if numbers.calls is None:
        if numbers != NONE:
            return "There are averages, but no calls handled."
        return ""
    if numbers.calls < 0:
        return "Calls handled cannot be fewer than none."
    if numbers.calls > MOST_CALLS:
        return f"{numbers.calls:,} calls in an hour? At most {MOST_CALLS:,} are believed."
    for seconds in (numbers.wait, numbers.handling):
        if seconds is not None and not 0 <= seconds <= MOST_SECONDS:
            return "An average is between 0 seconds and 24 hours."
    return ""


def digest_of(said: Iterable[tuple[datetime, Numbers]]) -> str:
    """What two lists of hours with the same numbers share (SHA-256 in hex)."""
    lines = [
        f"{int(hour.timestamp())} {numbers.calls} {_tenths(numbers.wait)} "
        f"{_tenths(numbers.handling)}\n"
        for hour, numbers in sorted(said, key=lambda one: one[0])
    ]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _tenths(seconds: Decimal | None) -> str:
    return "-" if seconds is None else f"{seconds:.1f}"
