"""Which column of a phone system's report holds what: told by its heading, English variants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from escalations.reading.headings import plain_words

LABELS = {
    "date": "Date",
    "shift_day": "Shift day",
    "time": "Interval",
    "utc": "Hour begins (UTC)",
    "calls": "Calls handled",
    "wait": "Average wait",
    "handling": "Average handling",
}

_EXACT = {
    "date": "date|day|row date|call date|report date|calendar date|interval date|start date|petsa",
    "shift_day": "shift day|shift date|business day|business date",
    "time": "hour|time|interval|intervals|start|start time|interval start|interval start time"
    "|interval starts|half hour|halfhour|half hour interval|hour interval|hourly interval|period"
    "|time interval|time period|hour of day|hour starting|hour beginning|hour begins|from"
    "|time of day|time slot|timeslot|starttime|row time|15 minutes|30 minutes|60 minutes|oras"
    "|date time|datetime|date and time|date hour|timestamp|row date time|start date time"
    "|date interval|interval date time|hour start",
    "utc": "hour begins utc|interval start utc|utc|date time utc|timestamp utc",
    "end": "end|end time|to|until|interval end|interval ends|hour ending|hour ends|period end",
    "skill": "skill|skills|queue|queues|split|split skill|skill name|skill group|queue name|group"
    "|csq|csq name|service|vdn|campaign|lob|line of business|team|call type|application|channel"
    "|workgroup|skill id|queue id|split number|site|program",
}
_GENERIC = frozenset({"calls", "volume", "call volume", "total calls", "number of calls", "count"})
_SURE = frozenset({"calls handled", "handled", "calls answered", "answered", "acd calls"})
_HANDLED = frozenset({"handled", "answered", "ans", "acd"})
_OTHER = re.compile(
    r"%|\b(?:within|in|sl|sla|rate|pct|percent|time|secs?|seconds?|avg|average|mean|aban\w*|speed"
    r"|before|after|outbound|out|internal|not|unhandled|unanswered|un|non|threshold|level|ext"
    r"|flow|lost|missed|max|min|longest|emails?|chats?)\b"
)
_OFFERED = re.compile(
    r"\b(?:offered|received|presented|incoming|inbound|entered|queued|forecast\w*|aban\w*|abn)\b"
)
_UNIT = re.compile(
    r"\b(?:(?P<minutes>mins?|minutes?)|s|secs?|seconds?|h{1,2} mm ss|mm ss|m ss|hms)$"
)
_KINDS = {word: kind for kind, words in _EXACT.items() for word in words.split("|")}
TOTALS = re.compile(
    r"(?:grand |sub ?|daily |day |overall |weekly |report )?(?:totals?|averages?|avg|sum|summary"
    r"|kabuuan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """What a column holds (a key of LABELS, `end`, `skill`, `offered` or ""), and how surely.

    `in_minutes` tells that an average's plain numbers are minutes.
    """

    kind: str
    rank: int = 0
    in_minutes: bool = False


def read_heading(text: str) -> Heading:
    """Tell what a column with this heading holds."""
    if not text or len(text) > 60:
        return Heading("")
    words = plain_words(text)
    unit = _UNIT.search(words)
    bare = words[: unit.start()].strip() if unit and unit.start() else words
    tokens = set(bare.split())
    if words in _KINDS:
        return Heading(_KINDS[words])
    if kind := _average(tokens):
        return Heading(kind, 0, bool(unit and unit["minutes"]))
    return _counted(text, words, tokens)


def _average(tokens: set[str]) -> str:
    if tokens & {"aban", "abandon", "abandoned", "abn", "total", "max", "maximum", "longest"}:
        return ""
    is_average = bool(tokens & {"avg", "average", "mean"})
    if "asa" in tokens or "awt" in tokens or ("speed" in tokens and tokens & {"answer", "ans"}):
        return "wait"
    if is_average and tokens & {"wait", "waiting", "queue", "queued", "delay"}:
        return "wait"
    if "aht" in tokens or (is_average and tokens & {"handle", "handling", "handled"}):
        return "handling"
    return ""


def _counted(text: str, words: str, tokens: set[str]) -> Heading:
    if words in _SURE and "%" not in text:
        return Heading("calls")
    if words in _GENERIC and "%" not in text:
        return Heading("calls", 2)
    if _OTHER.search(words) or "%" in text:
        return Heading("offered") if _OFFERED.search(words) else Heading("")
    if tokens & _HANDLED and not tokens & {"offered"}:
        return Heading("calls", 1)
    return Heading("offered") if _OFFERED.search(words) else Heading("")


def recognise(cells: Sequence[str]) -> list[Heading]:
    """Tell per column what it holds; of two that say the same the surer, then the first."""
    found = [read_heading(cell) for cell in cells]
    best: dict[str, tuple[int, int]] = {}
    for at, one in enumerate(found):
        best[one.kind] = min(best.get(one.kind, (one.rank, at)), (one.rank, at))
    many = {"skill", "offered", ""}
    return [
        one if one.kind in many or best[one.kind][1] == at else Heading("")
        for at, one in enumerate(found)
    ]


def is_total(cell: str) -> bool:
    """Whether a row or column with this name holds totals, not an interval."""
    return bool(TOTALS.match(cell.strip())) if len(cell) < 40 else False
