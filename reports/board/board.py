"""The board of a program at one instant: its numbers, lines, topics, and the tag of all that."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from calibration.actions.session_steps import without_names
from escalations.charts.scale import figure
from escalations.numbers.wilson import wilson
from people.models import Program
from reports.board.hours import Tonight, tonight
from reports.board.reading import (
    Line,
    Logged,
    Topic,
    days_before,
    read_aside,
    read_last,
    read_logged,
    read_nights,
    read_topics,
)
from reports.board.rising import is_rising, most_before
from reports.board.usual import Usual, usual
from reports.counting.counter import one_moment
from reports.volumes.calls import calls_by_hour

SHORT = 90
"""Letters of a concern; what is cut off ends in an ellipsis."""

TOPICS = 4
"""Rising topics that the board shows, the least likely by chance first."""


@dataclass(frozen=True)
class Shown:
    """A line as the board shows it: nobody's name in it."""

    number: int
    occurred_at: datetime
    concern: str
    status: str
    topic: str


@dataclass(frozen=True)
class Rising:
    """A rising topic: lines tonight, and the mean of the same time on the days before."""

    slug: str
    name: str
    lines: int
    mean: float

    @property
    def mean_said(self) -> str:
        """The mean to one decimal."""
        return figure(round(self.mean, 1))


@dataclass(frozen=True)
class Rate:
    """Escalations of the hours that have a call volume, of the calls handled in them."""

    lines: int
    calls: int
    hours: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.lines / self.calls


@dataclass(frozen=True)
class Board:
    """Everything the board says; two that are equal look the same."""

    day: date
    starts: datetime
    by: datetime
    labels: tuple[str, ...]
    place: int
    """Of the present hour among `labels`."""

    linked: tuple[int | None, ...]
    """The hour on the clock that the sheet filters by; None where that is more than this one."""

    hours: tuple[int, ...]
    logged: int
    unresolved: int
    owed: int
    overdue: int
    days: int
    usually: Usual | None
    usual_hours: tuple[Usual | None, ...]
    rate: Rate | None
    rising: tuple[Rising, ...]
    last: tuple[Shown, ...]

    @property
    def tag(self) -> str:
        """An ETag of what it says, found without rendering it."""
        return f'"{hashlib.blake2b(repr(self).encode(), digest_size=12).hexdigest()}"'


def read_board(program: Program, now: datetime) -> Board:
    """Read the board of a program's shift at an aware instant, all of one moment."""
    with one_moment():
        return _read(tonight(program, now))


def _read(night: Tonight) -> Board:
    overdue, first = read_aside(night.program)
    logged = read_logged(night)
    days = days_before(night, first)
    nights = read_nights(night, days)
    clock = [hour.key[1] for hour in night.hours]
    return Board(
        day=night.day,
        starts=night.starts,
        by=night.by,
        labels=tuple(hour.label for hour in night.hours),
        place=night.place,
        linked=tuple(hour if clock.count(hour) == 1 else None for hour in clock),
        hours=tuple(logged.by_hour),
        logged=logged.all,
        unresolved=logged.unresolved,
        owed=logged.owed,
        overdue=overdue,
        days=len(days),
        usually=usual(one.until for one in nights),
        usual_hours=tuple(usual(one.hours[n] for one in nights) for n in range(len(night.hours))),
        rate=_rate(night, logged),
        rising=_rising(night, logged, days),
        last=tuple(_shown(line) for line in read_last(night)),
    )


def _rate(night: Tonight, logged: Logged) -> Rate | None:
    """None without a call handled in an hour of tonight that has a volume."""
    calls = calls_by_hour(night.program, night.starts, night.ends)
    had = [n for n, hour in zip(logged.by_hour, night.hours, strict=True) if hour.at in calls]
    if (interval := wilson(sum(had), sum(calls.values()))) is None:
        return None
    return Rate(sum(had), sum(calls.values()), len(calls), *interval)


def _rising(night: Tonight, logged: Logged, days: list[date]) -> tuple[Rising, ...]:
    ends = {topic: most_before(n, len(days)) for topic, n in logged.by_topic.items()}
    may = {topic: most for topic, most in ends.items() if most >= 0}
    before = read_topics(night, days, {topic.pk: most + 1 for topic, most in may.items()})
    found = [
        (logged.by_topic[topic] * len(days) / max(before[topic.pk], 0.5), topic)
        for topic in may
        if is_rising(logged.by_topic[topic], before[topic.pk], len(days))
    ]
    return tuple(
        Rising(topic.slug, topic.name, logged.by_topic[topic], before[topic.pk] / len(days))
        for _, topic in sorted(found, key=_most_first)[:TOPICS]
    )


def _most_first(one: tuple[float, Topic]) -> tuple[float, str]:
    return -one[0], one[1].name


def _shown(line: Line) -> Shown:
    said = without_names(line.concern, line.agent, line.employee_id, line.customer_ref)
    said = " ".join(said.split())
    if len(said) > SHORT:
        said = f"{said[: SHORT - 1].rstrip()}…"
    return Shown(line.number, line.occurred_at, said, line.status, line.topic or "")
