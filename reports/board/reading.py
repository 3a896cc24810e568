"""What the board asks the database: tonight's lines, the nights before, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from escalations.navcounts import OVERDUE
from people.models import Program
from people.ready import planned
from reports.board.hours import Hour, Tonight, hours_of, same_time
from reports.board.rising import DAYS
from reports.counting.counter import Counter
from reports.counting.population import Population

LAST = 6
"""Lines that the board shows."""

_LOGGED = (
    "SELECT counted.place, topic.slug, topic.name, counted.topic_id, logged, unresolved, owed"
    " FROM (SELECT width_bucket(occurred_at, %s::timestamptz[]) AS place, topic_id,"
    " count(*) AS logged, count(*) FILTER (WHERE status = 'unresolved') AS unresolved,"
    " count(*) FILTER (WHERE feedback = 'owed') AS owed FROM escalations_escalation"
    " WHERE program_id = %s AND occurred_at >= %s AND occurred_at < %s AND status <> 'void'"
    " GROUP BY 1, 2) AS counted LEFT JOIN escalations_topic AS topic ON topic.id = topic_id"
)
_LAST = (
    "SELECT line.number, line.occurred_at, left(line.concern, 300), line.status, topic.name,"  # noqa: S608
    " agent.name, agent.employee_id, line.customer_ref FROM escalations_escalation AS line"
    " JOIN people_agent AS agent ON agent.id = line.agent_id"
    " LEFT JOIN escalations_topic AS topic ON topic.id = line.topic_id"
    " WHERE line.program_id = %s AND line.occurred_at >= %s AND line.occurred_at < %s"
    f" AND line.status <> 'void' ORDER BY line.occurred_at DESC, line.id DESC LIMIT {LAST}"
)
_ASIDE = (
    f"SELECT ({OVERDUE}),"  # noqa: S608
    " (SELECT min(occurred_at) FROM escalations_escalation WHERE program_id = %s)"
)
_WITHIN = (
    "SELECT span.starts, (SELECT count(*) FROM escalations_escalation WHERE program_id = %s"
    " AND occurred_at >= span.starts AND occurred_at < span.ends AND status <> 'void')"
    " FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS span (starts, ends)"
)
_OF_TOPIC = (
    "SELECT asked.topic, (SELECT count(*) FROM (SELECT"
    " FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS span (starts, ends) CROSS JOIN LATERAL"
    " (SELECT FROM escalations_escalation WHERE program_id = %s AND topic_id = asked.topic"
    " AND occurred_at >= span.starts AND occurred_at < span.ends AND status <> 'void') AS line"
    " LIMIT asked.most) AS met) FROM unnest(%s::bigint[], %s::integer[]) AS asked (topic, most)"
)


class Topic(NamedTuple):
    """A topic of tonight's lines."""

    pk: int
    slug: str
    name: str


class Line(NamedTuple):
    """One of the last lines, as it is stored; `occurred_at` in UTC, a topic's name or none."""

    number: int
    occurred_at: datetime
    concern: str
    status: str
    topic: str | None
    agent: str
    employee_id: str
    customer_ref: str


@dataclass
class Logged:
    """Tonight's lines that are not void: by the hour's place, by topic, and altogether."""

    by_hour: list[int]
    by_topic: dict[Topic, int] = field(default_factory=dict)
    unresolved: int = 0
    owed: int = 0

    @property
    def all(self) -> int:
        """Every line."""
        return sum(self.by_hour)


class Night(NamedTuple):
    """A shift day before: lines in each of tonight's hours, None for a skipped one; until now."""

    hours: tuple[int | None, ...]
    until: int


def read_logged(tonight: Tonight) -> Logged:
    """Count tonight's lines, by hour and topic at once."""
    bounds = [hour.at for hour in tonight.hours]
    found = Logged([0] * len(bounds))
    values = [bounds, tonight.program.pk, tonight.starts, tonight.ends]
    for place, slug, name, pk, logged, unresolved, owed in planned(_LOGGED, values):
        found.by_hour[place - 1] += logged
        found.unresolved += unresolved
        found.owed += owed
        if pk is not None:
            topic = Topic(pk, slug, name)
            found.by_topic[topic] = found.by_topic.get(topic, 0) + logged
    return found


def read_last(tonight: Tonight) -> list[Line]:
    """The newest lines of tonight, newest first, void ones left out."""
    values = [tonight.program.pk, tonight.starts, tonight.ends]
    return [Line(*row) for row in planned(_LAST, values)]


def read_aside(program: Program) -> tuple[int, datetime | None]:
    """Call-backs overdue now, counted to navcounts.MOST; when the program's first line occurred."""
    ((overdue, first),) = planned(_ASIDE, [program.pk, program.pk])
    return overdue, first


def days_before(tonight: Tonight, first: datetime | None) -> list[date]:
    """The shift days that tonight is compared with: the last 28, none from before the first line.

    Oldest first.
    """
    if first is None:
        return []
    age = (tonight.day - tonight.program.shift_day_of(first)).days
    return [tonight.day - timedelta(days=back) for back in range(min(age, DAYS), 0, -1)]


def read_nights(tonight: Tonight, days: list[date]) -> list[Night]:
    """Count these shift days, which follow one another, by tonight's hours and until now.

    Whole hours are summed up as far as they are settled; of the one that is cut at the present
    time the lines are counted.
    """
    if not days:
        return []
    program = tonight.program
    lines = Counter(Population(program, days[0], days[-1])).by_hour()
    nights = [(hours_of(program, day), same_time(tonight, day)) for day in days]
    cut = {hour.at: by for hours, by in nights for hour in hours if hour.at < by < hour.until}
    values = [program.pk, list(cut), list(cut.values())]
    begun = dict(planned(_WITHIN, values)) if cut else {}
    return [_night(tonight, hours, by, lines, begun) for hours, by in nights]


def _night(
    tonight: Tonight,
    hours: tuple[Hour, ...],
    by: datetime,
    lines: Mapping[datetime, int],
    begun: Mapping[datetime, int],
) -> Night:
    until = sum(begun.get(hour.at, lines.get(hour.at, 0)) for hour in hours if hour.at < by)
    by_key = {hour.key: lines.get(hour.at, 0) for hour in hours if not hour.again}
    return Night(tuple(by_key.get(hour.key) for hour in tonight.hours), until)


def read_topics(tonight: Tonight, days: list[date], most: Mapping[int, int]) -> dict[int, int]:
    """Count lines of topics (by primary key) until now in these days, each to its most at most."""
    if not days or not most:
        return {}
    starts = [tonight.program.shift_bounds(day)[0] for day in days]
    cuts = [same_time(tonight, day) for day in days]
    values = [starts, cuts, tonight.program.pk, list(most), list(most.values())]
    return dict(planned(_OF_TOPIC, values))
