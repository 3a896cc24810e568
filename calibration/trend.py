"""Whether something comes more often than it used to: the last week against the days before."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

LATE = 7
"""Days that are compared with those before."""


def trend(days: Sequence[int]) -> str:
    """Say "rising", "falling", "steady", "new" or "" (nothing), for counts per day, oldest first.

    It rises when the last seven days have half as many again as the days before them let expect,
    and that is further away than chance mostly goes: twice the square root of what was expected.
    It falls likewise.
    """
    late, early = sum(days[-LATE:]), sum(days[:-LATE])
    if not late and not early:
        return ""
    if not early:
        return "new"
    expected = early * LATE / (len(days) - LATE)
    far = 2 * sqrt(max(expected, 1))
    if late - expected > far and late >= 1.5 * expected:
        return "rising"
    if expected - late > far and late <= expected / 1.5:
        return "falling"
    return "steady"
