"""Holding readings against the roster and the log: new agents, two names, lines already there."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from escalations.reading.headings import LABELS
from escalations.reading.repairs import Decisions, Line, Repair, RowReading
from escalations.reading.topics import settle_topics

_text = json.encoder.encode_basestring  # type: ignore[attr-defined]  # a text as JSON, quickly
GOOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


@dataclass(frozen=True)
class Known:
    """What is there already: the roster (folded ID → ID and name) and the log's lines.

    `counts` says how often a line with the same words is in the log (see `mark_of`),
    `fingerprints` which imported ones are, changed since or not. `topics` are the program's, by
    folded name; whoever brings the sheet may make more of them or not.
    """

    roster: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    fingerprints: frozenset[str] = frozenset()
    topics: Mapping[str, str] = field(default_factory=dict)
    may_make_topics: bool = True


def compare(rows: Sequence[RowReading], *, known: Known, decisions: Decisions) -> None:
    """Settle agents and topics, find duplicates, with proposals on the rows; set fingerprints."""
    readable = [row for row in rows if row.line]
    _settle_agents(readable, known.roster, decisions)
    settle_topics(readable, known.topics, decisions, may_make=known.may_make_topics)
    _find_duplicates([row for row in readable if row.line], known, decisions)


def mark_of(occurred_at: datetime, agent_id: str, concern: str, resolution: str) -> str:
    """Give what two lines with the same minute, agent and words share (SHA-256 in hex)."""
    words = ", ".join([_text(said) for said in (agent_id.casefold(), concern, resolution)])
    said = f"[{int(occurred_at.timestamp()) // 60}, {words}]"
    return hashlib.sha256(said.encode()).hexdigest()


def fingerprint_of(mark: str, ordinal: int) -> str:
    """Give the fingerprint of the n-th line (from 1) among those that share a mark."""
    return hashlib.sha256(f"{mark} {ordinal}".encode()).hexdigest()


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Fold case, accents and spaces of a name, so that one person's spellings are equal."""
    apart = unicodedata.normalize("NFKD", " ".join(name.casefold().split()))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _settle_agents(
    rows: Sequence[RowReading], roster: Mapping[str, tuple[str, str]], decisions: Decisions
) -> None:
    """Give every line an ID and one name for it, or say why that cannot be."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for line in _lines(rows):
        if line.agent_id and line.agent_name:
            spellings[line.agent_id.casefold()][line.agent_name] += 1
    names = {key: (said.most_common(1)[0][0], False) for key, said in spellings.items()}
    names |= {key: (name, True) for key, (_, name) in roster.items()}
    ids = {key: employee_id for key, (employee_id, _) in roster.items()}
    for line in _lines(rows):
        ids.setdefault(line.agent_id.casefold(), line.agent_id)
    by_name: dict[str, set[str]] = defaultdict(set)
    for key, (name, _) in names.items():
        by_name[fold_name(name)].add(ids[key])
    for row in rows:
        _find_id(row, by_name)
        if row.line:
            _settle_agent(row, row.line, names, ids, decisions)


def _find_id(row: RowReading, by_name: Mapping[str, set[str]]) -> None:
    """Find the ID of a line that has only a name; the row is refused if that takes guessing."""
    line = row.line
    if line is None or line.agent_id:
        return
    found = by_name.get(fold_name(line.agent_name), set())
    if len(found) == 1:
        line.agent_id = next(iter(found))
        return
    why = (
        "Several agents are called" if found else "There is no ID, and the roster has nobody called"
    )
    row.refuse(LABELS["agent"], f"{why} {line.agent_name}. Write {line.agent_name} / 123456.")
    row.line = None


def _settle_agent(
    row: RowReading,
    line: Line,
    names: Mapping[str, tuple[str, bool]],
    ids: Mapping[str, str],
    decisions: Decisions,
) -> None:
    """Settle one line's agent: known, to be added, or known under another name."""
    key = line.agent_id.casefold()
    name, on_roster = names.get(key, ("", False))
    if not GOOD_ID.fullmatch(line.agent_id) or len(name or line.agent_name) > 120:
        row.refuse(LABELS["agent"], f"“{line.agent_id[:40]}” is not an employee ID.")
    elif not name:
        row.refuse(LABELS["agent"], f"ID {line.agent_id} is not on the roster. Add the name.")
    if row.problem:
        row.line = None
        return
    said, line.agent_id = line.agent_name, ids[key]
    shown = f"{name} / {line.agent_id}"
    line.agent_name = name
    if said and fold_name(said) != fold_name(name):
        where = "on the roster" if on_roster else "in other rows"
        reason = f"ID {line.agent_id} is {name} {where}. If the ID is wrong, leave the row out."
        repair = Repair("two_names", "agent", f"{said} / {line.agent_id}", shown, reason)
        row.left_out |= not row.propose(repair, decisions)
    if not on_roster:
        reason = "Not on the roster yet."
        repair = Repair("new_agent", "agent", shown, "joins the roster", reason)
        row.left_out |= not row.propose(repair, decisions)


def _find_duplicates(rows: Sequence[RowReading], known: Known, decisions: Decisions) -> None:
    """Find lines the log has, and lines that stand twice in the sheet; set fingerprints."""
    seen: dict[str, list[RowReading]] = defaultdict(list)
    taken = set(known.fingerprints)
    for row in rows:
        if row.left_out or row.line is None:
            continue
        line = row.line
        mark = mark_of(line.occurred_at, line.agent_id, line.concern, line.resolution)
        ordinal, earlier = len(seen[mark]) + 1, seen[mark]
        row.fingerprint = fingerprint_of(mark, ordinal)
        in_log = ordinal <= known.counts.get(mark, 0) or row.fingerprint in known.fingerprints
        twin = next((one for one in earlier if not _are_two_lines(one, row)), None)
        if in_log or twin:
            row.is_duplicate = True
            where = (
                "The log has this line already."
                if in_log or twin is None
                else (f"Row {twin.number} says the same.")
            )
            row.left_out = row.propose(
                Repair("duplicate", "concern", "stands twice", "left out", where), decisions
            )
            if in_log or row.left_out is False:
                seen[mark].append(row)
            if not row.left_out:
                row.fingerprint = _next_free(mark, ordinal, known, taken)
        else:
            seen[mark].append(row)
        if not row.left_out:
            taken.add(row.fingerprint)


def _are_two_lines(one: RowReading, other: RowReading) -> bool:
    """Whether an export's line numbers tell two equal rows apart."""
    return bool(one.from_line and other.from_line and one.from_line != other.from_line)


def _next_free(mark: str, ordinal: int, known: Known, taken: AbstractSet[str]) -> str:
    """Give the first fingerprint of a mark that no line has."""
    ordinal = max(ordinal, known.counts.get(mark, 0) + 1)
    while fingerprint_of(mark, ordinal) in taken:
        ordinal += 1
    return fingerprint_of(mark, ordinal)


def _lines(rows: Sequence[RowReading]) -> list[Line]:
    return [row.line for row in rows if row.line]
