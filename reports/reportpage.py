"""The page around a report: ranges to choose from, filters that are on, the other reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from escalations.counted import NO_SEVERITY
from escalations.models.topics import UNGROUPED
from people.models import Agent, Membership, User
from reports.asked import FILTERS, WORDS, Asked
from reports.kinds import KINDS
from reports.report import Kind, Report

ONE_DAY = timedelta(days=1)
SEVERITY_WORDS = {"1": "1, worst", "2": "2", "3": "3", "4": "4", NO_SEVERITY: "Not said"}


@dataclass(frozen=True)
class Choice:
    """Something to choose: its words, where it leads, and whether it is chosen now."""

    words: str
    href: str
    is_on: bool = False


@dataclass
class ReportPage:
    """What the template shows of a `kind` as it was asked; `report` is None where it cannot be."""

    kind: Kind
    asked: Asked
    report: Report | None = None

    @property
    def here(self) -> str:
        """The address of the report, without what is asked."""
        return address(self.kind, self.asked.membership)

    @cached_property
    def kinds(self) -> list[Choice]:
        """All reports, of the same lines."""
        member, query = self.asked.membership, self.asked.query()
        return [
            Choice(one.title, f"{address(one, member)}?{query}", one is self.kind) for one in KINDS
        ]

    @cached_property
    def ranges(self) -> list[Choice]:
        """Ranges of shift days that are often asked for, up to the current one."""
        found = []
        for words, first, last in ranges(self.asked.today):
            is_on = (first, last) == (self.asked.first, self.asked.last)
            changes: dict[str, Any] = {"from": first, "to": last}
            found.append(Choice(words, f"{self.here}?{self.asked.query(**changes)}", is_on))
        return found

    @cached_property
    def chips(self) -> list[Choice]:
        """What leaves lines out, in words; each leads to the report without it."""
        asked = self.asked
        return [
            Choice(
                f"{WORDS[name]}: {self._said(name)}", f"{self.here}?{asked.query(**{name: None})}"
            )
            for name in asked.filters
        ]

    @property
    def plain(self) -> str:
        """The address of the same days with nothing left out."""
        nothing: dict[str, None] = dict.fromkeys(FILTERS)
        return f"{self.here}?{self.asked.query(**nothing)}"

    @cached_property
    def rules(self) -> list[tuple[str, str]]:
        """The definitions of the figures, each once, to be printed."""
        sections = self.report.sections if self.report else ()
        facts = (fact for section in sections for fact in section.facts)
        return list({fact.name: fact.definition for fact in facts}.items())

    def _said(self, name: str) -> str:
        text, pk = self.asked.data.get(name, ""), self.asked.cleaned_data.get(name)
        if name == "topic":
            if text == UNGROUPED:
                return "none"
            return next((one.name for one in self.asked.topics if one.pk == pk), text)
        if name == "agent":
            agent = Agent.objects.filter(program=self.asked.program, pk=pk).first()
            return str(agent or text)
        if name == "by":
            person = User.objects.filter(pk=pk).first() if pk else None
            return (person.get_full_name() or person.username) if person else text
        return SEVERITY_WORDS.get(text, text) if name == "severity" else text


def address(kind: Kind, membership: Membership) -> str:
    """Where a report of a program is."""
    slug = membership.program.slug
    if kind is KINDS[0]:
        return reverse("reports", kwargs={"p": slug})
    return reverse("report", kwargs={"p": slug, "kind": kind.slug})


def ranges(today: date) -> list[tuple[str, date, date]]:
    """The usual ranges with their first and last shift day; `today` is the current one."""
    monday = today - today.weekday() * ONE_DAY
    month = today.replace(day=1)
    month_before = (month - ONE_DAY).replace(day=1)
    return [
        ("This shift", today, today),
        *((f"Last {n} shift days", today - (n - 1) * ONE_DAY, today) for n in (7, 28, 91, 365)),
        ("This week", monday, today),
        ("Last week", monday - 7 * ONE_DAY, monday - ONE_DAY),
        ("This month", month, today),
        ("Last month", month_before, month - ONE_DAY),
    ]
