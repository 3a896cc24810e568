"""A week beside the week before: the same figures on the page, in the pack and in the mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.urls import reverse

from calibration.models import BestPractice
from escalations.charts.drawing import Cell, Table
from escalations.models import Escalation
from people.models import Membership
from people.templatetags.tala import day
from reports.asked import Asked
from reports.definitions.feedback import OWED
from reports.definitions.logged import LOGGED, OPEN, UNRESOLVED
from reports.definitions.others import RATE
from reports.definitions.repeats import SAME_AGENT, SAME_CUSTOMER, SAME_TOPIC
from reports.effect.cards import due_to_ask
from reports.effect.page import in_words
from reports.kinds import overview, repeats
from reports.report import NO_FIGURE, Fact, Listed, Section

ONE_DAY = timedelta(days=1)
WEEK = 7 * ONE_DAY
FIGURES = tuple(
    one.slug
    for one in (LOGGED, RATE, OPEN, UNRESOLVED, OWED, SAME_AGENT, SAME_TOPIC, SAME_CUSTOMER)
)
OVER = (
    "Lines whose status is unresolved now and whose shift day began more shift days ago than the"
    " client promises an answer in, of the whole log. Unit: escalations."
)
NEW = "Best practices that came into force in these shift days. Unit: best practices."
DUE = (
    "Answers in force of which it can be told since at most two weeks whether they worked. Unit:"
    " best practices."
)


@dataclass(frozen=True)
class Beside:
    """A figure of the week and of the week before."""

    this: Fact
    before: Fact


@dataclass(frozen=True)
class Named:
    """A best practice by its title, where it is, and what is said of it."""

    title: str
    href: str
    words: str = ""


@dataclass(frozen=True)
class Week:
    """The figures of a week beside those of the week before, and what is to be done now."""

    asked: Asked
    before: Asked
    rows: tuple[Beside, ...]
    over: Fact
    new: tuple[Named, ...] = ()
    due: tuple[Named, ...] = ()

    @property
    def has_lines(self) -> bool:
        """Whether anything was logged in either week."""
        return any(one.value for one in (self.rows[0].this, self.rows[0].before))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is defined: the figures of the week, and what waits now."""
        return (*(row.this for row in self.rows), self.over)

    @property
    def section(self) -> Section:
        """The same for a page and a workbook."""
        span, before = self.asked.said_range, self.before.said_range
        headings = ("", span, "Share", before, "Share")
        rows = tuple(
            (
                Cell(row.this.name),
                *(
                    cell
                    for one in (row.this, row.before)
                    for cell in (Cell(one.said, one.href), Cell(one.share or NO_FIGURE))
                ),
            )
            for row in self.rows
        )
        lists = [Listed("beside", "The week and the week before", Table(headings, rows))]
        if self.new:
            lists.append(_listed("new", "New best practices", "In force since", self.new))
        if self.due:
            lists.append(_listed("due", "Did it work? To be told now", "Verdict", self.due))
        return Section("week", "The week at a glance", facts=(self.over,), lists=tuple(lists))


def asked_of(member: Membership, first: date, last: date) -> Asked:
    """A report of all lines of some shift days, both included."""
    return Asked(QueryDict(f"from={first}&to={last}"), member)


def read_week(member: Membership, first: date, last: date) -> Week:
    """The week that begins with the shift day `first`, a Monday, and ends with `last`.

    To be called within `one_moment`.
    """
    asked = asked_of(member, first, last)
    before = asked_of(member, first - WEEK, first - ONE_DAY)
    this, then = _facts(asked), _facts(before)
    rows = tuple(Beside(*both) for both in zip(this, then, strict=True))
    new, new_before = _new(member, asked), _new(member, before)
    here = f"{reverse('report_pack', kwargs={'p': member.program.slug, 'which': 'week'})}"
    new_row = Beside(
        _count("New best practices", len(new), NEW, f"{here}?from={first}#week-new"),
        _count("New best practices", len(new_before), NEW, f"{here}?from={first - WEEK}#week-new"),
    )
    return Week(asked, before, (*rows, new_row), _over(asked), new, _due(member))


def _facts(asked: Asked) -> list[Fact]:
    """The figures as the pages of the overview and of repeats have them."""
    sections = (*overview.KIND.make(asked), *repeats.KIND.make(asked))
    found = {one.slug: one for section in sections for one in section.facts}
    return [found[slug] for slug in FIGURES]


def _count(name: str, count: int, rule: str, href: str) -> Fact:
    return Fact(name, f"{count:,}", rule, href if count else "", value=count)


def _over(asked: Asked) -> Fact:
    program, past = asked.program, asked.today - (asked.program.promise_days + 1) * ONE_DAY
    lines = Escalation.objects.visible_to(asked.membership).filter(status="unresolved")
    count = lines.filter(occurred_at__lt=program.shift_bounds(past)[1]).count()
    url = reverse("log", kwargs={"p": program.slug})
    name = f"Unresolved now, over the promise of {program.promise_days} days"
    href = f"{url}?to={past}&count={UNRESOLVED.slug}"
    return Fact(name, f"{count:,}", OVER, href, slug="over-promise", value=count)


def _new(member: Membership, asked: Asked) -> tuple[Named, ...]:
    bounds = asked.population.bounds
    since = BestPractice.objects.visible_to(member).filter(
        effective_from__gte=bounds[0][0], effective_from__lt=bounds[-1][1]
    )
    return tuple(
        _named(one, member, day(one.effective_from, member.program))
        for one in since.order_by("effective_from", "number")
    )


def _due(member: Membership) -> tuple[Named, ...]:
    return tuple(
        _named(one.practice, member, in_words(one.verdict).words)
        for one in due_to_ask(member.program)
        if one.verdict
    )


def _named(one: BestPractice, member: Membership, words: str) -> Named:
    href = reverse("practice", kwargs={"p": member.program.slug, "n": one.number})
    return Named(one.title, href, words)


def _listed(name: str, title: str, heading: str, some: tuple[Named, ...]) -> Listed:
    rows = tuple((Cell(one.title, one.href), Cell(one.words)) for one in some)
    return Listed(name, title, Table(("Best practice", heading), rows))
