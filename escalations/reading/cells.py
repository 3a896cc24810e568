"""What one cell says: a time, a date, an agent, yes or no, a status; else a sentence why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Literal

from escalations.timewords import read_time
from people.agentwords import read_agent

Order = Literal["dmy", "mdy"]

YES = frozenset({"y", "yes", "true", "1", "x", "✓", "✔", "oo", "opo", "required", "needed", "owed"})
NOBODY = frozenset({"n/a", "na", "none", "-", "/", "unknown", "tbd"})
YES_ALREADY = frozenset({"given", "acknowledged"})
NO = frozenset({"", "n", "no", "false", "0", "-", "–", "hindi", "none", "na", "n/a", "not needed"})

_STATUS_WORDS = {
    "resolved": "resolved|closed|done|solved|completed|fixed",
    "unresolved": "unresolved|open|pending|not resolved|irresolvable|unresolvable|escalated|ongoing"
    "|for follow up|follow up|in progress|waiting",
    "forwarded": "forwarded",
    "answered": "answered",
    "void": "void|voided",
}
STATUSES = {word: status for status, words in _STATUS_WORDS.items() for word in words.split("|")}
OUTCOME = re.compile(
    r"(it (is|was) )?(still )?(irresolvable|irresolveable|unresolvable|un ?resolved"
    r"|not (yet )?resolved|(unable|failed) to resolve|no resolution( yet| given)?|none|n a"
    r"|(can ?not|can t|could not|couldn t) (be )?resolved?"
    r"|pending|open|on ?going|(for )?follow ?up"
    r"|escalated( (to|with)( the| my| our)? (om|ops|operations|(ops |operations )?manager|client"
    r"|sup|supervisor|tl|team leader|captain))?|forwarded( to( the)? (om|manager|client))?"
    r"|(hindi|di) (na )?(naresolba|na ?resolve|naayos|maayos))"
)

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
LONGEST = 50
"""Characters of a date with a time: what is longer is none, and would take long to look at."""

_NUMBERS = re.compile(r"(\d{1,4})[/.\-](\d{1,2})(?:[/.\-](\d{2,4}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{3,9})\.?[\s\-/.,]*(\d{2,4})?")
_MONTH_FIRST = re.compile(
    r"([a-z]{3,9})\.?[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?(?:[\s\-/.,]+(\d{2,4}))?"
)
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+")
_DATE_AND_TIME = re.compile(
    r"(?P<day>.*?\d.*?)[\sT,]+(?P<time>\d{1,2}(?:[:.]\d{2}){0,2}(?:\.\d+)?\s*(?:[ap]\.?\s?m?\.?)?)",
    re.IGNORECASE,
)
_TURNED = re.compile(r"(?P<id>(?=\S*\d)[A-Za-z0-9._-]{3,32})\s*[/|,-]?\s+(?P<name>[^\d/|]+)")
_SPACED = re.compile(r"(?P<name>[^\d/|(]+?)[\s,:-]+\(?(?P<id>(?=\S*\d{3})[A-Za-z0-9._-]{3,32})\)?")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0")


@dataclass(frozen=True)
class Clock:
    """A time cell: the wall clock, the date beside it if any, and whether AM or PM was said."""

    wall: time
    day: date | None = None
    is_bare: bool = False


@lru_cache(maxsize=4096)
def read_clock(text: str, *, near: date, order: Order | None = None) -> Clock:
    """Read a time cell, with or without a date in it; raises ValueError with a sentence.

    `near` and `order` decide dates such as 3/4 (see `read_date`). `is_bare` tells that an hour
    up to 12 stands without AM, PM or a leading zero: it may mean either half of the day.
    """
    try:
        wall = read_time(text)
    except ValueError as refused:
        said = text.strip()
        both = _DATE_AND_TIME.fullmatch(said) if len(said) <= LONGEST else None
        if not both:
            raise
        try:
            day, wall = read_date(both["day"], near=near, order=order), read_time(both["time"])
        except ValueError:
            raise refused from None
        return Clock(wall, day)
    said = text.strip().casefold()
    is_bare = 1 <= wall.hour <= 12 and said[:1] != "0" and not re.search(r"[a-z]", said)
    return Clock(wall, None, is_bare)


def read_date(text: str, *, near: date, order: Order | None = None) -> date:
    """Read a date cell: ISO, `20 Nov 2026`, `Nov 20`, `11/20/2026`; raises ValueError.

    A date that can be read two ways follows `order`, else lies as near as possible to `near`;
    so does one without a year.
    """
    found = possible_dates(text, near=near)
    if not found:
        raise ValueError(f"“{text[:40]}” is not a date. Write it like {near.isoformat()}.")
    if order in found:
        return found[order]
    return min(found.values(), key=lambda day: abs(day - near))


@lru_cache(maxsize=4096)
def possible_dates(text: str, *, near: date) -> dict[str, date]:
    """Give the dates a cell may mean, by the order of day and month; `sure` if only one."""
    words = _WEEKDAY.sub("", " ".join(text.casefold().split()))
    if len(words) > LONGEST:
        return {}
    words = re.sub(r"[t\s]+00:00(:00)?$", "", words)
    if found := _NUMBERS.fullmatch(words):
        one, two, three = found[1], found[2], found[3]
        if len(one) > 2:
            return _dates({"sure": (one, two, three or "")}, near)
        return _dates({"dmy": (three, two, one), "mdy": (three, one, two)}, near)
    if (found := _DAY_FIRST.fullmatch(words)) and (month := _month(found[2])):
        return _dates({"sure": (found[3], month, found[1])}, near)
    if (found := _MONTH_FIRST.fullmatch(words)) and (month := _month(found[1])):
        return _dates({"sure": (found[3], month, found[2])}, near)
    return {}


def read_instant(text: str) -> datetime:
    """Read an instant as exports write it, UTC unless it says otherwise; raises ValueError."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("UTC").strip())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"“{text[:40]}” is not a UTC time. Write it like 2026-11-20 13:15."
        ) from None


@lru_cache(maxsize=4096)
def read_agent_cell(text: str) -> tuple[str, str]:
    """Split an agent cell as sheets hold it into (name, employee ID); either may be empty.

    Beyond what the entry row takes: `123456 / Tina`, `Tina 123456`, `Tina - 123456`.
    """
    words = " ".join(text.split())
    if words.casefold() in NOBODY:
        return "", ""
    for pattern in (_TURNED, _SPACED):
        if found := pattern.fullmatch(words):
            return found["name"].strip(" -,:/"), found["id"]
    name, employee_id = read_agent(words)
    return name, read_id(employee_id)


def read_id(text: str) -> str:
    """Take the `.0` off an employee ID that a spreadsheet made a number of."""
    whole = _WHOLE_FLOAT.fullmatch(text.strip())
    return whole[1] if whole else text.strip()


@lru_cache(maxsize=4096)
def read_yes_no(text: str) -> bool:
    """Read a Y/N cell, English or Tagalog; empty is no. Raises ValueError with a sentence."""
    word = text.strip().casefold().rstrip(".!")
    if word in YES | YES_ALREADY:
        return True
    if word in NO:
        return False
    raise ValueError(f"“{text[:40]}” is neither yes nor no. Write Y or N.")


@lru_cache(maxsize=4096)
def read_status(text: str) -> str:
    """Read a status cell into the status's code; raises ValueError with a sentence."""
    word = " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())
    if word in STATUSES:
        return STATUSES[word]
    raise ValueError(
        f"“{text[:40]}” is not a status. Write resolved or unresolved, or leave the column out."
    )


def read_severity(text: str) -> int:
    """Read a severity, 1 (worst) to 4; raises ValueError with a sentence."""
    found = re.fullmatch(r"(?:s|sev|severity|p|priority)?\s*([1-4])(?:\.0)?\b.*", text.casefold())
    if not found:
        raise ValueError(f"“{text[:40]}” is not a severity. Write 1 (worst), 2, 3 or 4.")
    return int(found[1])


@lru_cache(maxsize=4096)
def is_outcome(resolution: str) -> bool:
    """Say whether a resolution only tells how it ended: not at all, not yet, or with others."""
    return bool(OUTCOME.fullmatch(" ".join(re.sub(r"[\W_]+", " ", resolution.casefold()).split())))


def looks_like_time(text: str) -> bool:
    """Say whether a cell reads as a time."""
    try:
        read_clock(text, near=date(2026, 1, 1))
    except ValueError:
        return False
    return True


def looks_like_agent(text: str) -> bool:
    """Say whether a cell holds both a name and an ID."""
    return all(read_agent_cell(text))


def _month(word: str) -> str:
    """Give the number of a month's name or beginning, as text; empty when it is none."""
    named = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(word)]
    if word == "sept":
        return "9"
    return str(named[0]) if named else ""


def _dates(parts: dict[str, tuple[str | None, str, str]], near: date) -> dict[str, date]:
    found = {}
    for order, (year, month, day) in parts.items():
        try:
            found[order] = _date(year, int(month), int(day), near)
        except ValueError:
            continue
    return found


def _date(year: str | None, month: int, day: int, near: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) <= 2 else 0), month, day)
    around = (date(near.year + more, month, day) for more in (0, -1, 1))
    return min(around, key=lambda found: abs(found - near))
