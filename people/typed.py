"""What was typed or posted where a number belongs."""

from __future__ import annotations


def number_said(text: str, digits: int = 9) -> int | None:
    """The number that a text of at most so many decimal digits says, 0 or more; else None."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if is_number else None
