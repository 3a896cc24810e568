"""Who can be reached at a moment about a matter, and when the others can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from people.models import ContactPoint, Membership, Program
from people.shiftday import local_instant

TopicNames = Mapping[str, tuple[str, str]]
"""Of every slug a topic ever had: the slug it has today, and the topic's name."""

TOPICS: list[Callable[[Program], TopicNames]] = []
"""Which topics a program has; the app that keeps them puts its own in."""


@dataclass(frozen=True)
class Matter:
    """What a call is about: a severity (1 worst to 4, None: not said) and a topic's slug."""

    severity: int | None = None
    topic: str = ""


@dataclass(frozen=True)
class Reach:
    """A contact, and the aware instant until or from which they can be reached (None: always)."""

    contact: ContactPoint
    turns_at: datetime | None


@dataclass(frozen=True)
class Who:
    """Who is there for a matter now, by tier, who later, and who is there for other matters."""

    now: datetime
    reachable: list[Reach]
    later: list[Reach]
    others: list[ContactPoint]
    names: TopicNames


def who_now(membership: Membership, matter: Matter | None) -> Who:
    """Whom of the program's list to call at this moment; without a matter all are meant."""
    contacts = list(ContactPoint.objects.visible_to(membership).current())
    is_by_topic = any(one.topic for one in contacts)
    names = topic_names(membership.program) if is_by_topic else {}
    name_topics(contacts, names)
    meant, others = for_matter(contacts, matter, names) if matter else (contacts, [])
    now = timezone.now()
    return Who(now, *sorted_by_reach(meant, now, membership.program), others, names)


def sorted_by_reach(
    contacts: Iterable[ContactPoint], now: datetime, program: Program
) -> tuple[list[Reach], list[Reach]]:
    """Split contacts into who can be reached at `now` (by tier) and who later, soonest first."""
    reachable, later = [], []
    for contact in contacts:
        contact.program = program
        if contact.is_reachable(now):
            reachable.append(Reach(contact, next_at(contact, "to_time", now)))
        else:
            later.append(Reach(contact, next_at(contact, "from_time", now)))
    later.sort(key=lambda r: (r.turns_at or now, r.contact.tier, r.contact.name, r.contact.pk))
    return reachable, later


def topic_names(program: Program) -> dict[str, tuple[str, str]]:
    """Every slug of a topic of the program, with today's slug and the name."""
    return {slug: named for names in TOPICS for slug, named in names(program).items()}


def name_topics(contacts: Iterable[ContactPoint], names: TopicNames) -> None:
    """Give each contact the `topic_name` of the topic it is for, "" for any."""
    for contact in contacts:
        named: Any = contact
        named.topic_name = names.get(contact.topic, ("", contact.topic))[1]


def for_matter(
    contacts: Iterable[ContactPoint], matter: Matter, names: TopicNames
) -> tuple[list[ContactPoint], list[ContactPoint]]:
    """Split contacts into who is there for a matter, in calling order, and who is for others.

    Within a tier whoever is there for this very topic comes first, then for the fewer severities.
    """
    meant: list[ContactPoint] = []
    others: list[ContactPoint] = []
    for contact in contacts:
        (meant if _is_for(contact, matter, names) else others).append(contact)
    meant.sort(key=lambda c: (c.tier, not c.topic, c.up_to_severity or 9, c.name, c.pk))
    return meant, others


def _is_for(contact: ContactPoint, matter: Matter, names: TopicNames) -> bool:
    if contact.up_to_severity and (matter.severity or 9) > contact.up_to_severity:
        return False
    return not contact.topic or _today(contact.topic, names) == _today(matter.topic, names)


def _today(slug: str, names: TopicNames) -> str:
    return names[slug][0] if slug in names else slug


def next_at(contact: ContactPoint, edge: str, now: datetime) -> datetime | None:
    """The next instant of `from_time` or `to_time` after `now`; None without hours."""
    wall = getattr(contact, edge)
    if wall is None:
        return None
    zone = contact.program.zone
    today = now.astimezone(zone).date()
    for ahead in range(3):
        instant = local_instant(today + timedelta(days=ahead), wall, zone)
        if instant > now:
            return instant
    return None
