"""The topics of a sheet: those the program has, under their own names, and those it would make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from escalations.reading.repairs import Decisions, Line, Repair, RowReading


def fold_topic(name: str) -> str:
    """Fold case and blanks of a topic's name or address, so that two spellings are equal."""
    return " ".join(name.casefold().split())


def settle_topics(
    rows: Iterable[RowReading],
    known: Mapping[str, str],
    decisions: Decisions,
    *,
    may_make: bool,
) -> None:
    """Give lines their topic's own name; one that is not `known` (folded → name) is proposed.

    A line whose new topic is declined, or may not be made by who brings the sheet, has none.
    """
    names = dict(known)
    for row in rows:
        if row.line and row.line.topic:
            key = fold_topic(row.line.topic)
            row.line.topic = names.setdefault(key, " ".join(row.line.topic.split()))
            if key not in known and not _is_made(row, row.line, decisions, may_make=may_make):
                row.line.topic = ""


def _is_made(row: RowReading, line: Line, decisions: Decisions, *, may_make: bool) -> bool:
    """Propose a new topic, or say that the line is added without; whether it is to be made."""
    if may_make:
        reason = "Not a topic yet."
        return row.propose(
            Repair("new_topic", "topic", line.topic, "a new topic", reason), decisions
        )
    reason = "Not a topic yet, and only the captain makes topics."
    row.repairs.append(Repair("no_topic", "topic", line.topic, "no topic", reason))
    return False
