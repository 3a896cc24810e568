"""The calls handled per clock hour and shift day: what every rate divides by.

Source: the hourly volumes a manager records from the phone system's report. An hour without one is
"no denominator", never 0: leave its lines out of a rate's numerator too (`with_volume`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef

from escalations.querysets import EscalationQuerySet
from people.models import Program
from people.ready import planned
from people.shiftday import clock_hour
from reports.models import CallVolume

ONE_DAY = timedelta(days=1)
ONE_HOUR = timedelta(hours=1)

_BY_HOUR = (
    "SELECT extract(epoch FROM hour)::bigint, calls FROM reports_callvolume"
    " WHERE program_id = %s AND hour >= %s AND hour < %s ORDER BY hour"
)
"""As seconds, which are read much faster than instants: a year has nine thousand."""


@dataclass(frozen=True)
class DayCalls:
    """The calls handled in one shift day, in its hours that have a volume.

    `hours` have a volume, of `hours_of_day` clock hours that begin in the day; a volume hour
    belongs to the shift day in which it begins. The averages are seconds, weighted by calls over
    the hours that say one; None where none does.
    """

    calls: int
    hours: int
    hours_of_day: int
    average_wait_seconds: float | None = None
    average_handling_seconds: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every hour of the day has a volume."""
        return self.hours >= self.hours_of_day


def calls_by_hour(program: Program, start: datetime, end: datetime) -> dict[datetime, int]:
    """Give the calls handled by the UTC start of each clock hour in [start, end) with a volume."""
    found = calls_by_second(program, start, end)
    return {datetime.fromtimestamp(at, UTC): calls for at, calls in found.items()}


def calls_by_second(program: Program, start: datetime, end: datetime) -> dict[int, int]:
    """The same by the second since 1970, UTC, at which each hour begins."""
    return dict(planned(_BY_HOUR, [program.pk, start, end]))  # type: ignore[arg-type]


def calls_by_day(program: Program, first: date, last: date) -> dict[date, DayCalls]:
    """Give the calls of every shift day from `first` to `last`, both included, in order.

    A day without any volume is there too, with 0 of its hours: it has no denominator.
    """
    days = [first + ahead * ONE_DAY for ahead in range((last - first).days + 1)]
    summed = _sums(program, days)
    none = (0, 0, None, None)
    found = {}
    for place, day in enumerate(days, start=1):
        calls, hours, wait, handling = summed.get(place, none)
        found[day] = DayCalls(
            calls=calls,
            hours=hours,
            hours_of_day=hours_of_day(program, day),
            average_wait_seconds=None if wait is None else float(wait),
            average_handling_seconds=None if handling is None else float(handling),
        )
    return found


def hours_of_day(program: Program, day: date) -> int:
    """Count the clock hours that begin in a shift day: 24, 23 or 25 on the nights of the clocks."""
    hours = program.shift_hours(day)
    # Only the first piece may be the rest of an hour that began in the day before.
    return len(hours) - (bool(hours) and clock_hour(hours[0], program.zone) != hours[0])


def with_volume(lines: EscalationQuerySet, program: Program) -> EscalationQuerySet:
    """Leave only the lines that occurred in a clock hour with a volume."""
    at = OuterRef("occurred_at")
    hours = CallVolume.objects.filter(
        program=program,
        hour__lte=at,
        hour__gt=ExpressionWrapper(at - ONE_HOUR, output_field=DateTimeField()),
        ends_at__gt=at,  # shorter than an hour where the clocks are moved within it
    )
    return lines.filter(Exists(hours))


AVERAGES = """
       sum(calls * average_wait_seconds)
         / nullif(sum(calls) FILTER (WHERE average_wait_seconds IS NOT NULL), 0),
       sum(calls * average_handling_seconds)
         / nullif(sum(calls) FILTER (WHERE average_handling_seconds IS NOT NULL), 0)
"""
"""Average wait and handling, weighted by calls over the hours that say one."""

_BY_DAY = f"""
SELECT width_bucket(hour, %s::timestamptz[]) AS place, sum(calls), count(*), {AVERAGES}
FROM reports_callvolume
WHERE program_id = %s AND hour >= %s AND hour < %s
GROUP BY place
"""  # noqa: S608


def _sums(
    program: Program, days: list[date]
) -> dict[int, tuple[int, int, Decimal | None, Decimal | None]]:
    """By a day's place from 1: its calls, hours with a volume, average wait and handling."""
    if not days:
        return {}
    bounds = [program.shift_bounds(day) for day in days]
    starts = [start for start, _ in bounds]
    with connection.cursor() as cursor:
        cursor.execute(_BY_DAY, [starts, program.pk, starts[0], bounds[-1][1]])
        return {place: (calls, hours, *averages) for place, calls, hours, *averages in cursor}
