"""What is usual: the median of some shift days, the fewest and the most of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

USUALLY = (
    "Usually: the median of the last 28 shift days, counted until the same time on the clock (the"
    " end of the present five minutes); beside it the fewest and the most of them. A shift day"
    " without a line counts as 0; days before the program’s first line do not count. An hour that"
    " the clocks skip is left out, one that comes twice is its first."
)


@dataclass(frozen=True)
class Usual:
    """The median of so many days, and the fewest and most lines of any of them."""

    middle: float
    fewest: int
    most: int
    days: int


def usual(counts: Iterable[int | None]) -> Usual | None:
    """The usual of some days' counts; days that have none (None) are left out, no day has none."""
    known = [one for one in counts if one is not None]
    if not known:
        return None
    return Usual(float(median(known)), min(known), max(known), len(known))
