"""Links that let somebody in never stand in a log, nor as the page to come back to."""

from __future__ import annotations

import logging
import re

_SLASH = r"(?:/|%2F)"
_LINK = re.compile(
    rf"((?:{_SLASH}accounts{_SLASH}(?:join|password{_SLASH}reset{_SLASH}key)|{_SLASH}reply){_SLASH})"
    r"(?!set-password|done)[^/\s?\"'&%<>]+",
    re.IGNORECASE,
)


def without_links(text: str) -> str:
    """The text with the secret part of such links replaced by `***`."""
    return _LINK.sub(r"\1***", text)


class LinkMask(logging.Filter):
    """For every handler: what a record says, without the secret part of links."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = without_links(said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
