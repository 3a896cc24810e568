"""When a line was typed: the device's own clock is asked only how long ago that was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

KEPT = timedelta(hours=72)
"""How long a browser keeps what it could not send."""

SLACK = timedelta(minutes=10)
"""For a last try that began within KEPT and took its time."""


def typed_instant(posted: Mapping[str, str], *, received: datetime) -> datetime:
    """Give the instant at which Enter was pressed, by the server's clock, never after `received`.

    `typed_at` and `sent_at` are the device's instants of typing and of this sending (ISO 8601,
    with a zone). Only their distance counts, so a device with a wrong clock does no harm; one that
    makes no sense, or is missing, means: typed when received. It is at most KEPT and SLACK.
    """
    typed, sent = _instant(posted.get("typed_at")), _instant(posted.get("sent_at"))
    if typed is None or sent is None:
        return received
    return received - min(max(sent - typed, timedelta()), KEPT + SLACK)


def _instant(text: object) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str(text or "")[:40])
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
