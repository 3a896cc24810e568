"""What recording a report would change, hour by hour; and the same, sealed, to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.core import signing

from people.models import Membership, Program
from reports.actions.volumes import seen_digest, volumes_of
from reports.volumes.hourly import Numbers, numbers_of
from reports.volumes.reading import Reading
from reports.volumes.sheet.summing import HourRead

SALT = "reports.volumes"
MOST_SHOWN = 62
"""Shift days whose hours the preview shows one by one."""


@dataclass(frozen=True)
class PlannedHour:
    """An hour as it stands and as it would be."""

    hour: datetime
    before: Numbers
    after: Numbers
    note: str = ""

    @property
    def kind(self) -> str:
        """`new`, `changed` or `same`."""
        if self.before == self.after:
            return "same"
        return "new" if self.before.calls is None else "changed"


@dataclass(frozen=True)
class PlannedDay:
    """The hours of one shift day that a report says something of."""

    day: date
    hours: list[PlannedHour]

    @property
    def calls(self) -> int:
        """The calls of these hours."""
        return sum(one.after.calls or 0 for one in self.hours)

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How many hours are new, changed, the same."""
        words = {"new": "new", "changed": "different", "same": "as they are"}
        counts = [(said, sum(h.kind == kind for h in self.hours)) for kind, said in words.items()]
        return [(said, count) for said, count in counts if count]


@dataclass(frozen=True)
class Plan:
    """What recording would do; `seen` and `sealed` go with the confirmation."""

    source: str
    hours: list[PlannedHour]
    days: list[PlannedDay]
    seen: str
    sealed: str

    @property
    def whole(self) -> PlannedDay:
        """All hours, to be counted."""
        return PlannedDay(date.min, self.hours)

    @property
    def changes(self) -> int:
        """How many hours would be new or different."""
        return sum(one.kind != "same" for one in self.hours)

    @property
    def shown(self) -> list[PlannedDay]:
        """The days that are shown hour by hour."""
        return self.days[:MOST_SHOWN]

    @property
    def not_shown(self) -> int:
        """How many days are shown as a sum only."""
        return max(len(self.days) - MOST_SHOWN, 0)


def plan_of(reading: Reading, source: str, by: Membership) -> Plan:
    """What recording a report would change now.

    Averages the report has no column for stay as they are.
    """
    before = volumes_of(by.program, reading.hours)
    after = {
        hour: _kept(one, numbers_of(before.get(hour)), reading)
        for hour, one in reading.hours.items()
    }
    notes = {hour: one.note for hour, one in reading.hours.items()}
    return _planned(after, source, by, notes)


def planned_again(sealed: str, by: Membership) -> Plan:
    """The same report against what stands now; raises ValueError as `unseal` does."""
    source, hours = unseal(sealed, by)
    return _planned(hours, source, by, {})


def unseal(sealed: str, by: Membership) -> tuple[str, dict[datetime, Numbers]]:
    """Source and hours of a plan that this member was shown; raises ValueError, a sentence."""
    try:
        said = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        said = {}
    if said.get("who") != [by.program_id, by.user_id]:
        raise ValueError("The preview is not one of yours. Read the report once more.")
    hours = {
        datetime.fromtimestamp(at, UTC): Numbers(calls, _decimal(wait), _decimal(handling))
        for at, calls, wait, handling in said["hours"]
    }
    return said["source"], hours


def _planned(
    hours: Mapping[datetime, Numbers], source: str, by: Membership, notes: Mapping[datetime, str]
) -> Plan:
    before = volumes_of(by.program, hours)
    planned = [
        PlannedHour(hour, numbers_of(before.get(hour)), after, notes.get(hour, ""))
        for hour, after in sorted(hours.items())
    ]
    return Plan(
        source=source,
        hours=planned,
        days=_by_day(planned, by.program),
        seen=seen_digest(hours, before),
        sealed=_sealed(hours, source, by),
    )


def _kept(one: HourRead, before: Numbers, reading: Reading) -> Numbers:
    """The hour's numbers, with the averages that stand where the report has none."""
    numbers = one.numbers
    if not reading.says_wait:
        numbers = replace(numbers, wait=before.wait)
    if not reading.says_handling:
        numbers = replace(numbers, handling=before.handling)
    return numbers


def _by_day(hours: list[PlannedHour], program: Program) -> list[PlannedDay]:
    grouped = groupby(hours, key=lambda one: program.shift_day_of(one.hour))
    return [PlannedDay(day, list(those)) for day, those in grouped]


def _sealed(hours: Mapping[datetime, Numbers], source: str, by: Membership) -> str:
    said: dict[str, Any] = {
        "who": [by.program_id, by.user_id],
        "source": source,
        "hours": [
            [int(hour.timestamp()), numbers.calls, _text(numbers.wait), _text(numbers.handling)]
            for hour, numbers in hours.items()
        ],
    }
    return signing.dumps(said, salt=SALT, compress=True)


def _text(seconds: Decimal | None) -> str | None:
    return None if seconds is None else str(seconds)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
