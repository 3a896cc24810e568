"""The numbers of topics: how many lines, in which nights, how differently they were resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from calibration.spread import Spread, spread
from calibration.trend import trend
from escalations.models import Topic
from people.models import Program

DAYS = 28
"""Shift days, the current one included, of which the lines are counted."""
CAP = 1_000
"""Lines of a topic that are counted before a number is said as `1,000+`."""
NEWEST = 50_000
"""Lines of those days that are counted, the newest."""
MOST_TOPICS = 500
COMPARED = 40
"""Newest resolutions of a topic that are compared in the list of topics."""
COMPARED_ALONE = 1_000
"""The same on the topic's own page."""
COUNTED_ALONE = 10_000
OPEN = ("unresolved", "forwarded", "answered")

_WINDOW = """
    WITH newest AS MATERIALIZED (
        SELECT topic_id, occurred_at FROM escalations_escalation
        WHERE program_id = %(program)s AND occurred_at >= %(start)s AND occurred_at < %(end)s
        AND status <> 'void' ORDER BY occurred_at DESC, id DESC LIMIT %(newest)s
    ), per_day AS (
        SELECT topic_id, width_bucket(occurred_at, %(days)s::timestamptz[]) AS day, count(*) AS n
        FROM newest GROUP BY 1, 2
    ), per_topic AS (
        SELECT topic_id, array_agg(day) AS days, array_agg(n) AS counts, sum(n) AS recent
        FROM per_day GROUP BY 1
    )
"""
_COUNT = """
    (SELECT count(*) FROM (SELECT FROM escalations_escalation AS line
        WHERE line.program_id = %(program)s AND line.topic_id {} AND line.status <> 'void'
        LIMIT %(cap)s) AS counted)
"""
_NUMBERS = f"""{_WINDOW}
    SELECT id, name, slug, days, counts, {_COUNT.format("= shown.id")} FROM (
        SELECT topic.id, topic.name, topic.slug, days, counts, coalesce(recent, 0) AS recent
        FROM escalations_topic AS topic LEFT JOIN per_topic ON per_topic.topic_id = topic.id
        WHERE topic.program_id = %(program)s
        AND topic.merged_into_id IS NULL AND topic.withdrawn_at IS NULL
        ORDER BY recent DESC, lower(topic.name), topic.id LIMIT %(topics)s
    ) AS shown
    UNION ALL
    SELECT NULL, '', '', days, counts, {_COUNT.format("IS NULL")}
    FROM (VALUES (1)) AS one LEFT JOIN per_topic ON per_topic.topic_id IS NULL
"""  # noqa: S608  no text of anybody's is in it


@dataclass
class TopicNumbers:
    """One topic's numbers; `pk` is None for the lines without a topic.

    `days` counts its lines per shift day, oldest first; `total` all of them up to CAP + 1;
    `percent` is its share of all lines of these days, `running` with those above it, and
    `beside_largest` what it is of the topic that has most. The first `settled` days are compared.
    """

    pk: int | None
    name: str
    slug: str
    days: list[int]
    total: int
    cap: int = CAP
    percent: float = 0.0
    running: float = 0.0
    beside_largest: float = 0.0
    settled: int = DAYS
    spread: Spread = field(default_factory=lambda: Spread([], 0))

    @property
    def recent(self) -> int:
        """Lines of the last DAYS shift days."""
        return sum(self.days)

    @property
    def total_said(self) -> str:
        """`812`, or `1,000+`."""
        return f"{self.cap:,}+" if self.total > self.cap else f"{self.total:,}"

    @property
    def trend(self) -> str:
        """`rising`, `falling`, `steady`, `new`, or nothing when there is too little to say."""
        return trend(self.days[: self.settled]) if self.settled > DAYS // 2 else ""

    @property
    def points(self) -> str:
        """The nights as the points of a line, 81 wide and 16 high."""
        top = max(self.days, default=0) or 1
        return " ".join(f"{3 * n},{16 - 14 * count / top:.1f}" for n, count in enumerate(self.days))


@dataclass
class Numbers:
    """The topics, most lines in these days first, and the lines without one."""

    topics: list[TopicNumbers]
    ungrouped: TopicNumbers
    first: date
    is_cut: bool
    has_more: bool

    @property
    def everything(self) -> list[TopicNumbers]:
        """The topics and the lines without one."""
        return [*self.topics, self.ungrouped]

    @property
    def recent(self) -> int:
        """All lines of these days, as far as they were counted."""
        return sum(topic.recent for topic in self.everything)


def numbers(program: Program, *, compared: int = COMPARED) -> Numbers:
    """The numbers of a program's live topics; two queries, whatever the size of the log.

    The spread is worked out for the first `compared` topics.
    """
    values, first = _window(program)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, values | {"topics": MOST_TOPICS + 1, "cap": CAP + 1})
        found = [
            TopicNumbers(pk, name, slug, _per_day(days, counts), total)
            for pk, name, slug, days, counts, total in cursor.fetchall()
        ]
    ungrouped = found.pop()
    shown = Numbers(found[:MOST_TOPICS], ungrouped, first, False, len(found) > MOST_TOPICS)  # noqa: FBT003
    shown.is_cut = shown.recent >= NEWEST
    _shares(shown)
    _spreads(shown.topics[:compared], program)
    return shown


def _window(program: Program) -> tuple[dict[str, Any], date]:
    today = program.current_shift()
    days = [today - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    starts = [program.shift_bounds(day)[0] for day in days]
    bounds: dict[str, Any] = {"start": starts[0], "end": program.shift_bounds(today)[1]}
    return bounds | {"program": program.pk, "days": starts, "newest": NEWEST}, days[0]


def _per_day(days: list[int] | None, counts: list[int] | None) -> list[int]:
    """Counts of the days from 1 to DAYS, those of no lines too."""
    found = dict(zip(days or [], counts or [], strict=True))
    return [found.get(day, 0) for day in range(1, DAYS + 1)]


def _shares(shown: Numbers) -> None:
    everything, running = shown.recent or 1, 0
    largest = shown.topics[0].recent if shown.topics else 0
    every_day = [sum(counts) for counts in zip(*(t.days for t in shown.everything), strict=True)]
    settled = settled_days(every_day, shown.ungrouped.days)
    shown.ungrouped.settled = DAYS - 1
    for topic in shown.topics:
        running += topic.recent
        topic.settled, topic.beside_largest = settled, 100 * topic.recent / (largest or 1)
        topic.percent, topic.running = (100 * n / everything for n in (topic.recent, running))
    shown.ungrouped.percent = 100 * shown.ungrouped.recent / everything


def settled_days(every: list[int], ungrouped: list[int]) -> int:
    """How many days there are before those at the end that are mostly not grouped yet.

    The last one, which still runs, is never among them. What came in nights that nobody has looked
    at is no sign that a topic comes less often.
    """
    days = len(every) - 1
    while days and 2 * ungrouped[days - 1] > every[days - 1]:
        days -= 1
    return days


def _spreads(topics: list[TopicNumbers], program: Program) -> None:
    said = _resolutions([topic.pk for topic in topics if topic.pk], program, most=COMPARED)
    for topic in topics:
        topic.spread = spread(said[topic.pk or 0])


def _resolutions(
    topics: Iterable[int], program: Program, *, most: int
) -> dict[int, list[tuple[str, int]]]:
    """The newest resolutions of each topic and who they are of; one query."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT topic.id, line.resolution, line.logged_by_id"
            " FROM unnest(%s::bigint[]) AS topic (id) CROSS JOIN LATERAL ("
            "  SELECT resolution, logged_by_id FROM escalations_escalation"
            "  WHERE program_id = %s AND topic_id = topic.id AND status IN ('resolved', 'answered')"
            "  ORDER BY occurred_at DESC, id DESC LIMIT %s) AS line",
            [list(topics), program.pk, most],
        )
        for topic, said, who in cursor.fetchall():
            found[topic].append((said, who))
    return found


@dataclass
class TopicFacts:
    """One topic on its own page: its numbers, and lines by status among the newest `counted`."""

    numbers: TopicNumbers
    by_status: dict[str, int]
    counted: int
    first: date

    @property
    def is_capped(self) -> bool:
        """Whether older lines were not counted."""
        return self.counted >= COUNTED_ALONE

    @property
    def open_lines(self) -> int:
        """Lines that wait for the manager, the client or the floor."""
        return sum(self.by_status.get(status, 0) for status in OPEN)


_ALONE = """
    SELECT status, CASE WHEN occurred_at < %(end)s
            THEN width_bucket(occurred_at, %(days)s::timestamptz[]) ELSE 0 END AS day, count(*)
    FROM (SELECT status, occurred_at FROM escalations_escalation
        WHERE program_id = %(program)s AND topic_id = %(topic)s
        ORDER BY occurred_at DESC, id DESC LIMIT %(most)s) AS line
    GROUP BY 1, 2
"""


def facts(topic: Topic, program: Program) -> TopicFacts:
    """The numbers of one topic, of its newest lines; three queries."""
    values, first = _window(program)
    with connection.cursor() as cursor:
        cursor.execute(_ALONE, values | {"topic": topic.pk, "most": COUNTED_ALONE})
        rows: list[tuple[str, int, int]] = cursor.fetchall()
    by_status: dict[str, int] = defaultdict(int)
    days = [0] * (DAYS + 1)
    for status, day, count in rows:
        by_status[status] += count
        days[day] += count if status != "void" else 0
    alive = sum(count for status, count in by_status.items() if status != "void")
    own = TopicNumbers(topic.pk, topic.name, topic.slug, days[1:], alive, cap=COUNTED_ALONE - 1)
    said = _resolutions([topic.pk], program, most=COMPARED_ALONE)
    own.spread = spread(said[topic.pk])
    own.settled = _settled(values)
    return TopicFacts(own, dict(by_status), sum(by_status.values()), first)


def _settled(values: dict[str, Any]) -> int:
    """The same for a program: one query."""
    every, ungrouped = [0] * (DAYS + 1), [0] * (DAYS + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_WINDOW} SELECT day, sum(n), sum(n) FILTER (WHERE topic_id IS NULL)"  # noqa: S608
            " FROM per_day GROUP BY 1",
            values,
        )
        for day, lines, without in cursor.fetchall():
            every[day], ungrouped[day] = lines, without or 0
    return settled_days(every[1:], ungrouped[1:])
