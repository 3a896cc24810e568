"""An import's rows as they are stored: written by COPY, their outcomes set in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from escalations.actions.import_counts import outcome_of
from escalations.copying import copy_rows
from escalations.models import Escalation, Import, ImportRow
from escalations.reading.repairs import RowReading

ROW_COLUMNS = (
    *("batch_id", "number", "cells", "reading", "repairs", "outcome", "problem_column", "problem"),
    "fingerprint",
)
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_rows(batch: Import, rows: Iterable[RowReading]) -> None:
    """Write readings beside the log, for the preview."""
    copy_rows(ImportRow, ROW_COLUMNS, (_as_row(batch, row) for row in rows))


def _as_row(batch: Import, row: RowReading) -> tuple[object, ...]:
    """A row's values in the order of ROW_COLUMNS."""
    return (
        batch.pk,
        row.number,
        _json(row.cells),
        _json(row.line.as_json()) if row.line else None,
        _json([repair.as_json() for repair in row.repairs]) if row.line else "[]",
        outcome_of(row),
        row.problem_column[:60],
        row.problem[:300],
        row.fingerprint,
    )


def settle(batch: Import, rows: Mapping[str, int]) -> None:
    """Point rows (number by fingerprint) at their lines; one of another origin is a duplicate."""
    there = Escalation.objects.filter(program=batch.program, fingerprint__in=list(rows))
    found = there.exclude(fingerprint="").values_list("fingerprint", "pk", "imported_by")
    become(
        batch,
        [
            (rows[mark], line, "added") if origin == batch.pk else (rows[mark], None, "duplicate")
            for mark, line, origin in found
        ],
    )


def become(batch: Import, rows: Sequence[tuple[int, int | None, str]]) -> None:
    """Set line and outcome of some rows, by row number, in one statement."""
    if not rows:
        return
    numbers, lines, outcomes = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE escalations_importrow AS row SET line_id = said.line, outcome = said.outcome "
            "FROM unnest(%s::int[], %s::bigint[], %s::text[]) AS said (number, line, outcome) "
            "WHERE row.batch_id = %s AND row.number = said.number",
            [numbers, lines, outcomes, batch.pk],
        )
