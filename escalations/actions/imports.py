"""Bringing a sheet in: stage, remap, decide, confirm, undo, discard; a person takes each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from escalations.actions import import_steps
from escalations.models import Import
from escalations.reading.headings import FIELDS, find_headings, missing_fields, plain_words
from escalations.reading.packed import Packed, pack
from escalations.reading.repairs import KINDS
from escalations.reading.table import Table
from people.cards import mask
from people.models import Membership, Program
from people.refusals import ActionRefused, StaleVersion, VersionMissing
from people.retries import whole

BIG = 2000
"""Rows from which a step runs in the background worker, with progress to look at."""


@whole
def stage(
    sheet: Table | Packed, *, name: str, shift: date, by: Membership, sha256: str = ""
) -> Import:
    """Keep a sheet beside the log and read it, or have it read; nothing is logged yet.

    `name` is the file's, `sha256` the bytes' digest in hex, `shift` the first shift day.
    """
    name = mask(name).text
    if isinstance(sheet, Table):
        sheet = pack(sheet, by.program.let_through, sha256=sha256)
    headings = find_headings(sheet.head)
    batch = Import(
        program=by.program,
        by=by.user,
        source_name=name[:200],
        source=sheet.source,
        sha256=sheet.sha256,
        shift=shift,
        headings=headings.cells,
        headings_key=headings.key,
        heading_row=0 if headings.row is None else headings.row + 1,
        total=sheet.rows,
    )
    batch.mapping = _remembered(batch) or headings.mapping
    batch.save(force_insert=True)
    return _read_again(batch)


@whole
def remap(
    batch: Import,
    mapping: Sequence[str],
    *,
    shift: date,
    version: int | None,
    by: Membership,
) -> Import:
    """Say anew which column holds what, and on which shift day the sheet begins.

    Raises ActionRefused when a field is unknown, stands twice or the columns are not the sheet's.
    """
    batch = _locked(batch, version=version, by=by, state=Import.State.STAGED)
    held = [field for field in mapping if field]
    if len(mapping) != len(batch.mapping) or set(held) - FIELDS.keys():
        raise ActionRefused("Those columns are not this sheet’s. Reload the page.")
    if len(held) != len(set(held)):
        raise ActionRefused("Two columns are said to hold the same. Choose one of them.")
    batch.mapping, batch.shift = list(mapping), shift
    return _read_again(batch)


@whole
def decide(
    batch: Import,
    *,
    rows: Mapping[int, Mapping[str, bool]],
    kinds: Mapping[str, bool],
    version: int | None,
    by: Membership,
) -> Import:
    """Accept or decline proposals: per row number and kind, or a whole kind (its rows follow).

    What is decided as it stands changes nothing, the version neither. After the same person's
    confirmation (a second click) the import is given back as it is.
    """
    batch = _fresh(batch, by=by)
    if batch.confirmed_by_id == by.user_id:
        return batch
    batch = _locked(batch, version=version, by=by, state=Import.State.STAGED)
    said = {"kinds": {}, "rows": {}} | batch.decisions
    for kind, accepted in kinds.items():
        if kind not in KINDS:
            raise ActionRefused("There is no such proposal. Reload the page.")
        said["kinds"][kind] = accepted
        for decided in said["rows"].values():
            decided.pop(kind, None)
    changed = bool(kinds)
    shown = {row.number: row.repairs for row in batch.rows.filter(number__in=list(rows))}
    for number, decided in rows.items():
        for repair in shown.get(number, []):
            answer = decided.get(repair["kind"])
            if answer is not None and answer != repair["accepted"]:
                said["rows"].setdefault(str(number), {})[repair["kind"]] = answer
                changed = True
    if not changed:
        return batch
    batch.decisions = said
    return _read_again(batch)


@whole
def confirm(batch: Import, *, version: int | None, by: Membership) -> Import:
    """Write the lines of the preview into the log: at once, or in the background for many rows.

    A second click answers like the first. Raises StaleVersion when the preview has changed since,
    ActionRefused when there is nothing to add or somebody else confirmed it before.
    """
    batch = _fresh(batch, by=by)
    if batch.confirmed_by_id == by.user_id:
        return batch
    batch = _locked(batch, version=version, by=by, state=Import.State.STAGED)
    if missing := missing_fields(batch.mapping):
        raise ActionRefused(f"First say which column holds: {', '.join(missing)}.")
    adding = batch.counts.get("add", 0)
    if not adding:
        raise ActionRefused("There is nothing to add: no row is both readable and new.")
    batch.state = Import.State.WRITING
    batch.confirmed_at, batch.confirmed_by = timezone.now(), by.user
    return _work(batch, total=adding)


@whole
def undo(batch: Import, *, by: Membership) -> Import:
    """Take the lines of an import out again, those somebody changed since excepted.

    While lines are still being added this cancels the rest. Agents it added leave the roster unless
    a line or a login needs them. A second click answers like the first.
    """
    batch = _fresh(batch, by=by)
    if batch.undone_by_id == by.user_id:
        return batch
    is_stopped = batch.state == Import.State.FAILED and batch.confirmed_at
    if batch.state not in {Import.State.DONE, Import.State.WRITING} and not is_stopped:
        raise ActionRefused("Only an import whose lines are in the log can be undone.")
    batch.state = Import.State.UNDOING
    batch.undone_at, batch.undone_by = timezone.now(), by.user
    return _work(batch, total=batch.counts.get("added", batch.done))


@whole
def discard(batch: Import, *, by: Membership) -> Import:
    """Throw a sheet away that was never confirmed, also while it is read; forget its rows."""
    batch = _fresh(batch, by=by)
    if batch.state == Import.State.DISCARDED:
        return batch
    open_states = {Import.State.READING, Import.State.STAGED, Import.State.FAILED}
    if batch.confirmed_at or batch.state not in open_states:
        raise ActionRefused("Only an import that is waiting for confirmation can be discarded.")
    batch.rows.all().delete()
    batch.state, batch.source = Import.State.DISCARDED, None
    return _saved(batch, "state", "source")


@whole
def resume(batch: Import, *, by: Membership) -> Import:
    """Go on with a step whose worker died; nothing is done twice."""
    batch = _fresh(batch, by=by)
    if not batch.is_silent:
        raise ActionRefused("This import is still being worked on.")
    return _work(batch, total=batch.total)


def _read_again(batch: Import) -> Import:
    """Have the sheet read with the mapping, shift and decisions it has now."""
    batch.state = Import.State.READING
    return _work(batch, total=batch.total)


def _work(batch: Import, *, total: int) -> Import:
    """Do the step the state asks for: here for few rows, in the background for many."""
    from escalations.tasks import work_on_import

    batch.total, batch.done, batch.heartbeat_at = total, 0, timezone.now()
    batch.version += 1
    batch.save()
    if total > BIG:
        work_on_import.enqueue(batch.pk)
        return batch
    return import_steps.work(batch)


def _fresh(batch: Import, *, by: Membership) -> Import:
    """The import, locked, as it is now; Import.DoesNotExist if it is not the member's to see."""
    found: Import = Import.objects.visible_to(by).select_for_update(of=("self",)).get(pk=batch.pk)
    return found


def _locked(batch: Import, *, version: int | None, by: Membership, state: str) -> Import:
    """The import, locked and fresh, if it is in `state` and `version` is still its version."""
    batch = _fresh(batch, by=by)
    if version is None:
        raise VersionMissing("The page did not say which preview it shows. Reload it.")
    if batch.state != state:
        said = batch.get_state_display().lower()
        raise ActionRefused(f"That is not possible any more: this import is now “{said}”.")
    if version != batch.version:
        raise StaleVersion(batch)
    return batch


def _saved(batch: Import, *fields: str) -> Import:
    batch.version += 1
    batch.save(update_fields=[*fields, "version"])
    return batch


def _remembered(batch: Import) -> list[str]:
    """The mapping last confirmed in this program for the same headings, in whatever order."""
    if not batch.headings_key:
        return []
    last = (
        Import.objects.filter(program=batch.program, headings_key=batch.headings_key)
        .exclude(confirmed_at=None)
        .order_by("-confirmed_at", "-pk")
        .first()
    )
    if last is None:
        return []
    pairs = zip(last.headings, last.mapping, strict=False)
    field_of = {plain_words(heading): field for heading, field in pairs if plain_words(heading)}
    return [field_of.get(plain_words(heading), "") for heading in batch.headings]


def same_file_before(batch: Import, program: Program) -> Import | None:
    """The latest other import of the same bytes whose lines are in the program's log."""
    same: Any = Import.objects.filter(program=program, sha256=batch.sha256).kept()
    found: Import | None = same.exclude(pk=batch.pk).order_by("-confirmed_at").first()
    return found
