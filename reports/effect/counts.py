"""Escalations of every topic per shift day, beside the calls handled: what verdicts are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from calibration.effect.card import Per
from calibration.effect.days import Day
from people.models import Program
from people.shiftday import clock_hour
from reports.counting.counter import Counter
from reports.counting.population import Population
from reports.definitions.logged import LOGGED
from reports.volumes.calls import calls_by_hour

ONE_DAY, ONE_HOUR = timedelta(days=1), timedelta(hours=1)
NO_TOPIC = 0
ByTopic = dict[int, dict[date, int]]
"""Lines by topic (primary key, 0 for none) and shift day; what has none is not there."""

_OUTSIDE = """
    SELECT missing.place, coalesce(line.topic_id, 0), count(*)
    FROM unnest(%s::timestamptz[], %s::timestamptz[])
        WITH ORDINALITY AS missing (begins, ends, place)
    CROSS JOIN LATERAL (
        SELECT topic_id FROM escalations_escalation
        WHERE program_id = %s AND status <> 'void'
        AND occurred_at >= missing.begins AND occurred_at < missing.ends
    ) AS line GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Floor:
    """The shift days of a program from `first` to `last`, void lines left out.

    `outside` are the lines in hours without a call volume, on the days that have some; `calls` the
    calls handled in such a day.
    """

    first: date
    last: date
    lines: ByTopic
    outside: ByTopic
    calls: dict[date, int]
    every: dict[date, int]

    def days(self, topics: Collection[int], first: date, last: date, per: Per) -> list[Day]:
        """The days of these topics together; per call only what came in hours with a volume."""
        is_per_call = per is Per.CALLS
        events = self._together(topics, self.lines)
        outside = self._together(topics, self.outside) if is_per_call else {}
        found = []
        for n in range((last - first).days + 1):
            on = first + n * ONE_DAY
            base = self.calls.get(on) if is_per_call else self.every.get(on, 0)
            found.append(Day(on, events.get(on, 0) - outside.get(on, 0), base))
        return found

    def _together(self, topics: Collection[int], lines: ByTopic) -> dict[date, int]:
        """The lines of these topics by day; of most topics, all lines without those of the rest."""
        asked = [topic for topic in topics if topic in lines]
        if len(asked) == 1:
            return lines[asked[0]]
        if 2 * len(asked) <= len(lines):
            return _summed(lines[topic] for topic in asked)
        whole = self.every if lines is self.lines else _summed(lines.values())
        rest = _summed(lines[topic] for topic in lines.keys() - set(asked))
        return {day: count - rest.get(day, 0) for day, count in whole.items()}

    def share_without_topic(self, first: date, last: date) -> float | None:
        """Which share of all lines of these days has no topic; None without lines."""
        every, none = self.every, self.lines.get(NO_TOPIC, {})
        days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
        of = sum(every.get(on, 0) for on in days)
        return sum(none.get(on, 0) for on in days) / of if of else None

    def grouped_until(self, first: date, since: date, until: date) -> date:
        """The last day of `since` to `until` that is grouped as days before it were.

        At the end of the log the captain has not come to most lines yet; such days would look as
        if every topic came less often. They are those at the end of whose lines less than half as
        large a share has a topic as from `first` to before `since`.
        """
        if since > until:
            return until
        usual = self.share_without_topic(first, since - ONE_DAY)
        if usual is None or usual >= 1:
            return until
        day, kept = until, until
        while day >= since:
            share = self.share_without_topic(day, day)
            if share is not None and 1 - share >= (1 - usual) / 2:
                break
            day -= ONE_DAY
            kept = day if share is not None else kept
        return kept


def _summed(counts: Iterable[dict[date, int]]) -> dict[date, int]:
    found: dict[date, int] = defaultdict(int)
    for one in counts:
        for day, count in one.items():
            found[day] += count
    return found


def read_floor(program: Program, first: date, last: date) -> Floor:
    """Count the days from `first` to `last`; a handful of statements, whatever their number."""
    counted = Counter(Population(program, first, last)).by_day_and("topic", LOGGED)
    lines: ByTopic = defaultdict(dict)
    every: dict[date, int] = defaultdict(int)
    for (day, topic), counts in counted.items():
        lines[topic][day] = counts[LOGGED.slug]
        every[day] += counts[LOGGED.slug]
    start, end = program.shift_bounds(first)[0], program.shift_bounds(last)[1]
    hours = calls_by_hour(program, start - ONE_HOUR, end)
    calls, missing = _calls(program, hours, first, last) if hours else ({}, [])
    return Floor(
        first=first,
        last=last,
        lines=dict(lines),
        outside=_outside(program, missing),
        calls=calls,
        every=dict(every),
    )


Gap = tuple[date, datetime, datetime]


def _calls(
    program: Program, hours: dict[datetime, int], first: date, last: date
) -> tuple[dict[date, int], list[Gap]]:
    """The calls of each day that has a volume, and the stretches of these days without one.

    A volume belongs to the day in which its hour begins; a day that starts off the hour begins
    with the rest of an hour, whose volume is of the day before.
    """
    calls: dict[date, int] = {}
    missing: list[Gap] = []
    for n in range((last - first).days + 1):
        day = first + n * ONE_DAY
        pieces = program.shift_hours(day)
        known = [piece in hours for piece in pieces]
        if not any(known):
            continue
        calls[day] = sum(hours[piece] for piece, has in zip(pieces, known, strict=True) if has)
        known[0] = clock_hour(pieces[0], program.zone) in hours
        ends = [*pieces[1:], program.shift_bounds(day)[1]]
        for begins, until, has in zip(pieces, ends, known, strict=True):
            if has:
                continue
            if missing and missing[-1][0] == day and missing[-1][2] == begins:
                missing[-1] = (day, missing[-1][1], until)
            else:
                missing.append((day, begins, until))
    return calls, missing


def _outside(program: Program, missing: list[Gap]) -> ByTopic:
    """The lines of stretches without a volume: these alone are counted one by one."""
    found: ByTopic = defaultdict(lambda: defaultdict(int))
    if not missing:
        return {}
    days, starts, ends = (list(side) for side in zip(*missing, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE, [starts, ends, program.pk])
        for place, topic, count in cursor.fetchall():
            found[topic][days[place - 1]] += count
    return {topic: dict(counts) for topic, counts in found.items()}
