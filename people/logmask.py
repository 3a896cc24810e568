"""What every logger writes: no card numbers, no links that let somebody in, no rows of the log."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

from people.cards import mask
from people.linkmask import without_links

_ROW = re.compile(  # what PostgreSQL quotes of a row or a statement in its messages
    r"(?m)^(DETAIL|CONTEXT|STATEMENT|QUERY|LINE \d+):[^\n]*(?:\n[ \t]+[^\n]*)*"
)
_FORMATTER = logging.Formatter()
_plain_record = logging.LogRecord


def masked_text(text: str) -> str:
    """A text as it may stand in a log."""
    return mask(without_links(_ROW.sub(r"\1: (left out)", text))).text


def masked_event(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping:  # type: ignore[type-arg]
    """For structlog, before it writes JSON: every text of an event."""
    for key, value in event.items():
        said = str(value)
        masked = masked_text(said)
        if masked != said or not isinstance(value, bool | int | float | None):
            event[key] = masked
    return event


def masked_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """A log record whose words, exception and stack are masked: for every logger and handler."""
    record = _plain_record(*args, **kwargs)
    try:
        said = record.getMessage()
    except Exception:  # noqa: BLE001  the handler reports a wrong format, as without us
        return record
    masked = masked_text(said)
    if masked != said:
        record.msg, record.args = masked, ()
    if record.exc_info and record.exc_info[0]:
        record.exc_text = masked_text(_FORMATTER.formatException(record.exc_info))
    if record.stack_info:
        record.stack_info = masked_text(record.stack_info)
    return record


def mask_all_logs() -> None:
    """Make every logger of this process write masked records."""
    logging.setLogRecordFactory(masked_record)
