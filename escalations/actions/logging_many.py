"""Logging many lines at once, e.g. of an import: the same line twice is left out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from escalations.actions.logging import NewLine
from escalations.actions.numbering import take_numbers
from escalations.models import Escalation, Import
from people.models import Membership, Program
from people.retries import whole

BATCH = 1000


@whole
def log_many(lines: Sequence[NewLine], *, by: Membership, batch: Import | None = None) -> int:
    """Log lines whose agents are settled, e.g. of an import; returns how many were new.

    A line whose fingerprint the program already has is left out. Void lines keep their reason.
    """
    added = 0
    for start in range(0, len(lines), BATCH):
        some = _unknown(lines[start : start + BATCH], by.program)
        if not some:
            continue
        number = take_numbers(by.program, len(some)) - len(some)
        rows = []
        for offset, line in enumerate(some, start=1):
            assert line.agent is not None, "log_many takes settled agents"  # noqa: S101
            row = line.as_escalation(by.program, line.agent)
            row.key, row.number, row.imported_by = uuid.uuid4(), number + offset, batch
            row.logged_by = line.logged_by or by.user
            rows.append(row)
        added += len(Escalation.objects.bulk_create(rows, batch_size=BATCH))
    return added


def _unknown(lines: Sequence[NewLine], program: Program) -> list[NewLine]:
    """The lines whose fingerprint is neither in the program's log nor twice among them.

    Locks the program's numbering first, so that two imports of one file wait for each other.
    """
    take_numbers(program, 0)
    marks = [line.fingerprint for line in lines if line.fingerprint]
    known = set(
        Escalation.objects.filter(program=program, fingerprint__in=marks)
        .exclude(fingerprint="")
        .values_list("fingerprint", flat=True)
    )
    fresh = []
    for line in lines:
        if line.fingerprint and line.fingerprint in known:
            continue
        known.add(line.fingerprint)
        fresh.append(line)
    return fresh
