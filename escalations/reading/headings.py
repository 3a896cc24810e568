"""Which column holds what: recognised by its heading, in any order, under leading title rows."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

FIELDS: dict[str, tuple[str, str]] = {
    "number": ("Number (not needed)", "number|no|nr|num|item|sn|row|count|entry no|line no"),
    "time": (
        "Time of escalation",
        "time of escalation|escalation time|time|time logged|time of call|call time|hour|oras"
        "|timestamp|time stamp|date time|date and time|datetime|date time of escalation"
        "|local time|time of esc|esc time|time escalated",
    ),
    "date": (
        "Date",
        "date|date of escalation|escalation date|call date|date of call|date logged|petsa"
        "|calendar date",
    ),
    "shift_day": ("Shift day", "shift day|shift date|business day|business date"),
    "occurred_at": (
        "Occurred at (UTC)",
        "occurred at utc|occurred at|utc|time utc|timestamp utc|utc time|date time utc",
    ),
    "agent": (
        "Escalating agent (name / ID)",
        "escalating agent|agent|agent name id|escalating agent name id|agent name and id"
        "|escalated by|name id|rep|csr|representative|advisor|advocate|agent id name|agent info",
    ),
    "agent_name": (
        "Agent's name",
        "agent name|agents name|agent s name|name|name of agent|escalating agent name|csr name"
        "|rep name|employee name|full name",
    ),
    "agent_id": (
        "Agent's ID",
        "agent id|agents id|agent s id|id|employee id|emp id|employee number|employee no|emp no"
        "|id number|id no|escalating agent id|csr id|rep id|badge|badge number|agent no"
        "|agent number|agent employee id|staff id|login id",
    ),
    "concern": (
        "Concern",
        "concern|concerns|customer concern|customers concern|customer s concern|issue|issues"
        "|customer issue|reason|reason for escalation|reason of escalation|escalation reason"
        "|complaint|problem|description|details|nature of call|nature of concern|call reason",
    ),
    "resolution": (
        "Resolution",
        "resolution|resolutions|resolution given|resolution provided|action|action taken|actions"
        "|actions taken|outcome|solution|steps taken|what was done|remarks",
    ),
    "feedback": (
        "Requires feedback? Y/N",
        "requires feedback y n|requires feedback|require feedback|feedback|feedback y n"
        "|feedback required|feedback needed|needs feedback|for feedback|with feedback"
        "|coaching needed|requires feedback yes no|feedback yes no",
    ),
    "status": ("Status", "status|state|call status|case status"),
    "severity": ("Severity", "severity|severity 1 4|sev|priority"),
    "offered": ("What was offered", "offered|what was offered|offer"),
    "refused_because": (
        "Why it was refused",
        "refused because|why refused|reason refused|why the customer refused|reason for refusal",
    ),
    "wanted": ("What the customer wants", "wanted|what the customer wants|customer wants|wants"),
    "customer_ref": (
        "Customer reference",
        "customer reference|customer ref|reference|account number|account no|account|account id"
        "|ticket|ticket number|case number|case no|case id|customer id",
    ),
    "callback_at": (
        "Call back at (UTC)",
        "call back at utc|callback at utc|call back at|callback at|call back|callback",
    ),
    "void_reason": ("Void reason", "void reason|reason void"),
    "line": ("Line (from an export)", "line"),
    "topic": ("Topic", "topic|topics|topic name|grouped under"),
}
"""Per field its name for people and the headings it is known by, in plain words."""

LABELS = {field: label for field, (label, _) in FIELDS.items()}
OWN_ORDER = ["number", "time", "agent", "concern", "resolution", "feedback"]
HEADINGS_WITHIN = 25

_KNOWN = {
    word: (field, rank)
    for field, (_, words) in FIELDS.items()
    for rank, word in enumerate(words.split("|"))
}
"""Per known heading its field, and how surely: of two columns the surer one holds the field."""


@dataclass(frozen=True)
class Headings:
    """Where the headings are (row index from 0, None without any) and what each column holds."""

    row: int | None
    cells: list[str]
    mapping: list[str]

    @property
    def key(self) -> str:
        """What two sheets with the same headings share, whatever the order; empty without any."""
        words = sorted(filter(None, map(plain_words, self.cells)))
        return hashlib.sha256("\n".join(words).encode()).hexdigest() if words else ""

    @property
    def missing(self) -> list[str]:
        """The names of what a line cannot do without and no column holds."""
        return missing_fields(self.mapping)


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """Find the heading row among the first rows and say what its columns hold.

    Where no heading is known, rows that stand in the log sheet's own order are taken as such;
    otherwise the mapping is empty, for the person to fill in. A first row that holds neither a
    time nor an agent is headings all the same.
    """
    first = rows[:HEADINGS_WITHIN]
    counts = [count_known(row) for row in first]
    best = max(range(len(first)), key=lambda index: (counts[index], -index), default=None)
    if best is not None and counts[best] >= 2:
        return Headings(best, list(first[best]), recognise(first[best]))
    return _without_known(first)


def recognise(cells: Sequence[str]) -> list[str]:
    """Give per column the field its heading names; of two the surer, of unknown ones nothing."""
    known = [_known(cell) for cell in cells]
    best: dict[str, tuple[int, int]] = {}
    for at, (field, rank) in enumerate(known):
        best[field] = min(best.get(field, (rank, at)), (rank, at))
    found = [field if best[field][1] == at else "" for at, (field, _) in enumerate(known)]
    if "agent_name" in found and "agent_id" not in found and "agent" not in found:
        found[found.index("agent_name")] = "agent"
    return found


def field_called(heading: str) -> str:
    """Give the field a heading names, or an empty string."""
    return _known(heading)[0]


def _known(heading: str) -> tuple[str, int]:
    if heading.strip() in ("#", "№"):
        return "number", 0
    return _KNOWN.get(plain_words(heading), ("", 0))


def count_known(cells: Sequence[str]) -> int:
    """Say how many different fields the cells of a row name."""
    return len({field_called(cell) for cell in cells if cell and len(cell) < 60} - {""})


def missing_fields(mapping: Sequence[str]) -> list[str]:
    """Name what a line cannot do without and no column is mapped to."""
    held = set(mapping)
    missing = []
    if not held & {"time", "occurred_at"}:
        missing.append(LABELS["time"])
    if not held & {"agent", "agent_name", "agent_id"}:
        missing.append(LABELS["agent"])
    if "concern" not in held:
        missing.append(LABELS["concern"])
    return missing


def plain_words(heading: str) -> str:
    """Fold a heading to lower-case words: `Requires Feedback? Y/N` → `requires feedback y n`."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())


def _without_known(rows: Sequence[Sequence[str]]) -> Headings:
    """Say what columns hold whose headings, if there are any, nobody knows yet."""
    from escalations.reading.cells import looks_like_agent, looks_like_time

    width = max(map(len, rows), default=0)
    mapping = _by_position(rows, width)
    for index, row in enumerate(rows):
        if any(row):
            if any(looks_like_time(cell) or looks_like_agent(cell) for cell in row):
                break
            return Headings(index, list(row), mapping)
    return Headings(None, [""] * width, mapping)


def _by_position(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Map columns by place when rows read like the log sheet's own order, numbered or not."""
    from escalations.reading.cells import looks_like_agent, looks_like_time

    for order in (OWN_ORDER, OWN_ORDER[1:]):
        time, agent = order.index("time"), order.index("agent")
        fitting = [
            row
            for row in rows
            if len(row) > agent and looks_like_time(row[time]) and looks_like_agent(row[agent])
        ]
        if fitting and len(fitting) * 2 >= sum(1 for row in rows if any(row)):
            return (order + [""] * width)[:width]
    return [""] * width
