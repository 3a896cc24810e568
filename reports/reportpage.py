"""The page around a report: ranges to choose from, filters that are on, the other reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse

from escalations.counted import NO_SEVERITY
from escalations.models import Escalation
from people.models import Agent, Membership, User
from people.ready import planned
from reports.asked import FILTERS, SPLITS, WORDS, Asked
from reports.kinds import KINDS
from reports.report import Kind, Report, Section
from reports.savedviews import SaveView

ONE_DAY = timedelta(days=1)
SEVERITY_WORDS = {"1": "1, worst", "2": "2", "3": "3", "4": "4", NO_SEVERITY: "Not said"}

_PEOPLE = """
    SELECT (SELECT coalesce(json_agg(team), '[]') FROM (SELECT DISTINCT team FROM people_agent
        WHERE program_id = %s AND team <> '' ORDER BY team LIMIT 200) AS one),
    (SELECT coalesce(json_agg(json_build_array(username, name)
        ORDER BY lower(name), username), '[]')
    FROM (SELECT username, coalesce(nullif(who.name, ''), username) AS name
        FROM people_membership AS member JOIN people_user AS who ON who.id = member.user_id
        WHERE member.program_id = %s AND member.roles <> '{agent}' ORDER BY 2, 1 LIMIT 500) AS one)
"""


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
    def saving(self) -> SaveView:
        """The views that are kept, and the form that keeps this one."""
        return SaveView(self.kind.slug, self.asked)

    @property
    def workbook(self) -> str:
        """The address of the same report as a workbook."""
        parts = {"p": self.asked.program.slug, "kind": self.kind.slug}
        return f"{reverse('report_xlsx', kwargs=parts)}?{self.asked.query()}"

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

    @cached_property
    def splits(self) -> list[Choice]:
        """By what the overview can be split; to be split by nothing again."""
        if self.kind is not KINDS[0]:
            return []
        now = self.asked.cleaned_data.get("split", "")
        found = [
            Choice(words, f"{self.here}?{self.asked.query(split=by)}#split", by == now)
            for by, words in SPLITS.items()
        ]
        if now:
            found.append(Choice("nothing", f"{self.here}?{self.asked.query(split=None)}"))
        return found

    @cached_property
    def _people(self) -> tuple[Any, ...]:
        """Teams, and who logs; one question."""
        return planned(_PEOPLE, [self.asked.program.pk] * 2)[0]

    @property
    def teams(self) -> list[str]:
        """The teams of the roster, by name."""
        return list(self._people[0])

    @property
    def smes(self) -> list[tuple[str, str]]:
        """Who logs or logged: username and name, by name."""
        return [(username, name) for username, name in self._people[1]]

    @property
    def severities(self) -> list[tuple[str, str]]:
        """The degrees with their words."""
        return list(SEVERITY_WORDS.items())

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing was ever logged in the program."""
        facts = [fact for one in self._sections for fact in one.facts]
        if self.report is None or any(fact.value for fact in facts):
            return False
        return not Escalation.objects.filter(program=self.asked.program).exists()

    @property
    def plain(self) -> str:
        """The address of the same days with nothing left out."""
        nothing: dict[str, None] = dict.fromkeys(FILTERS)
        return f"{self.here}?{self.asked.query(**nothing)}"

    @cached_property
    def rules(self) -> list[tuple[str, str]]:
        """The definitions of the figures, each once, to be printed."""
        facts = (fact for section in self._sections for fact in section.facts)
        return list({fact.name: fact.definition for fact in facts}.items())

    @property
    def _sections(self) -> tuple[Section, ...]:
        return self.report.sections if self.report else ()

    def _said(self, name: str) -> str:
        """What a filter was asked for, as people say it."""
        text, pk = self.asked.filters[name], self.asked.cleaned_data.get(name)
        if name == "topic":
            names = (one.name for one in self.asked.topics if one.pk == pk)
            return next(names, "none" if pk == 0 else text)
        if name == "agent":
            return str(Agent.objects.filter(pk=pk or 0).first() or text)
        if name == "by":
            return str(User.objects.filter(pk=pk or 0).first() or text)
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
