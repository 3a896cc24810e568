"""What the log sheet leaves for each number: the same conditions by which it is counted."""

from __future__ import annotations

from functools import partial

from escalations.counted import COUNTED, Counted
from escalations.querysets import EscalationQuerySet
from people.models import Program
from reports.counting.lines import condition
from reports.definitions.families import NUMBERS
from reports.definitions.number import Number
from reports.definitions.rests import BY_SLUG
from reports.volumes.calls import with_volume

WITH_VOLUME = "with-volume"


def put_in() -> None:
    """Let the log sheet lead to the lines of every number."""
    for number in (*NUMBERS.values(), *BY_SLUG.values()):
        COUNTED[number.slug] = Counted(number.name, partial(_lines_of, number))
    COUNTED[WITH_VOLUME] = Counted("In hours with a call volume", with_volume)


def _lines_of(number: Number, lines: EscalationQuerySet, program: Program) -> EscalationQuerySet:
    return lines.annotate(counted=condition(number)).filter(counted=True)
