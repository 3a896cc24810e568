"""All numbers, by family and by name."""

from __future__ import annotations

from reports.definitions import callbacks, feedback, handover, known, logged, repeats
from reports.definitions.number import Family, Number

FAMILIES: tuple[Family, ...] = (
    logged.FAMILY,
    feedback.FAMILY,
    callbacks.FAMILY,
    repeats.FAMILY,
    known.FAMILY,
    handover.FAMILY,
)
NUMBERS: dict[str, Number] = {one.slug: one for family in FAMILIES for one in family.numbers}
PLAIN: tuple[Number, ...] = tuple(one for one in NUMBERS.values() if not one.reaches)
REACHING: tuple[Number, ...] = tuple(one for one in NUMBERS.values() if one.reaches)
