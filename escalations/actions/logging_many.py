"""Logging many lines at once, e.g. of an import: the same line twice is left out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from escalations.actions.import_rows import taken
from escalations.actions.logging import NewLine
from escalations.actions.numbering import take_numbers
from escalations.copying import columns_of, copy_rows
from escalations.models import Escalation, Import
from people.models import Membership, Program
from people.retries import whole

BATCH = 1000
KEYS = 32
"""Bits of a key that count within a batch; 90 others are drawn by lot for each."""


@whole
def log_many(lines: Sequence[NewLine], *, by: Membership, batch: Import | None = None) -> int:
    """Log lines whose agents are settled, e.g. of an import; returns how many were new.

    A line whose fingerprint the program already has is left out. Void lines keep their reason.
    """
    added = 0
    for start in range(0, len(lines), BATCH):
        masked = [line.without_cards(by.program) for line in lines[start : start + BATCH]]
        if some := _unknown(masked, by.program):
            _write(some, by=by, batch=batch)
            added += len(some)
    return added


def _write(lines: Sequence[NewLine], *, by: Membership, batch: Import | None) -> None:
    """Give the lines their numbers and write them."""
    usual = columns_of(Escalation) | {
        "program_id": by.program_id,
        "imported_by_id": batch.pk if batch else None,
    }
    number = take_numbers(by.program, len(lines)) - len(lines)
    first = uuid.uuid4().int >> KEYS << KEYS  # beside each other in their index
    rows, own = [], dict[str, object]()
    for offset, line in enumerate(lines, start=1):
        assert line.agent is not None, "log_many takes settled agents"  # noqa: S101
        own = {
            **line.stored(),
            "key": uuid.UUID(int=first + offset),
            "number": number + offset,
            "agent_id": line.agent.pk,
            "topic_id": line.topic.pk if line.topic else None,
            "logged_by_id": line.logged_by.pk if line.logged_by else by.user_id,
        }
        rows.append(own.values())
    same = {name: value for name, value in usual.items() if name not in own}
    copy_rows(Escalation, [*own, *same], [(*row, *same.values()) for row in rows])


def _unknown(lines: Sequence[NewLine], program: Program) -> list[NewLine]:
    """The lines whose fingerprint is neither in the program's log nor twice among them.

    Locks the program's numbering first, so that two imports of one file wait for each other.
    """
    take_numbers(program, 0)
    known = taken([line.fingerprint for line in lines if line.fingerprint], program)
    fresh = []
    for line in lines:
        if line.fingerprint and line.fingerprint in known:
            continue
        known.add(line.fingerprint)
        fresh.append(line)
    return fresh
