"""Keyset pagination: a page begins after a line, not after a number of lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Q

from escalations.querysets import EscalationQuerySet
from escalations.rows import SheetRow, rows_of

SALT = "sheet-page"
PAGE = 50


@dataclass(frozen=True)
class Cursor:
    """The line a page goes on from, and in which direction."""

    occurred_at: datetime
    pk: int
    newer: bool = False

    def __str__(self) -> str:
        return signing.dumps(
            [self.occurred_at.isoformat(), self.pk, self.newer], salt=SALT, compress=False
        )

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """A cursor from its signed text; None when it is not one of ours."""
        try:
            at, pk, newer = signing.loads(text, salt=SALT)
            return cls(datetime.fromisoformat(at), int(pk), bool(newer))
        except (signing.BadSignature, ValueError, TypeError):
            return None


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and the cursors of the pages beside."""

    lines: list[SheetRow]
    newer: Cursor | None
    older: Cursor | None


def page_of(lines: EscalationQuerySet, cursor: Cursor | None) -> Page:
    """Cut one page out of `lines`; one query, whatever the depth.

    Which lines they are is found in an index alone, which holds all that is filtered by; only
    those of the page are then looked at.
    """
    which = ordered_from(lines, cursor).values("pk")[: PAGE + 1]
    some = lines.model.objects.filter(pk__in=which)
    newer = bool(cursor and cursor.newer)
    return page_from(rows_of(some.paper_order() if newer else some.newest_first()), cursor)


def ordered_from(lines: EscalationQuerySet, cursor: Cursor | None) -> EscalationQuerySet:
    """The lines from the cursor on: older ones newest first, or newer ones in paper order."""
    newer = bool(cursor and cursor.newer)
    ordered = lines.paper_order() if newer else lines.newest_first()
    if not cursor:
        return ordered
    side = "gt" if newer else "lt"
    return ordered.filter(**{f"occurred_at__{side}e": cursor.occurred_at}).exclude(
        Q(occurred_at=cursor.occurred_at) & ~Q(**{f"pk__{side}": cursor.pk})
    )


def page_from(found: list[SheetRow], cursor: Cursor | None) -> Page:
    """The page of the rows read in the order of `ordered_from`, one more than shown if there is."""
    newer = bool(cursor and cursor.newer)
    more = len(found) > PAGE
    found = found[:PAGE]
    if newer:
        found.reverse()
    has_newer = more if newer else cursor is not None
    has_older = True if newer else more
    return Page(
        lines=found,
        newer=_at(found[0], newer=True) if found and has_newer else None,
        older=_at(found[-1], newer=False) if found and has_older else None,
    )


def _at(line: SheetRow, *, newer: bool) -> Cursor:
    return Cursor(line.occurred_at, line.pk, newer)
