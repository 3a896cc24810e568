"""Who can be reached at a moment, and when the others can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from people.models import ContactPoint, Program
from people.shiftday import local_instant


@dataclass(frozen=True)
class Reach:
    """A contact, and the aware instant until or from which they can be reached (None: always)."""

    contact: ContactPoint
    turns_at: datetime | None


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
