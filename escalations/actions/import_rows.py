"""An import's rows as they are stored: written by COPY, their outcomes set in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from escalations.actions.import_counts import outcome_of
from escalations.copying import copy_rows
from escalations.models import Import, ImportRow
from escalations.reading.repairs import RowReading
from people.models import Program

ROW_COLUMNS = (
    *("batch_id", "number", "cells", "reading", "repairs", "outcome", "problem_column", "problem"),
    "fingerprint",
)
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_text = json.encoder.encode_basestring  # type: ignore[attr-defined]  # a tenth of `_json`'s time


def write_rows(batch: Import, rows: Iterable[RowReading]) -> None:
    """Write readings beside the log, for the preview."""
    copy_rows(ImportRow, ROW_COLUMNS, (_as_row(batch, row) for row in rows))


def _as_row(batch: Import, row: RowReading) -> tuple[object, ...]:
    """A row's values in the order of ROW_COLUMNS."""
    repairs = row.repairs if row.line else ()
    return (
        batch.pk,
        row.number,
        f"[{','.join([_text(cell) for cell in row.cells])}]",
        _line(row.line.as_json()) if row.line else None,
        _json([repair.as_json() for repair in repairs]) if repairs else "[]",
        outcome_of(row),
        row.problem_column[:60],
        row.problem[:300],
        row.fingerprint,
    )


def _line(values: Mapping[str, object]) -> str:
    """A line's values as JSON; most of them are texts."""
    said = [
        f'"{name}":{_text(value) if isinstance(value, str) else _json(value)}'
        for name, value in values.items()
    ]
    return f"{{{','.join(said)}}}"


def settle(batch: Import, numbers: Sequence[int]) -> None:
    """Point rows, by row number, at the lines with their fingerprints; others' are duplicates."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE escalations_importrow AS row"
            " SET line_id = CASE WHEN line.imported_by_id = row.batch_id THEN line.id END,"
            " outcome = CASE WHEN line.imported_by_id = row.batch_id THEN 'added'"
            " ELSE 'duplicate' END FROM escalations_escalation AS line"
            " WHERE row.batch_id = %s AND row.number = ANY(%s) AND row.fingerprint <> ''"
            " AND line.program_id = %s AND line.fingerprint = row.fingerprint"
            " AND line.fingerprint <> ''",
            [batch.pk, list(numbers), batch.program_id],
        )


def taken(fingerprints: Iterable[str], program: Program) -> set[str]:
    """Those of some fingerprints that lines of the program have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint FROM escalations_escalation"
            " WHERE program_id = %s AND fingerprint = ANY(%s::text[]) AND fingerprint <> ''",
            [program.pk, list(fingerprints)],
        )
        return {mark for (mark,) in cursor.fetchall()}


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
