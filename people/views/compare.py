"""Two people's versions of one row, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Difference:
    """One field as saved by them and as typed by me: in words, and as a form would post it."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_value: Any
    mine_value: Any
    is_same: bool


def difference(name: str, label: str, theirs: Any, mine: Any) -> Difference:
    """Compare one cleaned value with what is stored."""
    return Difference(
        name, label, _say(theirs), _say(mine), _post(theirs), _post(mine), theirs == mine
    )


def compared(rows: list[Difference]) -> dict[str, Any]:
    """What `people/compare.html` shows: what differs, and what is posted along."""
    return {
        "differences": [row for row in rows if not row.is_same],
        "same": [row for row in rows if row.is_same],
    }


def _say(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _post(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return "" if value is None else value
