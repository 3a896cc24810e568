"""What a preview says about a sheet, counted once when it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from escalations.models import ImportRow
from escalations.reading.repairs import RowReading
from people.models import Program


def outcome_of(row: RowReading) -> str:
    """What will become of a row as it is read and decided now."""
    if row.line is None:
        return ImportRow.Outcome.UNREADABLE
    if row.left_out:
        return ImportRow.Outcome.DUPLICATE if row.is_duplicate else ImportRow.Outcome.SKIPPED
    return ImportRow.Outcome.ADD


def counts_of(rows: Iterable[RowReading], notes: list[str], program: Program) -> dict[str, object]:
    """What the preview says: rows by outcome, proposals by kind, days, agents, topics, notes."""
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    days: set[str] = set()
    agents: set[str] = set()
    topics: set[str] = set()
    ahead, now = 0, timezone.now()
    for row in rows:
        outcomes[outcome_of(row)] += 1
        for repair in row.repairs if row.line else ():
            kinds[repair.kind] += 1
            accepted[repair.kind] += repair.accepted
        if row.line and not row.left_out:
            days.add(program.shift_day_of(row.line.occurred_at).isoformat())
            ahead += row.line.occurred_at > now
            for repair in row.repairs:
                if repair.kind == "new_agent":
                    agents.add(row.line.agent_id)
                elif repair.kind == "new_topic" and repair.accepted:
                    topics.add(row.line.topic)
    if ahead:
        lines = "One line lies" if ahead == 1 else f"{ahead:,} lines lie"
        notes = [*notes, f"{lines} in the future. Is the first shift day right?"]
    return {
        "rows": sum(outcomes.values()),
        **outcomes,
        "kinds": {kind: [often, accepted[kind]] for kind, often in kinds.items()},
        "days": sorted(days)[:1] + sorted(days)[-1:] if len(days) > 1 else sorted(days),
        "shifts": len(days),
        "agents": len(agents),
        "topics": len(topics),
        "notes": notes,
    }
