"""Logging a line: keyed, so that a retry is never a second line."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from escalations.models import Escalation, Feedback, Import, Status
from escalations.models.status import FIRST
from people.actions.roster import settle_agent
from people.agentwords import AgentMatch
from people.models import Agent, Membership, Program, User
from people.refusals import ActionRefused, KeyReused
from people.retries import whole

BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """What a line says. `occurred_at` and `callback_at` are aware instants.

    The last four are for imports and the demo floor: who took the call, when the server got the
    line, its fingerprint, and the agent already settled.
    """

    occurred_at: datetime
    concern: str
    resolution: str = ""
    status: str = Status.RESOLVED
    requires_feedback: bool = False
    severity: int | None = None
    offered: str = ""
    refused_because: str = ""
    wanted: str = ""
    customer_ref: str = ""
    callback_at: datetime | None = None
    void_reason: str = ""
    agent: Agent | None = None
    logged_by: User | None = None
    received_at: datetime | None = None
    fingerprint: str = ""

    def as_escalation(self, program: Program, agent: Agent) -> Escalation:
        """An unsaved Escalation with these words; time to the minute."""
        return Escalation(
            program=program,
            agent=agent,
            occurred_at=self.occurred_at.replace(second=0, microsecond=0),
            received_at=self.received_at or timezone.now(),
            concern=self.concern,
            resolution=self.resolution,
            status=self.status,
            feedback=Feedback.OWED if self.requires_feedback else Feedback.NONE,
            severity=self.severity,
            offered=self.offered,
            refused_because=self.refused_because,
            wanted=self.wanted,
            customer_ref=self.customer_ref,
            callback_at=self.callback_at,
            void_reason=self.void_reason,
            fingerprint=self.fingerprint,
        )


def digest_of(program: Program, posted: Mapping[str, str]) -> str:
    """The SHA-256 by which a repeated key is known to carry the same content, as posted."""
    said = {name: " ".join(text.split()) for name, text in sorted(posted.items()) if text.strip()}
    whole = json.dumps([program.pk, said], ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def already_logged(*, key: uuid.UUID, digest: str, by: Membership) -> Escalation | None:
    """The line this user logged with this key, if any; KeyReused when it said something else."""
    line = Escalation.objects.filter(logged_by=by.user_id, key=key).select_related("agent").first()
    if line and line.content_digest != digest:
        raise KeyReused(
            "This entry was saved before with other words. The saved line is untouched; "
            "press Save again to log this one as a new line."
        )
    return line


@whole
def log(
    line: NewLine,
    *,
    agent: AgentMatch,
    key: uuid.UUID,
    digest: str,
    by: Membership,
    rename_agent: bool = False,
) -> Escalation:
    """Log one line; the same key with the same content answers with the line already there.

    Raises KeyReused for the same key with other content, ActionRefused when the agent is still a
    question, the status is not a first one, or the time is in the future.
    """
    if found := already_logged(key=key, digest=digest, by=by):
        return found
    if line.status not in FIRST:
        raise ActionRefused("A new line is either resolved or unresolved.")
    if line.occurred_at > timezone.now():
        raise ActionRefused("That time has not come yet.")
    new = line.as_escalation(by.program, settle_agent(agent, by=by, rename=rename_agent))
    new.key, new.content_digest, new.logged_by = key, digest, by.user
    try:
        with transaction.atomic():
            new.number = _next_numbers(by.program, 1)
            new.save(force_insert=True)
    except IntegrityError:
        found = already_logged(key=key, digest=digest, by=by)
        if found is None:
            raise
        return found
    return new


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
        number = _next_numbers(by.program, len(some)) - len(some)
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
    _next_numbers(program, 0)
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


def _next_numbers(program: Program, count: int) -> int:
    """Take `count` running numbers and return the last; holds the row until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO escalations_numbering (program_id, last) VALUES (%s, %s) "
            "ON CONFLICT (program_id) DO UPDATE SET last = escalations_numbering.last + %s "
            "RETURNING last",
            [program.pk, count, count],
        )
        return int(cursor.fetchone()[0])
