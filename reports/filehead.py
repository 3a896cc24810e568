"""What stands above the figures of a file or a pack: of what, when and by whom it was made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.utils import timezone

from people.templatetags.tala import moment
from reports.asked import Asked
from reports.book import Head
from reports.definitions.number import ZONE


class Said(Protocol):
    """Something said in words."""

    @property
    def words(self) -> str: ...


def head_of(title: str, asked: Asked, chips: Iterable[Said] = (), *, by_name: bool = True) -> Head:
    """Title, program, shift days, filters, zone, and the moment; without `by_name` not by whom."""
    program, user = asked.program, asked.membership.user
    filters = ", ".join(chip.words for chip in chips)
    about = [
        ("Program", program.name),
        ("Shift days", asked.said_range),
        *([("Only", filters)] if filters else []),
        ("Zone", f"{program.time_zone}. {ZONE}"),
        ("Made at", f"{moment(timezone.now(), program)} {program.place}"),
        *([("By", user.get_full_name() or user.username)] if by_name else []),
    ]
    return Head(title, tuple(about))


def filename(of: str, asked: Asked, kind: str) -> str:
    """`skyline-overview-2026-11-01-to-2026-11-28.xlsx`."""
    return f"{asked.program.slug}-{of}-{asked.first}-to-{asked.last}.{kind}"
