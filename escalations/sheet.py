"""The sheet as it is looked at: rows with their number in the shift, totals, pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from escalations.filters import CAP, SheetFilter
from escalations.models import Escalation
from escalations.navcounts import waiting_for
from escalations.ordinals import ordinals
from escalations.paging import PAGE, Page
from escalations.readysheet import TopicCount
from escalations.rows import SheetRow
from escalations.search import Found
from people.models import Membership
from people.templatetags import tala


@dataclass
class Sheet:
    """Everything a log sheet page shows, for one member and one query string."""

    asked: SheetFilter
    found: Found
    totals: dict[str, int] = field(default_factory=dict)
    topics: list[TopicCount] = field(default_factory=list)
    overdue: int = 0

    @property
    def page(self) -> Page:
        """The rows and the pages beside."""
        return self.found.page

    @property
    def rows(self) -> list[SheetRow]:
        """The page's lines, newest first, each with `ordinal` and `is_mine_to_edit`."""
        return self.page.lines

    @property
    def count_said(self) -> str:
        """How many lines the filters leave, in words, as far as they were counted."""
        count = self.found.count
        if count is None:
            is_first = self.asked.words and not self.page.newer and self.page.older
            return f"More than {PAGE} lines" if is_first else ""
        said = f"{CAP:,}+" if count > CAP else f"{count:,}"
        return f"{said} {'line' if count == 1 else 'lines'}" if count else ""


def read_sheet(asked: SheetFilter, membership: Membership) -> Sheet:
    """Ask for one page of the sheet: none of its queries is asked per row or per word."""
    sheet = Sheet(asked, asked.found(membership))
    dress(sheet.rows, membership)
    if asked.span.day:
        sheet.totals, sheet.topics = asked.totals(membership)
    sheet.overdue = waiting_for(membership).overdue
    return sheet


def dress(lines: Iterable[Escalation | SheetRow], membership: Membership) -> None:
    """Give each line what its row says beside itself; one query for all.

    `ordinal`, `shift_on` and `is_mine_to_edit`, and in words `shift_said`, `clock_said` and
    `moment_said` (the program's zone) and `iso_said` (UTC); a model also `number_said`, `target`.
    """
    lines = list(lines)
    program, zone = membership.program, membership.program.zone
    oldest_of_mine = program.shift_bounds(program.current_shift() - timedelta(days=1))[0]
    may_any, may_own = membership.may("edit_any"), membership.may("edit_own")
    numbers = ordinals(lines, program)
    say_day = cache(tala.day)
    for line in lines:
        shown: Any = line
        if isinstance(line, Escalation):
            line.program = program
            shown.target, shown.number_said = f"#line-{line.number}", str(line.number)
        shown.ordinal, shown.shift_on = numbers[line.pk]
        local = line.occurred_at.astimezone(zone)
        shown.clock_said = tala.say_time(local, zone)
        shown.moment_said = f"{say_day(local.date())}, {shown.clock_said}"
        shown.iso_said = tala.iso(line.occurred_at)
        shown.shift_said = say_day(shown.shift_on)
        is_own = line.logged_by_id == membership.user_id and line.occurred_at >= oldest_of_mine
        shown.is_mine_to_edit = may_any or (may_own and is_own)
