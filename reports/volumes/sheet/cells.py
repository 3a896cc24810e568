"""What one cell of a phone system's report says: a count, a duration, an interval; or why not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from escalations.reading.cells import Order, read_clock
from escalations.timewords import read_time

NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "null", "none", "#div/0!", "#n/a", "."})
LONGEST = 60

_COUNT = re.compile(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.0+)?|[+-]?\d{1,15}(?:\.0+)?")
_FRACTION = re.compile(r"[+-]?\d*[.,]\d+")
_CLOCK = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{2}(?:\.\d{1,3})?)")
_PLAIN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,6})?")
_WORDS = re.compile(
    r"(?:(?P<h>\d{1,2})\s*h(?:rs?|ours?)?)?\s*(?:(?P<m>\d{1,4})\s*m(?:in(?:ute)?s?)?)?\s*"
    r"(?:(?P<s>\d{1,6}(?:\.\d{1,3})?)\s*s(?:ec(?:ond)?s?)?)?"
)
_RANGE = re.compile(r"\s*(?:-|–|—|~|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_HALF = re.compile(r"[ap]\.?\s?m?\.?$")
_BARE = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Interval:
    """When an interval begins on the wall clock, the date beside it, and minutes if it says so."""

    wall: time
    day: date | None = None
    minutes: int | None = None


@lru_cache(maxsize=4096)
def read_count(text: str) -> int | None:
    """Read a number of calls; None where the cell says nothing. Raises ValueError, a sentence."""
    said = _plain(text)
    if said in NOTHING:
        return None
    if _COUNT.fullmatch(said):
        calls = int(re.sub(r"[, ]|\.0+$", "", said))
        if calls < 0:
            raise ValueError(f"“{_short(text)}” calls: there cannot be fewer than none.")
        return calls
    if _FRACTION.fullmatch(said):
        raise ValueError(f"“{_short(text)}” is not a whole number of calls.")
    raise ValueError(f"“{_short(text)}” is not a number of calls.")


@lru_cache(maxsize=4096)
def read_duration(text: str, *, in_minutes: bool = False) -> Decimal | None:
    """Read an average in seconds: `45`, `0:45`, `00:03:12`, `3 min 12 s`; None for nothing.

    Plain numbers are seconds, minutes where the heading says so. Raises ValueError, a sentence.
    """
    said = _plain(text)
    if said in NOTHING:
        return None
    if found := _PLAIN.fullmatch(said):
        plain = Decimal(found[1].replace(",", "") + (found[2] or ""))
        return plain * 60 if in_minutes else plain
    if found := _CLOCK.fullmatch(said) or _WORDS.fullmatch(said):
        return 3600 * int(found["h"] or 0) + 60 * int(found["m"] or 0) + Decimal(found["s"] or 0)
    raise ValueError(f"“{_short(text)}” is not a duration. Write it like 45, 0:45 or 00:03:12.")


@lru_cache(maxsize=4096)
def read_interval(
    text: str, *, near: date, order: Order | None = None, bare_hours: bool = False
) -> Interval:
    """Read `18:00`, `6:00 PM`, `18:00-18:30`, `6-7 PM`, `2026-11-20 18:00`; raises ValueError.

    `bare_hours`: the column counts its hours from 0 to 23, so that 6 is six in the morning.
    """
    said = _plain(text)
    if not said:
        raise ValueError("There is no time.")
    if len(said) > LONGEST:
        raise ValueError(f"“{_short(text)}” is not a time. Write it like 18:00 or 6:00 PM.")
    if bare_hours and _BARE.fullmatch(said) and int(said) < 24:
        return Interval(time(int(said)))
    try:
        clock = read_clock(said, near=near, order=order)
    except ValueError as refused:
        if found := _range(said, near, order, bare=bare_hours):
            return found
        raise refused from None
    return Interval(clock.wall, clock.day)


def _range(said: str, near: date, order: Order | None, *, bare: bool) -> Interval | None:
    """An interval with its end, taken apart at the last dash that leaves two times."""
    for split in reversed(list(_RANGE.finditer(said))):
        first, last = said[: split.start()], said[split.end() :]
        if not first or not last:
            continue
        lengths = []
        for begin in (first, *_other_halves(first, last)):
            try:
                start = read_interval(begin, near=near, order=order, bare_hours=bare)
                end = _end(last, near, order, bare=bare)
            except ValueError:
                continue
            lengths.append((_minutes(start.wall, end), start))
        if lengths:
            minutes, start = min(lengths, key=lambda one: one[0])
            return Interval(start.wall, start.day, minutes)
    return None


def _other_halves(first: str, last: str) -> list[str]:
    """`6` of `6-7 PM` with the half of the day that its end says, and with the other one."""
    half = _HALF.search(last)
    if not half or _HALF.search(first):
        return []
    return [f"{first} am", f"{first} pm"]


def _end(text: str, near: date, order: Order | None, *, bare: bool) -> time:
    if re.fullmatch(r"24(?::?00){0,2}", text):
        return time(0)
    try:
        return read_interval(text, near=near, order=order, bare_hours=bare).wall
    except ValueError:
        return read_time(text)


def _minutes(start: time, end: time) -> int:
    """The minutes of an interval; one that ends at 18:29 or 18:59 ends a minute later."""
    minutes = ((end.hour - start.hour) * 60 + end.minute - start.minute) % 1440
    return minutes + 1 if minutes % 5 == 4 else minutes or 1440


def is_count(text: str) -> bool:
    """Whether a cell is a plain number of calls."""
    return bool(_COUNT.fullmatch(_plain(text)))


def is_bare_hour(text: str) -> bool:
    """Whether a cell is an hour and nothing else."""
    return bool(_BARE.fullmatch(_plain(text)))


def _plain(text: str) -> str:
    """Fold case, widths, and the minus and spaces of every script."""
    said = unicodedata.normalize("NFKC", text).casefold().replace("−", "-")
    return " ".join(said.split())


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"
