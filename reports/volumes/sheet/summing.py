"""Intervals of a quarter, half or whole hour, of one queue or many, added up to clock hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from people.models import Program
from people.shiftday import clock_hour, next_clock_hour
from reports.volumes.hourly import Numbers, hour_problem, numbers_problem
from reports.volumes.sheet.placing import hour_said
from reports.volumes.sheet.said import Found, Said

TENTH = Decimal("0.1")


@dataclass
class HourRead:
    """What a report says of one clock hour, from which rows, and what to know about it."""

    numbers: Numbers
    rows: list[int] = field(default_factory=list)
    note: str = ""


def sum_hours(found: Found, program: Program, now: datetime) -> dict[datetime, HourRead]:
    """Add intervals up by the clock hour in which they begin; averages weighted by calls.

    An hour some interval of which cannot be read is left out whole: it would be too low.
    """
    zone = program.zone
    length = _length(found.intervals)
    by_hour: dict[datetime, list[Said]] = defaultdict(list)
    broken: dict[datetime, int] = {}
    for said in found.broken:
        if said.at:
            broken.setdefault(clock_hour(said.at, zone), said.row)
    for said in found.intervals:
        assert said.at is not None  # noqa: S101  placed before
        if why := _interval_problem(said, length):
            found.refuse(said.row, said.column, why)
            broken.setdefault(clock_hour(said.at, zone), said.row)
        else:
            by_hour[clock_hour(said.at, zone)].append(said)
    hours = {}
    for hour, parts in sorted(by_hour.items()):
        numbers = _summed(parts)
        why = hour_problem(hour, program, now) or numbers_problem(numbers)
        if why:
            found.refuse(parts[0].row, parts[0].column, f"{hour_said(hour, zone)}: {why}")
        elif hour in broken:
            found.notes.append(
                f"{hour_said(hour, zone)} is left out, because of row {broken[hour]}."
            )
        else:
            note = _missing_parts(parts, length, next_clock_hour(hour, zone) - hour)
            hours[hour] = HourRead(numbers, sorted({said.row for said in parts}), note)
    return hours


def is_summed(hours: dict[datetime, HourRead], intervals: Sequence[Said]) -> bool:
    """Whether some hour is a sum: then a row that cannot be placed may belong to any of them."""
    return _length(intervals) < 60 or any(len(one.rows) > 1 for one in hours.values())


def _interval_problem(said: Said, length: int) -> str:
    """Why an interval belongs to no one hour, in a sentence; "" when it does."""
    minutes = said.minutes or length
    begins = said.at.minute if said.at and said.minutes is None else said.wall.minute
    if said.wall.second or begins % 5:
        return f"{said.wall:%H:%M} is not the beginning of an interval."
    if said.minutes and said.minutes > 60:
        return f"An interval of {said.minutes} minutes. Give the calls hour by hour."
    if said.wall.minute + minutes > 60:
        return f"The interval from {said.wall:%H:%M} on belongs to two hours."
    return ""


def _length(intervals: Sequence[Said]) -> int:
    """How long the report's intervals are, in minutes: as they say, else by where they begin."""
    if said := [one.minutes for one in intervals if one.minutes]:
        return min(*said, 60)
    begins = {one.wall.minute for one in intervals}
    return next(
        (length for length in (60, 30, 15, 10, 5) if all(b % length == 0 for b in begins)), 60
    )


def _summed(parts: Sequence[Said]) -> Numbers:
    return Numbers(
        sum(said.calls for said in parts),
        _weighted([(said.calls, said.wait) for said in parts]),
        _weighted([(said.calls, said.handling) for said in parts]),
    )


def _weighted(parts: Sequence[tuple[int, Decimal | None]]) -> Decimal | None:
    """The average of averages, each weighing as much as it has calls, to a tenth of a second."""
    said = [(calls, seconds) for calls, seconds in parts if seconds is not None]
    calls = sum(calls for calls, _ in said)
    if not calls:  # nothing to weigh by: what one row says is kept, of several none is right
        return said[0][1].quantize(TENTH, ROUND_HALF_UP) if len(said) == 1 else None
    total = sum((calls * seconds for calls, seconds in said), Decimal(0))
    return (total / calls).quantize(TENTH, ROUND_HALF_UP)


def _missing_parts(parts: Sequence[Said], length: int, lasts: timedelta) -> str:
    """That an hour is there in part only, in words; "" when it is there whole."""
    pieces = int(lasts / timedelta(minutes=length)) or 1
    there = len({said.at for said in parts})
    if there >= pieces:
        return ""
    return f"{there} of {pieces} intervals of {length} minutes"
