"""PostgreSQL puts every line of the nights of the clocks into the same day and hour as Python."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from escalations.copying import columns_of, copy_rows
from escalations.models import Escalation
from people.models import Program
from people.shiftday import clock_hour, shift_bounds, shift_day, shift_hours
from people.tests.factories import AgentFactory, UserFactory
from people.tests.test_shift_hours import NIGHTS, ONE_DAY, STARTS, minutes_of

BUCKETS = """
SELECT width_bucket(occurred_at, %s::timestamptz[]), count(*)
FROM escalations_escalation WHERE program_id = %s AND occurred_at >= %s AND occurred_at < %s
GROUP BY 1
"""


def log_every_minute(program: Program) -> list[datetime]:
    """One line a minute of both nights in each zone, by COPY; gives when they occurred."""
    agent, sme = AgentFactory(program=program), UserFactory()
    nights = [
        minute
        for name, both in NIGHTS.items()
        for night in both
        for minute in minutes_of(night, ZoneInfo(name))
    ]
    minutes = sorted(set(nights))
    row = columns_of(Escalation) | {
        "program_id": program.pk,
        "agent_id": agent.pk,
        "logged_by_id": sme.pk,
        "concern": "waive all the charges",
    }
    rows = [
        list((row | {"number": at, "key": uuid.uuid4(), "occurred_at": minute}).values())
        for at, minute in enumerate(minutes, start=1)
    ]
    copy_rows(Escalation, list(row | {"number": 0, "key": 0, "occurred_at": 0}), rows)
    return minutes


def counted(program: Program, starts: list[datetime], end: datetime) -> dict[datetime, int]:
    with connection.cursor() as cursor:
        cursor.execute(BUCKETS, [starts, program.pk, starts[0], end])
        return {starts[place - 1]: lines for place, lines in cursor}


def test_the_database_and_python_agree_on_every_minute(skyline: Program) -> None:
    minutes = log_every_minute(skyline)
    for name, nights in NIGHTS.items():
        zone = ZoneInfo(name)
        for night in nights:
            for starts_at in STARTS:
                days = [night + ahead * ONE_DAY for ahead in (-2, -1, 0)]
                hours = [hour for day in days for hour in shift_hours(day, zone, starts_at)]
                end = shift_bounds(days[-1], zone, starts_at)[1]
                held = [m for m in minutes if hours[0] <= m < end]
                said = counted(skyline, hours, end)
                assert said == Counter(clock_hour(minute, zone) for minute in held)
                assert sum(said.values()) == len(held) >= 1380
                starts = [shift_bounds(day, zone, starts_at)[0] for day in days]
                by_day = counted(skyline, starts, end)
                of = [shift_bounds(shift_day(m, zone, starts_at), zone, starts_at)[0] for m in held]
                assert by_day == Counter(of)
