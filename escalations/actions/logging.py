"""Logging a line: keyed, so that a retry is never a second line."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from escalations.actions.feedback import write_note
from escalations.actions.masking import FIELDS, Mark, note_masked, without_cards
from escalations.actions.topics import settled_topic
from escalations.copying import columns_of
from escalations.knownsaid import KEEPERS, KnownSaid
from escalations.models import Escalation, Feedback, Status, Topic
from escalations.models.status import FIRST
from people.actions.roster import settle_agent
from people.agentwords import AgentMatch
from people.models import Agent, Membership, Program, User
from people.refusals import ActionRefused, KeyReused
from people.retries import whole


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """What a line says. `occurred_at` and `callback_at` are aware instants.

    `feedback_text` is what the agent is told at once; `typed_at` when Enter was pressed, by the
    server's clock; `masked` what the browser masked in it. The last four are for imports and the
    demo floor: who took the call, when the server got the line, its fingerprint, and the agent
    already settled.
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
    feedback_text: str = ""
    void_reason: str = ""
    typed_at: datetime | None = None
    masked: tuple[Mark, ...] = ()
    topic: Topic | None = None
    agent: Agent | None = None
    logged_by: User | None = None
    received_at: datetime | None = None
    fingerprint: str = ""

    @property
    def feedback(self) -> str:
        """How far the feedback is with the line: given at once, owed, or none."""
        if self.feedback_text:
            return Feedback.GIVEN
        return Feedback.OWED if self.requires_feedback else Feedback.NONE

    def without_cards(self, program: Program) -> NewLine:
        """The same line, card numbers masked in its texts; itself when there are none."""
        texts = (*FIELDS, "feedback_text")
        words = {name: text for name in texts if (text := getattr(self, name))}
        clean, marks = without_cards(words, program)
        return self if clean == words else replace(self, **clean, masked=(*self.masked, *marks))

    def as_escalation(self, program: Program, agent: Agent) -> Escalation:
        """An unsaved Escalation with these words."""
        return Escalation(program=program, agent=agent, **self.stored())

    def stored(self) -> dict[str, Any]:
        """What of these words is stored, by column: the one definition; time to the minute."""
        return {
            "occurred_at": self.occurred_at.replace(second=0, microsecond=0),
            "received_at": self.received_at or timezone.now(),
            "typed_at": self.typed_at,
            "concern": self.concern,
            "resolution": self.resolution,
            "status": self.status,
            "feedback": self.feedback,
            "severity": self.severity,
            "offered": self.offered,
            "refused_because": self.refused_because,
            "wanted": self.wanted,
            "customer_ref": self.customer_ref,
            "callback_at": self.callback_at,
            "void_reason": self.void_reason,
            "fingerprint": self.fingerprint,
        }


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


class _Twice(Exception):
    """The key is in the log already: undo what was begun and look there."""


def log(
    line: NewLine,
    *,
    agent: AgentMatch,
    key: uuid.UUID,
    digest: str,
    by: Membership,
    rename_agent: bool = False,
    known: KnownSaid | None = None,
) -> Escalation:
    """Log one line; the same key with the same content answers with the line already there.

    `known` is what was said of the known answer, kept with the line by who keeps it.
    Raises KeyReused for the same key with other content, ActionRefused when the agent is still a
    question, the status is not a first one, or the time is in the future.
    """
    try:
        return _log(
            line, agent=agent, key=key, digest=digest, by=by, rename_agent=rename_agent, known=known
        )
    except _Twice:
        found = already_logged(key=key, digest=digest, by=by)
        assert found, "a line with this key was there a moment ago"  # noqa: S101
        return found


@whole
def _log(
    line: NewLine,
    *,
    agent: AgentMatch,
    key: uuid.UUID,
    digest: str,
    by: Membership,
    rename_agent: bool,
    known: KnownSaid | None,
) -> Escalation:
    line = line.without_cards(by.program)
    if line.status not in FIRST:
        raise ActionRefused("A new line is either resolved or unresolved.")
    if line.occurred_at > timezone.now():
        raise ActionRefused("That time has not come yet.")
    if line.topic and line.topic.program_id != by.program_id:
        raise ActionRefused("That topic is not there.")
    new = line.as_escalation(by.program, settle_agent(agent, by=by, rename=rename_agent))
    new.key, new.content_digest, new.logged_by = key, digest, by.user
    new.topic = line.topic
    if not insert_numbered(new):
        if line.topic is None:
            raise _Twice
        new.topic = settled_topic(line.topic)  # it may have been merged or withdrawn meanwhile
        if not insert_numbered(new):
            raise _Twice
    note_masked(new, line.masked, by=by)
    if line.feedback_text:
        write_note(new, text=line.feedback_text, key=key, by=by)
    for keep in KEEPERS if known else ():
        keep(new, known, by)  # type: ignore[arg-type]
    return new


LIVE = (
    "live AS (SELECT id FROM escalations_topic WHERE id = %s AND merged_into_id IS NULL"
    " AND withdrawn_at IS NULL FOR KEY SHARE), "
)
"""The line's topic, kept from being merged until this is committed: a merge takes it FOR UPDATE."""


def insert_numbered(new: Escalation) -> bool:
    """Give a new line its running number and write it: one statement, the shortest lock there is.

    False, and nothing is written, when its topic is live no more or its user logged its key before;
    the number of the latter is taken, so that what was begun is to be undone.
    """
    values = {name: getattr(new, name) for name in columns_of(Escalation) if name != "number"}
    live, first = (LIVE, "SELECT %s, 1 FROM live") if new.topic_id else ("", "VALUES (%s, 1)")
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {live}taken AS (INSERT INTO escalations_numbering AS had (program_id, last)"  # noqa: S608
            f" {first} ON CONFLICT (program_id) DO UPDATE SET last = had.last + 1"
            " RETURNING last)"
            f" INSERT INTO escalations_escalation ({', '.join(values)}, number)"
            f" SELECT {', '.join(['%s'] * len(values))}, last FROM taken"
            " ON CONFLICT (logged_by_id, key) DO NOTHING RETURNING id, number",
            [*([new.topic_id] if new.topic_id else []), new.program_id, *values.values()],
        )
        written = cursor.fetchone()
    if written is None:
        return False
    new.pk, new.number = written
    new._state.adding, new._state.db = False, connection.alias  # noqa: SLF001  as save() does
    return True
