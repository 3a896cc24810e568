"""Waiting: what is unresolved, with the client or answered, how old it is, and what is oldest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from escalations.charts.bars import bar, stacked
from escalations.charts.drawing import Cell, Drawing, Table
from escalations.charts.scale import whole
from escalations.charts.values import NONE, About, Series, Value
from escalations.models import Status
from people.templatetags.tala import day as say_day
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.counting.lines import first_day
from reports.counting.narrowing import days_of, narrowing
from reports.definitions.logged import ANSWERED, FORWARDED, LOGGED, OPEN, UNRESOLVED
from reports.definitions.number import Number
from reports.definitions.waiting import LETTER_AGE, LINE_AGE
from reports.kinds.drawings import Course, columns, course, share_line
from reports.report import Fact, Kind, Listed, Section, fact
from reports.start.ages import Age, ages

NUMBERS = (LOGGED, OPEN, UNRESOLVED, FORWARDED, ANSWERED)
WAITS = (UNRESOLVED, FORWARDED)
OLDEST = 20
CONCERN = 120
"""Letters of a concern that a list shows."""

_OLDEST = """
    SELECT oldest.* FROM unnest(%s) AS open (status)
    CROSS JOIN unnest(%s::timestamptz[], %s::timestamptz[]) AS day (starts, ends)
    CROSS JOIN LATERAL (
        SELECT line.number, line.occurred_at, line.status, topic.name, left(line.concern, %s)
        FROM escalations_escalation AS line
        LEFT JOIN escalations_topic AS topic ON topic.id = line.topic_id
        WHERE line.program_id = %s AND line.status = open.status
        AND line.occurred_at >= day.starts AND line.occurred_at < day.ends {}
        ORDER BY line.occurred_at, line.id LIMIT %s) AS oldest
    ORDER BY oldest.occurred_at, oldest.number LIMIT %s
"""
_LETTERS = """
    SELECT count(*) FILTER (WHERE share < 0.5),
        count(*) FILTER (WHERE share >= 0.5 AND share < 0.9),
        count(*) FILTER (WHERE share >= 0.9 AND due_at >= %s), count(*) FILTER (WHERE due_at < %s)
    FROM (SELECT due_at, extract(epoch FROM %s - sent_at)
            / greatest(extract(epoch FROM due_at - sent_at), 1) AS share
        FROM escalations_forwarding
        WHERE program_id = %s AND state = 'sent' AND due_at IS NOT NULL) AS letter
"""


def make(asked: Asked) -> tuple[Section, ...]:
    """Count what waits by day, and look at what waits longest."""
    by_day = Counter(asked.population).by_day(*NUMBERS)
    drawings = [_ages(asked, by_day)]
    if asked.membership.may("forward"):
        drawings.append(_letters(asked))
    old = Section("ages", "How old it is", facts=_earlier(asked), drawings=tuple(drawings))
    return (_stands(course(asked, by_day)), old, _oldest(asked, by_day))


def _stands(parted: Course) -> Section:
    asked, per = parted.asked, parted.periods.per
    counts = parted.counts
    return Section(
        "waiting",
        "What waits",
        facts=tuple(fact(one, counts, asked) for one in (OPEN, UNRESOLVED, FORWARDED, ANSWERED)),
        drawings=(
            columns(
                "waiting-by-period",
                f"What waits, per {per}",
                f"How many lines of each {per} are open now, and whose turn it is.",
                parted,
                UNRESOLVED,
                FORWARDED,
                ANSWERED,
            ),
            share_line(
                "unresolved-by-period",
                f"Share unresolved, per {per}",
                f"How many of the lines of each {per} are unresolved now.",
                parted,
                UNRESOLVED,
                LOGGED,
            ),
        ),
    )


def _ages(asked: Asked, by_day: Mapping[date, Mapping[str, int]]) -> Drawing:
    promise = asked.program.promise_days
    bands = list(reversed(ages(promise, asked.today)))
    series = [
        Series(one.name, [_of_age(asked, by_day, band, one) for band in bands]) for one in WAITS
    ]
    about = About(
        "open-ages",
        f"Age of what waits, against the promise of {promise} shift days",
        "How many shift days ago the lines that are unresolved or with the client were escalated.",
        "escalations",
        "Age",
        LINE_AGE.hover,
        whole,
    )
    return stacked(about, series)


def _of_age(
    asked: Asked, by_day: Mapping[date, Mapping[str, int]], band: Age, number: Number
) -> Value:
    """The lines of an age that are in the range; no figure where none of its days is."""
    words = f"{band.name} ({band.words})" if band.words else band.name
    first, last = max(band.first or asked.first, asked.first), min(band.last, asked.last)
    if first > last:
        return Value(band.name, None, f"{words}: not in these shift days")
    count = sum(counts[number.slug] for day, counts in by_day.items() if first <= day <= last)
    span: dict[str, date] = {"from": first, "to": last}
    said = f"{words}: {count:,} {number.name.lower()}"
    return Value(band.name, count, said, asked.lines(**span, count=number.slug))


def _earlier(asked: Asked) -> tuple[Fact, ...]:
    """What waits from before the range, which no figure of it counts; only where there is some."""
    last = asked.first - timedelta(days=1)
    first = first_day(asked.program)
    if first is None or first > last:
        return ()
    found = Counter(asked.population.within(first, last), by_months=True).total(*WAITS)
    before: dict[str, date | None] = {"from": None, "to": last}
    return tuple(
        Fact(
            f"{one.name}, from before",
            f"{found[one.slug]:,}",
            f"{one.rule} Of the shift days before the first one asked for.",
            asked.lines(**before, count=one.slug),
            slug=one.slug,
            value=found[one.slug],
        )
        for one in WAITS
        if found[one.slug]
    )


def _letters(asked: Asked) -> Drawing:
    """Letters of now, whatever the range; one statement."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS, [now, now, now, asked.program.pk])
        (counts,) = cursor.fetchall()
    url = reverse("letters", kwargs={"p": asked.program.slug})
    names = ("first half", "second half", "last tenth", "overdue")
    values = [
        Value(name, count, href=f"{url}?state={'overdue' if name == 'overdue' else 'sent'}")
        for name, count in zip(names, counts, strict=True)
    ]
    about = About(
        "letter-ages",
        "Letters with the client, by how much of their promised time has passed",
        "How many letters wait for the client’s answer now, whatever the range.",
        "letters",
        "Of the promised time",
        LETTER_AGE.hover,
        whole,
    )
    return bar(about, values)


def _oldest(asked: Asked, by_day: Mapping[date, Mapping[str, int]]) -> Section:
    """The open lines of the range that were escalated first, read from the days that have them."""
    narrow, values = narrowing(asked.population)
    days = days_of({day: counts[OPEN.slug] for day, counts in by_day.items()}, OLDEST)
    spans = [asked.program.shift_bounds(day) for day in days]
    starts, ends = ([span[n] for span in spans] for n in (0, 1))
    statuses = ["unresolved", "forwarded", "answered"]
    asked_for = [statuses, starts, ends, CONCERN, asked.program.pk, *values, OLDEST, OLDEST]
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST.format(narrow), asked_for)
        found = cursor.fetchall()
    rows = tuple(_line(asked, *row) for row in found)
    headings = ("Line", "Shift day", "Age in shift days", "Status", "Topic", "Concern")
    title = "The oldest open lines"
    note = (
        f"At most {OLDEST}, the oldest first." if rows else "No line of these shift days is open."
    )
    listed = Listed("oldest-open", title, Table(headings, rows), note, texts=(1, 3, 4, 5))
    return Section("oldest", title, lists=(listed,))


def _line(
    asked: Asked, number: int, at: datetime, status: str, topic: str | None, concern: str
) -> tuple[Cell, ...]:
    on = asked.program.shift_day_of(at)
    url = reverse("line", kwargs={"p": asked.program.slug, "n": number})
    age = (asked.today - on).days
    words = (say_day(on), f"{age:,}", Status(status).label, topic or NONE, concern)
    return (Cell(str(number), url), *map(Cell, words))


KIND = Kind(
    "waiting",
    "Waiting",
    "What is unresolved or with the client, how old it is against the promise, and the oldest.",
    make,
)
