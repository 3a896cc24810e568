"""The nights before: believable lines, the same ones each time for the same distance in days."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from config.demo.lastnight import LAST_NIGHT
from config.demo.topics import Topic
from config.demo.words_billing import BILLING
from config.demo.words_service import SERVICE
from escalations.models import Feedback, Status

NIGHTS = 90
TOPICS = BILLING + SERVICE
PER_WEEKDAY = (39, 35, 32, 30, 28, 22, 19)
"""Lines of a usual night, Monday first."""
PER_HOUR = {18: 1, 19: 3, 20: 6, 21: 9, 22: 11, 23: 11, 0: 10, 1: 9, 2: 8, 3: 7, 4: 5, 5: 3, 6: 2}
RISING_FOR = 14
"""For how many nights the rising topic has been rising."""
UNFILED_PERCENT = {1: 100, 2: 85, 3: 60, 4: 35}
"""How much of a night the captain has not grouped yet; little of those before."""
SME_SHARE = {"sme": 24, "sme2": 22, "sme3": 19, "sme4": 16, "sme5": 13, "captain": 6}
CHANNELS = ("HBO", "the sports pack", "ESPN", "the kids pack", "GMA Pinoy TV", "Showtime")
DEVICES = ("DVR", "modem", "cable box", "wifi extender")
MONTHS = tuple(calendar.month_name)[1:]
VOID_REASONS = (
    "logged twice",
    "wrong program, was a Harbor call",
    "caller hung up, nothing to log",
)
ENDINGS = (
    "client approved, credited",
    "client said no, customer informed",
    "called back, accepted offer",
    "resolved by supervisor callback",
    "closed, customer no longer answers",
)

TOLD = {"feedback": Feedback.GIVEN}
"""A change that is made by telling the agent something."""

Place = Callable[[time, date], datetime]
"""Gives the instant of a wall-clock time in a shift day."""


@dataclass(frozen=True)
class Change:
    """A later edit: what is set, who does it, and how long after the line it was."""

    to: dict[str, Any]
    by: str
    after: timedelta


@dataclass(frozen=True)
class Planned:
    """A line to log: its words, who says it, and what became of it later.

    `topic` is what the captain filed it under, if it was; `night` counts back, the latest is 1.
    """

    employee_id: str
    logged_by: str
    words: dict[str, Any]
    changes: list[Change] = field(default_factory=list)
    topic: str = ""
    night: int = 1


def all_nights(last: date, agents: list[str], place: Place) -> list[Planned]:
    """Every line from `NIGHTS` shift days up to `last`, oldest first; agents by employee ID."""
    planned: list[Planned] = []
    for distance in range(NIGHTS, 1, -1):
        planned += _night(distance, last - timedelta(days=distance - 1), agents, place)
    return planned + list(_last_night(last, place))


def _last_night(day: date, place: Place) -> Iterator[Planned]:
    for wall, agent, concern, resolution, unresolved, feedback, sme in LAST_NIGHT:
        at = place(time.fromisoformat(wall), day)
        words = {
            "occurred_at": at,
            "received_at": at + timedelta(minutes=4, seconds=20),
            "concern": concern,
            "resolution": resolution,
            "status": Status.UNRESOLVED if unresolved else Status.RESOLVED,
            "requires_feedback": feedback,
        }
        yield Planned(agent, sme, words)


def _night(distance: int, day: date, agents: list[str], place: Place) -> list[Planned]:
    dice = random.Random(f"tala {distance}")  # noqa: S311  nothing secret: the same each time
    count = min(45, max(15, PER_WEEKDAY[day.weekday()] + dice.randint(-4, 5)))
    weights = [_weight(topic, distance) for topic in TOPICS]
    lines = []
    for _ in range(count):
        hour = dice.choices(list(PER_HOUR), list(PER_HOUR.values()))[0]
        at = place(time(hour, dice.randrange(60)), day)
        topic = dice.choices(TOPICS, weights)[0]
        lines.append(_line(topic, at, distance, agents, dice))
    return sorted(lines, key=lambda line: (line.words["occurred_at"], line.words["received_at"]))


def _weight(topic: Topic, distance: int) -> int:
    if topic.rising and distance <= RISING_FOR:
        return topic.weight + 2 * (RISING_FOR + 2 - distance)
    return topic.before if topic.before and distance > topic.calmed else topic.weight


def _line(
    topic: Topic, at: datetime, distance: int, agents: list[str], dice: random.Random
) -> Planned:
    fill = {
        "amount": f"${dice.choice((5, 7, 9, 10, 12, 15, 18, 25, 34, 40, 60, 85, 120))}",
        "month": MONTHS[at.month - 2],
        "days": dice.randint(2, 6),
        "device": dice.choice(DEVICES),
        "channel": dice.choice(CHANNELS),
    }
    sme = dice.choices(list(SME_SHARE), list(SME_SHARE.values()))[0]
    # The first agents of each team are newer and hand over more calls.
    agent = dice.choices(agents, [3 if n % 10 < 4 else 1 for n in range(len(agents))])[0]
    unresolved = dice.randrange(100) < topic.unresolved_percent
    concern, places = dice.choice(topic.concerns)
    fitting = [topic.resolutions[int(place)] for place in places]
    words: dict[str, Any] = {
        "occurred_at": at,
        "received_at": at + timedelta(seconds=dice.randint(70, 900)),
        "concern": concern.format(**fill),
        "resolution": dice.choice(topic.unresolved if unresolved else fitting).format(**fill),
        "status": Status.UNRESOLVED if unresolved else Status.RESOLVED,
        "requires_feedback": dice.randrange(100) < topic.feedback_percent,
    }
    words |= _facts(topic, at, dice, unresolved=unresolved)
    changes = []
    filed: dict[str, Any] = {"topic": _filed_under(topic, distance, concern), "night": distance}
    if unresolved and dice.randrange(100) < min(80, 7 * distance):
        ended = {"status": Status.RESOLVED, "resolution": dice.choice(ENDINGS)}
        after = timedelta(hours=dice.randint(20, 24 * max(1, min(12, distance - 1))))
        changes.append(Change(ended, dice.choice(("captain", "manager")), after))
    elif not unresolved and dice.randrange(1000) < 7:
        words |= {"status": Status.VOID, "void_reason": dice.choice(VOID_REASONS)}
        return Planned(agent, sme, words)
    if words["requires_feedback"] and dice.randrange(100) < min(94, 6 * distance):
        after = timedelta(hours=dice.randint(1, 12))
        changes.insert(0, Change(TOLD, sme, after))
    return Planned(agent, sme, words, changes, **filed)


def _filed_under(topic: Topic, distance: int, concern: str) -> str:
    """The topic's name, unless the captain did not come to it: what is new, and what is rising."""
    dice = random.Random(f"filed {distance} {concern}")  # noqa: S311  nor does it change the nights
    if topic.rising or dice.randrange(100) < UNFILED_PERCENT.get(distance, 2):
        return ""
    return topic.name.capitalize()


def _facts(topic: Topic, at: datetime, dice: random.Random, *, unresolved: bool) -> dict[str, Any]:
    """Now and then a severity, what was offered, a reference, a promised call-back."""
    facts: dict[str, Any] = {}
    if unresolved or dice.randrange(100) < 15:
        facts["severity"] = dice.choices((1, 2, 3, 4), (2, 6, 8, 3))[0]
    if dice.randrange(100) < (75 if unresolved else 5):
        facts["offered"] = dice.choice(topic.offered)
        facts["refused_because"] = dice.choice(topic.refused_because)
        facts["wanted"] = dice.choice(topic.wanted)
    if dice.randrange(100) < (60 if unresolved else 12):
        customer = dice.randrange(10_000, 99_999)
        if customer % 4 == 0:  # some call again and again
            customer = 10_000 + customer % 61
        facts["customer_ref"] = f"SKY-{customer:07d}"
    if dice.randrange(100) < (30 if unresolved else 3):
        whole_hour = at.replace(minute=0)
        facts["callback_at"] = whole_hour + timedelta(hours=dice.randint(20, 52))
    return facts
