"""What is left of a number when its parts are taken out: found by subtraction, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.db.models import Q

from reports.definitions.callbacks import ASKED, CONTENT, NOT_CONTENT
from reports.definitions.feedback import ACKNOWLEDGED, GIVEN
from reports.definitions.handover import COMPLETE
from reports.definitions.known import KNOWN
from reports.definitions.logged import LOGGED
from reports.definitions.number import Family, Number


@dataclass(frozen=True)
class Rest(Number):
    """A number that is `whole` without its `parts`, of which no line is in two."""

    whole: Number = LOGGED
    parts: tuple[Number, ...] = ()

    def among(self, counts: Mapping[str, int]) -> int:
        """How many lines, from the counts of the whole and of the parts."""
        return counts[self.whole.slug] - sum(counts[part.slug] for part in self.parts)


def _left(whole: Number, parts: tuple[Number, ...]) -> Q:
    found = Q(whole.of())
    for part in parts:
        found &= ~Q(part.of())
    return found


def _rest(slug: str, name: str, rule: str, whole: Number, *parts: Number) -> Rest:
    of = partial(_left, whole, parts)
    return Rest(slug, name, rule, of, out_of=whole.slug, whole=whole, parts=parts)


UNREAD = _rest(
    "feedback-unread",
    "Given, not acknowledged",
    "Lines whose feedback was given and not acknowledged by the agent yet.",
    GIVEN,
    ACKNOWLEDGED,
)
BETWEEN = _rest(
    "satisfaction-between",
    "Neither",
    "Lines whose customer said 3 of 5.",
    ASKED,
    CONTENT,
    NOT_CONTENT,
)
NEW = _rest(
    "known-new",
    "New",
    "Lines to whose topic no best practice was in force at the time of escalation, or that have "
    "no topic.",
    LOGGED,
    KNOWN,
)
INCOMPLETE = _rest(
    "handover-incomplete",
    "Not handed over completely",
    "Lines that do not say at least one of: what was offered, why it was refused, what the "
    "customer wants.",
    LOGGED,
    COMPLETE,
)

RESTS: tuple[Rest, ...] = (UNREAD, BETWEEN, NEW, INCOMPLETE)
FAMILY = Family("rests", "What is left of others", RESTS)
BY_SLUG: dict[str, Number] = {number.slug: number for number in FAMILY.numbers}


def with_rests(counts: Mapping[str, int]) -> dict[str, int]:
    """The counts, and with them each rest that can be told from them."""
    found = dict(counts)
    for rest in RESTS:
        if all(one.slug in counts for one in (rest.whole, *rest.parts)):
            found[rest.slug] = rest.among(counts)
    return found
