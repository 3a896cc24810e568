"""A number: one definition, from which every count, link, hover text and the docs are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import DurationField, Expression, Q
from django.db.models.expressions import RawSQL

Condition = Q | Expression
ESCALATIONS = "escalations"
LINES = "Lines of the log in the shift days asked for, void ones left out."
ZONE = "The program’s zone; a shift day belongs to the date it began on."


def lasting(span: timedelta) -> RawSQL:
    """A span of time written out: a prepared statement could not tell it from an instant."""
    return RawSQL(f"interval '{int(span.total_seconds())} seconds'", [], DurationField())  # noqa: S611


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
