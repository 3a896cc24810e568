"""What a sheet's filter says and links to: every filter and every number is a URL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from escalations.counted import COUNTED, FURTHER, WEEKDAYS
from escalations.models.topics import UNGROUPED
from people.templatetags.tala import day as say_day

if TYPE_CHECKING:
    from escalations.filters import Span
    from people.models import Program

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 1, 1)
ALL_SHIFTS = "all"
TIMES = ("shift", "from", "to")
PLAIN = ("q", "agent", "topic", "status", "feedback", "by")
NARROWING = (*PLAIN, *FURTHER)


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the query string without it."""

    label: str
    without: str


class FilterLinks:
    """The words and links of a SheetFilter."""

    if TYPE_CHECKING:
        data: Any
        program: Program
        now: Any

        @property
        def span(self) -> Span: ...
        def said(self, name: str) -> Any: ...

    def typed(self, name: str) -> str:
        """What the filter's field shows: as it was asked for, readable or not."""
        return self.data.get(name) or ""

    def link(self, **changes: str | date | None) -> str:
        """The query string with some filters changed or, for None, left out; never a cursor."""
        asked: dict[str, Any] = {name: self.data.get(name, "") for name in (*TIMES, *NARROWING)}
        asked |= changes
        return "?" + urlencode([(name, str(to)) for name, to in asked.items() if to])

    @property
    def plain(self) -> str:
        """The same time, nothing else left out."""
        return self.link(**dict.fromkeys(NARROWING))

    @cached_property
    def _plain_once(self) -> str:
        return self.plain

    @property
    def plain_with_filters(self) -> str:
        """The same rows, from the first page."""
        return self.link()

    @property
    def only_unresolved(self) -> str:
        """The rows that the number of unresolved lines counts."""
        return self.link(**{**dict.fromkeys(NARROWING), "status": "unresolved"})

    @property
    def only_owed(self) -> str:
        """The rows that the number of owed feedback counts."""
        return self.link(**{**dict.fromkeys(NARROWING), "feedback": "owed"})

    def only_topic(self, slug: str) -> str:
        """The rows that the number of lines of a topic counts; of none for an empty slug."""
        base = self._plain_once
        return f"{base}{'&' if len(base) > 1 else ''}topic={quote(slug or UNGROUPED)}"

    @property
    def everywhere(self) -> str:
        """The same filters over all shifts."""
        return self.link(**{**dict.fromkeys(TIMES), "shift": ALL_SHIFTS})

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on, in words."""
        words = {"q": "“{}”", "agent": "Agent {}", "by": "Logged by {}"}
        words |= {"topic": "Topic: {}", "status": "Status: {}", "feedback": "Feedback: {}"}
        words |= {"team": "Team: {}", "severity": "Severity: {}", "hour": "{}:00 to {}:59"}
        words |= {"weekday": "Shift days: {}", "count": "Counted: {}"}
        return [
            Chip(words[name].format(*[self._shown(name)] * 2), self.link(**{name: None}))
            for name in NARROWING
            if self.said(name)
        ]

    def _shown(self, name: str) -> Any:
        """What a filter leaves, in words."""
        said = self.said(name)
        if name == "weekday":
            return WEEKDAYS[int(said)]
        return COUNTED[said].name if name == "count" else said

    @property
    def further(self) -> list[tuple[str, str]]:
        """The filters that are on and have no field of their own."""
        return [(name, str(self.said(name))) for name in FURTHER if self.said(name)]

    @property
    def before(self) -> date | None:
        """The shift day before the one shown."""
        return self._neighbour(-1)

    @property
    def after(self) -> date | None:
        """The shift day after the one shown; None when that has not begun."""
        return self._neighbour(1)

    def _neighbour(self, days: int) -> date | None:
        if self.span.day is None:
            return None
        found = self.span.day + timedelta(days=days)
        return found if FIRST_DAY <= found <= self.program.current_shift(self.now) else None

    @property
    def is_tonight(self) -> bool:
        """Whether a line typed here without a time happened now."""
        return self.span.day is None or self.span.is_current

    @property
    def is_all(self) -> bool:
        """Whether all shifts are shown."""
        return self.span.start is None and self.span.end is None

    @property
    def is_range(self) -> bool:
        """Whether `from` or `to` is given."""
        return self.span.day is None and not self.is_all

    @property
    def range_said(self) -> str:
        """`Mon 2 Nov – Fri 6 Nov`, `since …`, `until …` or `All shifts`."""
        first, last = self.said("from"), self.said("to")
        if first and last:
            return f"{say_day(first)} – {say_day(last)}"
        if first:
            return f"Since {say_day(first)}"
        return f"Until {say_day(last)}" if last else "All shifts"

    @property
    def from_said(self) -> str:
        """`from` as the date field takes it."""
        return str(self.said("from") or "")

    @property
    def to_said(self) -> str:
        """`to` as the date field takes it."""
        return str(self.said("to") or "")
