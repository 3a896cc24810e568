"""The sheet as it is looked at: rows with their number in the shift, totals, pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from escalations.filters import SheetFilter
from escalations.models import Escalation
from escalations.paging import Page, page_of
from people.models import Membership, Program
from people.templatetags.tala import day as say_day

CAP = 10_000


@dataclass
class Sheet:
    """Everything a log sheet page shows, for one member and one query string."""

    asked: SheetFilter
    membership: Membership
    page: Page
    is_near: bool = False
    count: int = 0
    totals: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[Escalation]:
        """The page's lines, newest first, each with `ordinal` and `is_mine_to_edit`."""
        return self.page.lines

    @property
    def count_said(self) -> str:
        """How many lines the filters leave, in words, capped."""
        return f"{CAP:,}+" if self.count > CAP else f"{self.count:,}"


def read_sheet(asked: SheetFilter, membership: Membership) -> Sheet:
    """Ask for one page of the sheet: none of its queries is asked per row or per word."""
    lines = asked.rows(membership)
    page = page_of(lines.for_sheet(), asked.said("cursor"))
    near = False
    if asked.words and not page.lines and not asked.errors:
        lines = asked.rows(membership, nearly=True)
        page = page_of(lines.for_sheet(), asked.said("cursor"))
        near = True
    sheet = Sheet(asked, membership, page, is_near=near and bool(page.lines))
    dress(page.lines, membership)
    if asked.span.day:
        sheet.totals = asked.within(membership).totals()
    if asked.is_narrowed or not asked.span.day:
        sheet.count = lines.capped_count(CAP)
    return sheet


def dress(lines: Iterable[Escalation], membership: Membership) -> None:
    """Give each line its `ordinal`, `shift_on` and `is_mine_to_edit`; one query for all."""
    lines = list(lines)
    program = membership.program
    oldest_of_mine = program.shift_bounds(program.current_shift() - timedelta(days=1))[0]
    may_any, may_own = membership.may("edit_any"), membership.may("edit_own")
    numbers = ordinals(lines, program)
    for line in lines:
        line.program = program
        line.ordinal, line.shift_on = numbers[line.pk]  # type: ignore[attr-defined]
        line.target, line.number_said = f"#line-{line.number}", str(line.number)  # type: ignore[attr-defined]
        line.shift_said = say_day(line.shift_on)  # type: ignore[attr-defined]
        is_own = line.logged_by_id == membership.user_id and line.occurred_at >= oldest_of_mine
        line.is_mine_to_edit = may_any or (may_own and is_own)  # type: ignore[attr-defined]


def ordinals(lines: Iterable[Escalation], program: Program) -> dict[int, tuple[int, date]]:
    """The number of each line within its shift day, in paper order, and that day.

    One query; each line counts the lines of its own shift up to itself, so filters and pages do
    not change it. Void lines count: a paper form's crossed-out line keeps its number.
    """
    lines = list(lines)
    if not lines:
        return {}
    days = _shift_days(lines, program)
    values: list[Any] = []
    for line in lines:
        values += [line.pk, line.occurred_at, program.shift_bounds(days[line.pk])[0]]
    row = "(%s::bigint, %s::timestamptz, %s::timestamptz)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.id, (SELECT count(*) FROM escalations_escalation line"  # noqa: S608
            " WHERE line.program_id = %s AND line.occurred_at >= asked.start"
            " AND (line.occurred_at, line.id) <= (asked.at, asked.id))"
            f" FROM (VALUES {', '.join([row] * len(lines))}) AS asked (id, at, start)",
            [program.pk, *values],
        )
        counted = dict(cursor.fetchall())
    return {line.pk: (counted[line.pk], days[line.pk]) for line in lines}


def _shift_days(lines: list[Escalation], program: Program) -> dict[int, date]:
    """The shift day of each line; the bounds of a day are worked out once."""
    days: dict[int, date] = {}
    known: tuple[datetime, datetime, date] | None = None
    for line in lines:
        if known is None or not known[0] <= line.occurred_at < known[1]:
            day = program.shift_day_of(line.occurred_at)
            known = (*program.shift_bounds(day), day)
        days[line.pk] = known[2]
    return days
