"""What was said of the known answer while a line was typed: handed on to who keeps it.

The log keeps nothing of it; calibration puts its keeper into `KEEPERS` when the site starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.typed import number_said

if TYPE_CHECKING:
    from escalations.models import Escalation
    from people.models import Membership

OUTCOMES = ("used", "did_not_fit")
NOTHING = "nothing"


@dataclass(frozen=True)
class KnownSaid:
    """`outcome` is "used" or "did_not_fit" of best practice `number`, or "nothing" of none.

    `reason` is on one line, as long as it was typed: who keeps it masks it and then cuts it.
    """

    outcome: str
    number: int | None = None
    reason: str = ""


Keeper = Callable[["Escalation", KnownSaid, "Membership"], None]

KEEPERS: list[Keeper] = []
"""Called in the transaction that logs the line, only when something was said; they refuse nothing,
for saving a line never fails because of it."""


def known_said(text: str, reason: str) -> KnownSaid | None:
    """Read what the entry row posts ("used:12", "did_not_fit:12", "nothing"); None for nothing."""
    outcome, _, number = text.strip().partition(":")
    if outcome == NOTHING and not number:
        return KnownSaid(NOTHING)
    if outcome in OUTCOMES and (practice := number_said(number)) is not None:
        why = " ".join(reason.replace("\0", "").split())
        return KnownSaid(outcome, practice, why if outcome == "did_not_fit" else "")
    return None
