"""Whether a best practice fits two printed pages, counted before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

LONGEST, LONGEST_PART = 4500, 3000
"""Characters of all parts together, and of one."""
LINES, WIDTH = 66, 72
"""Lines on two pages of A4 beside the gaps, and characters in one, at 11 points."""


def shortened(text: str, longest: int) -> str:
    """A text on one line, of at most so many characters; "…" stands for what is cut off."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def too_long(words: Mapping[str, str]) -> str:
    """What to do about a card that fits no two pages; "" for one that does."""
    if max(map(len, words.values())) > LONGEST_PART or sum(map(len, words.values())) > LONGEST:
        return f"Two pages hold {LONGEST} characters, one part {LONGEST_PART}. Say it shorter."
    lines = [line for text in words.values() for line in text.splitlines()]
    if (count := sum(max(1, ceil(len(line) / WIDTH)) for line in lines)) > LINES:
        return f"Two pages hold {LINES} lines; these are {count}. Say it shorter."
    return ""
