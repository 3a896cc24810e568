"""Reading the times of day and moments that people type, as they say them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from people.shiftday import local_instant, next_instant

WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "tmr": 1, "ngayon": 0, "bukas": 1}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_HALF = r"(?:\s*(?P<half>[ap])(?:\.?\s?m)?\.?)?"
_PARTED = re.compile(
    rf"(?P<hour>\d{{1,2}})\s?[:;.h\s]\s?(?P<minute>\d{{2}})(?:[:.]\d{{2}}(?:\.\d+)?)?{_HALF}"
)
_TOGETHER = re.compile(rf"(?P<hour>\d{{1,2}})(?P<minute>\d{{2}}){_HALF}")
_HOUR = re.compile(rf"(?P<hour>\d{{1,2}}){_HALF}")
_EITHER_HALF = re.compile(r"[1-9][:.]?\d{2}|1[0-2][:.]\d{2}")
_AHEAD = re.compile(
    r"(?:in\s+|\+\s*)(?P<number>\d{1,3})\s*(?P<unit>m|min|mins|minutes?|h|hrs?|hours?)"
)
_DATED = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:\s*t\s*|[\s,]+)(?P<time>\S.*)")


def read_time(text: str) -> time:
    """Read a time of day as people type it: `9:15 PM`, `915p`, `2115`, `21:15`, `9 pm`, `noon`.

    Without AM or PM it is read on the 24-hour clock. Seconds are dropped. Raises ValueError
    with a sentence for the person.
    """
    words = _plain(text)
    if words in WORDS:
        return WORDS[words]
    found = _PARTED.fullmatch(words) or _TOGETHER.fullmatch(words) or _HOUR.fullmatch(words)
    if not found:
        raise ValueError(f"“{_short(text)}” is not a time. Write it like 9:15 PM or 21:15.")
    parts = found.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts.get("minute") or 0), parts["half"]
    if parts.get("minute") is None and half is None:
        raise ValueError(
            f"“{_short(text)}” could be morning or evening. Write 9 AM, 9 PM or 21:00."
        )
    if hour > 23 or minute > 59 or (half == "a" and hour > 12) or (half == "p" and hour == 0):
        raise ValueError(f"There is no time “{_short(text)}”. Write it like 9:15 PM or 21:15.")
    if half == "a":
        return time(hour % 12, minute)
    return time(hour + 12 if half == "p" and hour < 12 else hour, minute)


def other_half(text: str) -> time | None:
    """Give the other time a 12-hour clock may mean by `9:15`, or None where the half is said.

    `09:15`, `0915` and `21:15` are on the 24-hour clock; `9:15 PM` says it; `9:15` does not.
    """
    if not _EITHER_HALF.fullmatch(_plain(text)):
        return None
    wall = read_time(text)
    return wall.replace(hour=(wall.hour + 12) % 24)


def read_moment(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a moment to come, such as a promised call-back, and give its UTC instant.

    Takes a time alone (the next one from now), a day word or weekday before or after a time
    (`tomorrow 3pm`, `fri 9 am`), `2026-11-23 15:00` and `in 30 minutes`. Days and times are the
    given zone's. Raises ValueError with a sentence for the person.
    """
    words = _plain(text)
    if ahead := _AHEAD.fullmatch(words):
        number = int(ahead["number"])
        length = timedelta(minutes=number if ahead["unit"].startswith("m") else 60 * number)
        return now.astimezone(UTC).replace(second=0, microsecond=0) + length
    if dated := _DATED.fullmatch(words):
        return local_instant(_read_date(dated["day"]), read_time(dated["time"]), zone)
    word, rest = _split_day_word(words)
    if word is None:
        return next_instant(read_time(text), now, zone)
    if not rest:
        raise ValueError("At what time? Write it like tomorrow 3 PM.")
    wall, today = read_time(rest), now.astimezone(zone).date()
    if word in DAYS:
        return local_instant(today + timedelta(days=DAYS[word]), wall, zone)
    day = today + timedelta(days=(_weekday(word) - today.weekday()) % 7)
    moment = local_instant(day, wall, zone)
    return moment if moment >= now else local_instant(day + timedelta(days=7), wall, zone)


def _split_day_word(words: str) -> tuple[str | None, str]:
    """Take a day word or weekday off the start or the end; None and all words if there is none."""
    first, _, rest = words.partition(" ")
    begin, _, last = words.rpartition(" ")
    for word, others in ((first.rstrip(","), rest), (last, begin)):
        if word in DAYS or _weekday(word) >= 0:
            return word, f" {others} ".replace(" at ", " ").replace(" on ", " ").strip(" ,")
    return None, words


def _weekday(word: str) -> int:
    """Give the number of a weekday's name or beginning (Monday is 0); -1 when it is none."""
    for number, name in enumerate(WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
    return -1


def _read_date(text: str) -> date:
    """Read a `2026-11-23` date; raises ValueError with a sentence for the person."""
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no day “{text}”. Write it like 2026-11-23.") from None


def _plain(text: str) -> str:
    """Fold case, widths and every kind of space, so that only what was meant is compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _short(text: str) -> str:
    """Keep a quoted answer short enough to stand in a sentence."""
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"
