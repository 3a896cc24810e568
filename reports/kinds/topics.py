"""Topics: which make most of the lines, what of each is unresolved, how differently they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import connection
from django.urls import reverse

from calibration.spread import Spread, spread
from calibration.stats import settled_days
from calibration.trend import LATE, trend
from escalations.charts.bars import pareto
from escalations.charts.drawing import Cell, Drawing, Spark, Table
from escalations.charts.lines import sparkline
from escalations.charts.values import NONE, About, Value
from reports.asked import Asked
from reports.counting.counter import Counter, added_up
from reports.counting.narrowing import days_of, narrowing
from reports.definitions.logged import LOGGED, OPEN, UNRESOLVED
from reports.definitions.repeats import WITH_TOPIC
from reports.kinds.drawings import TopicCounts, topics_of
from reports.report import Kind, Listed, Section, definition, fact, shares

MOST_TOPICS = 500
"""Rows of the table; it says when there are more."""
DRAWN = 12
"""Topics that are bars of their own."""
COMPARED, NEWEST = 40, 40
"""Topics whose resolutions are compared, and how many of each, the newest."""
NARROWED = 400
"""Lines whose shift days are enough to compare when an agent, say, is asked about."""
DAYS = 28
"""Shift days of the small lines, the last of the range."""

_RESOLUTIONS = """
    SELECT topic.id, said.resolution, said.logged_by_id
    FROM unnest(%s::bigint[]) AS topic (id) CROSS JOIN LATERAL (
        SELECT resolution, logged_by_id FROM escalations_escalation AS line
        WHERE program_id = %s AND topic_id = topic.id AND status IN ('resolved', 'answered')
        AND occurred_at >= %s AND occurred_at < %s {}
        ORDER BY occurred_at DESC, id DESC LIMIT %s) AS said
"""
_NEWEST = """
    SELECT topic_id, resolution, logged_by_id FROM (
        SELECT topic_id, resolution, logged_by_id, row_number() OVER (
            PARTITION BY topic_id ORDER BY occurred_at DESC, id DESC) AS place
        FROM escalations_escalation AS line
        WHERE topic_id = ANY(%s) AND program_id = %s AND status IN ('resolved', 'answered')
        AND occurred_at >= %s AND occurred_at < %s {}) AS placed
    WHERE place <= %s
"""
NUMBERS = (LOGGED, OPEN, UNRESOLVED)
DayKeyed = Mapping[tuple[date, int], dict[str, int]]
Trends = Mapping[int, tuple[Spark, str]]


def make(asked: Asked) -> tuple[Section, ...]:
    """Count by topic; compare the resolutions of those that have most."""
    counter = Counter(asked.population)
    recent = _recent(asked)
    is_all = _days_shown(asked) == len(asked.population.days)
    counted = added_up(recent) if is_all else counter.by("topic", *NUMBERS)
    topics = topics_of(asked, counted, LOGGED)
    logged = sum(one.counts[LOGGED.slug] for one in topics)
    named = [one for one in topics if one.pk]
    counts = {
        LOGGED.slug: logged,
        WITH_TOPIC.slug: sum(one.counts[LOGGED.slug] for one in named),
    }
    ways = _ways(asked, counter, [one.pk for one in named[:COMPARED]])
    facts = (fact(LOGGED, counts, asked), fact(WITH_TOPIC, counts, asked))
    return (
        Section("pareto", "Which topics", facts, (_pareto(asked, topics),)),
        Section(
            "each-topic", "Each topic", lists=(_each(asked, named, ways, _trends(asked, recent)),)
        ),
    )


def _pareto(asked: Asked, topics: Sequence[TopicCounts]) -> Drawing:
    named = [one for one in topics if one.pk]
    values = [_value(asked, one) for one in named[:DRAWN]]
    rest = []
    if others := named[DRAWN:]:
        count = sum(one.counts[LOGGED.slug] for one in others)
        rest.append(Value(f"{len(others)} other topic{'s' if len(others) > 1 else ''}", count))
    rest += [_value(asked, one) for one in topics if not one.pk]
    about = About(
        "topics-pareto",
        "Topics by how many lines they have",
        "The topics with most lines, and behind each bar the share that all down to it make.",
        "logged",
        "Topic",
        definition(LOGGED),
    )
    return pareto(about, values, rest)


def _value(asked: Asked, topic: TopicCounts) -> Value:
    href = asked.lines(topic=topic.slug, count=LOGGED.slug)
    return Value(topic.name, topic.counts[LOGGED.slug], href=href)


def _each(
    asked: Asked, topics: Sequence[TopicCounts], ways: Mapping[int, Spread], trends: Trends
) -> Listed:
    rows = []
    for topic in topics[:MOST_TOPICS]:
        at = {"p": asked.program.slug, "slug": topic.slug}
        lines = asked.lines(topic=topic.slug)
        counts = [
            Cell(f"{topic.counts[one.slug]:,}", f"{lines}&count={one.slug}") for one in NUMBERS
        ]
        share, interval = shares(topic.counts[UNRESOLVED.slug], topic.counts[LOGGED.slug])
        spark, words = trends.get(topic.pk, (None, NONE))
        rows.append(
            (
                Cell(topic.name, reverse("topic", kwargs=at)),
                *counts,
                Cell(share),
                Cell(interval),
                *_ways_said(ways.get(topic.pk)),
                Cell(words, spark=spark),
            )
        )
    of_days = f"Last {_days_shown(asked)} shift days"
    headings = ("Topic", LOGGED.name, OPEN.name, UNRESOLVED.name, "Share unresolved")
    table = Table((*headings, "95 % interval", "Ways", "Commonest", of_days), tuple(rows))
    newest = f" among the last shift days that have {NARROWED} lines" if _is_narrow(asked) else ""
    note = (
        f"Ways of resolving it: the wordings of the newest {NEWEST} resolved lines of each of the "
        f"{COMPARED} topics with most lines{newest}, those that say the same together, and the "
        "share of the commonest of them."
    )
    if len(topics) > MOST_TOPICS:
        note += f" The {MOST_TOPICS} topics with most lines of {len(topics):,}."
    return Listed("topics-each", "Each topic", table, note)


def _ways_said(found: Spread | None) -> tuple[Cell, Cell]:
    """How many ways, and the share of the commonest in percent."""
    if found is None or not found.lines:
        return Cell(NONE), Cell(NONE)
    return Cell(f"{len(found.ways)}"), Cell(f"{found.percent} %")


def _ways(asked: Asked, counter: Counter, topics: Sequence[int]) -> dict[int, Spread]:
    """How differently the newest lines of each topic were resolved.

    No index has lines by an agent's (a team's …) topics: those of their last days are sorted.
    """
    said: dict[int, list[tuple[str, int]]] = {pk: [] for pk in topics}
    population, statement = asked.population, _RESOLUTIONS
    narrow, values = narrowing(population)
    start, end = population.bounds[0][0], population.bounds[-1][1]
    if _is_narrow(asked):
        counted = counter.by_day(LOGGED).items()
        days = days_of({day: one[LOGGED.slug] for day, one in counted}, NARROWED, newest=True)
        start = asked.program.shift_bounds(days[-1])[0] if days else end
        statement = _NEWEST
    asked_for = [list(topics), asked.program.pk, start, end, *values]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(narrow), [*asked_for, NEWEST])
        for topic, text, who in cursor.fetchall():
            said[topic].append((text, who))
    return {pk: spread(texts) for pk, texts in said.items()}


def _is_narrow(asked: Asked) -> bool:
    return bool(asked.population.narrowed.keys() - {"topic"})


def _days_shown(asked: Asked) -> int:
    return min(DAYS, (asked.last - asked.first).days + 1)


def _recent(asked: Asked) -> DayKeyed:
    """The last shift days, each by topic."""
    first = asked.last - timedelta(days=_days_shown(asked) - 1)
    population = asked.population.within(first, asked.last)
    return Counter(population).by_day_and("topic", *NUMBERS)


def _trends(asked: Asked, recent: DayKeyed) -> Trends:
    """The last shift days of each topic as a small line, and whether it comes more often."""
    count = _days_shown(asked)
    first: date = asked.last - timedelta(days=count - 1)
    days: dict[int, list[int]] = {0: [0] * count}
    for (day, pk), counts in recent.items():
        days.setdefault(pk, [0] * count)[(day - first).days] = counts[LOGGED.slug]
    settled = settled_days([sum(each) for each in zip(*days.values(), strict=True)], days[0])
    return {pk: _trend(each, settled) for pk, each in days.items()}


def _trend(days: Sequence[int], settled: int) -> tuple[Spark, str]:
    """A topic's line and trend; days whose lines mostly have no topic yet say nothing."""
    words = trend(days[:settled]) if settled >= 2 * LATE else ""
    said = f"{sum(days):,} in {len(days)} shift days, the last {days[-1]:,}"
    return sparkline(days, f"{words}: {said}" if words else said), words


KIND = Kind(
    "topics",
    "Topics",
    "Which topics make most of the lines, and how differently they are resolved.",
    make,
)
