"""The work behind an import's steps: reading, writing, undoing; in pieces, each safe to repeat."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, models, transaction
from django.utils import timezone

from escalations.actions.import_counts import counts_of
from escalations.actions.import_known import known_to
from escalations.actions.import_rows import become, settle, write_rows
from escalations.actions.import_topics import take_away, topics_of
from escalations.actions.logging import NewLine
from escalations.actions.logging_many import log_many
from escalations.models import Escalation, Import, ImportRow, Topic
from escalations.reading.compare import compare
from escalations.reading.packed import unpack
from escalations.reading.repairs import Decisions, Line, RowReading
from escalations.reading.rows import read_rows
from escalations.reading.timeline import Night
from escalations.reading.topics import fold_topic
from people.actions.roster import add_agents
from people.history import told
from people.models import Agent, Membership
from people.refusals import ActionRefused
from people.retries import whole

PIECE = 1000
"""Rows written in one transaction."""


class _Cancelled(Exception):
    """Somebody threw the sheet away, or another worker brought it further."""


def work(batch: Import) -> Import:
    """Do what the import's state asks for until it is done; harmless when nothing is to do.

    An import whose person may not import any more, or whose rows the log refuses, is stopped
    with the reason.
    """
    steps = {
        Import.State.READING: _read,
        Import.State.WRITING: _write,
        Import.State.UNDOING: _undo,
    }
    if step := steps.get(Import.State(batch.state)):
        try:
            step(batch)
        except _Cancelled:
            return batch
        except ActionRefused as refused:
            batch.state, batch.problem = Import.State.FAILED, str(refused)[:300]
            batch.save(update_fields=["state", "problem"])
    return batch


def _read(batch: Import) -> None:
    """Read the packed sheet into rows with proposals, and count what the preview says."""
    with _no_collections():
        _stage_rows(batch)


def _stage_rows(batch: Import) -> None:
    rows, notes = readings(batch)
    for start in range(0, max(len(rows), 1), PIECE):
        with transaction.atomic():
            if not _hold(batch, Import.State.READING):
                return
            _commit_quickly()
            if start == 0:
                batch.rows.all().delete()
            some = rows[start : start + PIECE]
            write_rows(batch, some)
            _alive(batch, done=start + len(some))
    with transaction.atomic():
        if not _hold(batch, Import.State.READING):
            return
        batch.counts = counts_of(rows, notes, batch.program)
        batch.state = Import.State.STAGED
        batch.save(update_fields=["counts", "state"])


@contextmanager
def _no_collections() -> Iterator[None]:
    """Let Python look for rings of garbage later: a hundred thousand readings hold none.

    Looking through them again and again took a third of the time they are made in.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def readings(batch: Import) -> tuple[list[RowReading], list[str]]:
    """Read the packed sheet with the import's mapping, shift and decisions, against the log."""
    table = unpack(bytes(batch.source or b""))
    program, decisions = batch.program, _decisions(batch)
    rows, notes = read_rows(
        table.rows,
        batch.mapping,
        heading_row=batch.heading_row,
        night=Night(batch.shift, program.zone, program.shift_starts_at),
        decisions=decisions,
        merged=table.merged,
        tick=lambda: _go_on(batch),
    )
    compare(rows, known=known_to(batch, rows), decisions=decisions)
    return rows, [*table.notes, *notes]


def _decisions(batch: Import) -> Decisions:
    kinds = batch.decisions.get("kinds", {})
    rows = batch.decisions.get("rows", {})

    def said(number: int, kind: str) -> bool | None:
        found: bool | None = rows.get(str(number), {}).get(kind, kinds.get(kind))
        return found

    return said


def _write(batch: Import) -> None:
    """Write the confirmed rows into the log, piece by piece, until none is left."""
    by, after = _person(batch, batch.confirmed_by_id), 0
    while after := _write_piece(batch, by, after):
        pass
    with transaction.atomic():
        if not _hold(batch, Import.State.WRITING):
            return
        outcomes = _outcomes(batch)
        batch.counts = {**batch.counts, "added": outcomes["added"], "add": outcomes["add"]}
        batch.state, batch.source = Import.State.DONE, None
        batch.save(update_fields=["counts", "state", "source"])


@whole
def _write_piece(batch: Import, by: Membership, after: int) -> int:
    """Write the next rows after a row number; give the last one's, 0 when none is left.

    A repeated call finds nothing to repeat.
    """
    if not _hold(batch, Import.State.WRITING):
        return 0
    _commit_quickly()
    rows = batch.rows.to_add().filter(number__gt=after).order_by("number")
    if not (piece := list(rows.values_list("number", "reading", "fingerprint")[:PIECE])):
        return 0
    said = [(Line.from_json(reading or {}), mark) for _, reading, mark in piece]
    agents = _agents([line for line, _ in said], batch, by)
    topics = topics_of([line for line, _ in said], batch, by)
    now = timezone.now()
    new = [_new_line(line, mark, agents, topics, now) for line, mark in said]
    log_many(new, by=by, batch=batch)
    settle(batch, [number for number, _, _ in piece])
    _alive(batch, done=batch.done + len(piece))
    return piece[-1][0]


def _agents(lines: Sequence[Line], batch: Import, by: Membership) -> dict[str, Agent]:
    """The agents of some lines by folded ID; those not on the roster are added to it."""
    on_roster = Agent.objects.filter(program=by.program)
    wanted = {line.agent_id.casefold(): line for line in lines}
    found = {
        agent.employee_id.casefold(): agent
        for agent in on_roster.filter(employee_id__in={line.agent_id for line in wanted.values()})
    }
    missing = {line.agent_id: line.agent_name for key, line in wanted.items() if key not in found}
    added = add_agents(missing, by=by) if missing else []
    batch.agents.add(*added)
    return found | {agent.employee_id.casefold(): agent for agent in added}


def _new_line(
    line: Line, fingerprint: str, agents: dict[str, Agent], topics: dict[str, Topic], now: datetime
) -> NewLine:
    words = {**vars(line), "topic": topics.get(fold_topic(line.topic)) if line.topic else None}
    del words["agent_name"]
    agent = agents[words.pop("agent_id").casefold()]
    return NewLine(**words, agent=agent, fingerprint=fingerprint, received_at=now)


def _undo(batch: Import) -> None:
    """Take the lines out again, piece by piece, then agents and topics nobody else needs."""
    by, after = _person(batch, batch.undone_by_id), 0
    while after := _undo_piece(batch, by, after):
        pass
    with transaction.atomic():
        if not _hold(batch, Import.State.UNDOING):
            return
        needless = batch.agents.filter(user=None, version=1, escalations=None)
        with told("import undone", by=by):
            Agent.objects.filter(pk__in=list(needless.values_list("pk", flat=True))).delete()
        take_away(batch, by=by)
        outcomes = _outcomes(batch)
        batch.counts = {**batch.counts, "removed": outcomes["removed"], "kept": outcomes["kept"]}
        batch.state = Import.State.UNDONE
        batch.save(update_fields=["counts", "state"])


@whole
def _undo_piece(batch: Import, by: Membership, after: int) -> int:
    """Take the next lines out, as `_write_piece` writes them. Lines changed since stay.

    So do those in a letter, the draft of which does not change them yet.
    """
    if not _hold(batch, Import.State.UNDOING):
        return 0
    _commit_quickly()
    rows = batch.rows.filter(outcome=ImportRow.Outcome.ADDED, number__gt=after).order_by("number")
    if not (piece := list(rows.values_list("number", "line_id")[:PIECE])):
        return 0
    ours = Escalation.objects.filter(imported_by=batch, version=1).in_no_letter()
    asked = ours.select_for_update(of=("self",)).filter(pk__in=[line for _, line in piece])
    untouched = list(asked.order_by("pk").values_list("pk", flat=True))
    gone = set(untouched)
    become(batch, [(number, None, "removed") for number, line in piece if line in gone])
    become(batch, [(number, line, "kept") for number, line in piece if line not in gone])
    with told("import undone", by=by):
        Escalation.objects.filter(pk__in=untouched).delete()
    _alive(batch, done=batch.done + len(piece))
    return piece[-1][0]


def _outcomes(batch: Import) -> Counter[str]:
    """How many rows came to what."""
    by_outcome = batch.rows.order_by().values_list("outcome")
    return Counter(dict(by_outcome.annotate(models.Count("pk"))))


def _hold(batch: Import, state: str) -> bool:
    """Lock the import for this piece; False when another worker has it or brought it further."""
    held = Import.objects.select_for_update(of=("self",))
    found = held.filter(pk=batch.pk, state=state, version=batch.version)
    return found.defer("source", "counts").first() is not None


def _commit_quickly() -> None:
    """Let this piece reach the disk a moment after its commit, unless it is part of more.

    A crash of the machine may take a step's last pieces with it, whole; the step then goes on from
    there. Its end is committed as usual, and with it all that was before is safe.
    """
    if not connection.savepoint_ids:  # a page that waits for all of it says so after the commit
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def _person(batch: Import, user: int | None) -> Membership:
    """The membership of who asked for a step, as it is now; ActionRefused without the ability."""
    for membership in Membership.objects.filter(user=user, program=batch.program).select_related(
        "program", "user"
    ):
        if membership.user.is_active and membership.may("import"):
            return membership
    raise ActionRefused("Whoever asked for this may not import any more, so it was stopped.")


def _go_on(batch: Import) -> None:
    """Show a sign of life while the sheet is read; raises _Cancelled when it was thrown away."""
    ours = Import.objects.filter(pk=batch.pk, state=batch.state, version=batch.version)
    if not ours.update(heartbeat_at=timezone.now()):
        raise _Cancelled


def _alive(batch: Import, *, done: int) -> None:
    """Show how far the step is, and that it is alive."""
    batch.done, batch.heartbeat_at = done, timezone.now()
    batch.save(update_fields=["done", "heartbeat_at"])
