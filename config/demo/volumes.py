"""The calls handled in the demo nights, hour by hour, as a phone system would report them."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from config.demo import nights
from people.models import Membership
from people.shiftday import instant_in_shift
from reports.actions.volumes import record, seen_digest
from reports.volumes.hourly import Numbers

CALLS = (32, 52, 78, 97, 104, 100, 92, 81, 70, 58, 46, 34, 21)
PER_HOUR = {(18 + ahead) % 24: calls for ahead, calls in enumerate(CALLS)}
"""Calls of a usual night by the hour on the clock: about thirty for each line."""

MISSING = {(3, 23), (3, 0), (17, 2), (17, 3), (17, 4)}
"""Nights, counted back, and hours of which nobody has a report."""


def record_nights(last: date, *, by: Membership) -> int:
    """Record the calls of every demo night up to `last`; give how many hours that is."""
    hours: dict[datetime, Numbers] = {}
    for distance in range(nights.NIGHTS, 0, -1):
        hours |= _night(distance, last - timedelta(days=distance - 1), by)
    seen = seen_digest(hours, {})
    record(hours, source="Hourly report.xlsx", seen=seen, key=uuid.uuid4(), by=by)
    return len(hours)


def _night(distance: int, day: date, by: Membership) -> dict[datetime, Numbers]:
    dice = random.Random(f"calls {distance}")  # noqa: S311  nothing secret: the same each time
    program = by.program
    busy = nights.PER_WEEKDAY[day.weekday()] / 30
    hours = {}
    for hour, usual in PER_HOUR.items():
        calls = round(usual * busy * dice.uniform(0.9, 1.1))
        wait = Decimal(round(8 + 0.004 * calls * calls * dice.uniform(0.7, 1.3)))
        handling = Decimal(dice.randint(310, 400))
        if (distance, hour) not in MISSING:
            at = instant_in_shift(time(hour), day, program.zone, program.shift_starts_at)
            hours[at] = Numbers(calls, wait, handling)
    return hours
