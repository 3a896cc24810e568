"""A number: one definition, from which every count, link, hover text and the docs are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Expression, Q

Condition = Q | Expression
ESCALATIONS = "escalations"
LINES = "Lines of the log in the shift days asked for, void ones left out."
ZONE = "The program’s zone; a shift day belongs to the date it began on."


@dataclass(frozen=True)
class Number:
    """What of the lines is counted.

    `slug` names it in addresses and columns; `rule` says when a line counts, `of` says it to the
    database when it is called; `out_of` is the slug of what it is a share of. One that `reaches`
    looks at the lines of the 30 days before too: changing a line changes it for later ones.
    """

    slug: str
    name: str
    rule: str
    of: Callable[[], Condition]
    out_of: str = ""
    source: str = ""
    unit: str = ESCALATIONS
    population: str = LINES
    zone: str = ZONE
    reaches: bool = False

    @property
    def column(self) -> str:
        """Its column where sums are kept."""
        return self.slug.replace("-", "_")


@dataclass(frozen=True)
class Family:
    """Numbers that belong together, under a heading."""

    slug: str
    name: str
    numbers: tuple[Number, ...]
