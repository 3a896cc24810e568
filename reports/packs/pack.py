"""What a pack is: reports one after the other under one cover line, over a week, month or range."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reports.asked import Asked
from reports.report import Report, Section

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pack:
    """A pack there is: who may have it, what it covers, and what makes its reports.

    `span` is week, month or days. `with_tables` prints the table behind every chart;
    `is_for_client` names nobody of the floor.
    """

    slug: str
    title: str
    lead: str
    span: str
    make: Callable[[Asked], Sequence[Report]]
    ability: str = "read_reports"
    with_tables: bool = False
    is_for_client: bool = False

    def of(self, asked: Asked) -> tuple[Report, ...]:
        """Its reports, read in one moment by whoever calls; no name twice on the page."""
        return tuple(_apart(report) for report in self.make(asked))


def days_of(span: str, day: date) -> tuple[date, date]:
    """The first and last shift day of the week (Monday to Sunday) or month of a shift day."""
    if span == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    first = day - day.weekday() * ONE_DAY
    return first, first + 6 * ONE_DAY


def last_whole(span: str, today: date) -> tuple[date, date]:
    """The last week or month that was over before `today` began."""
    first, _ = days_of(span, today)
    return days_of(span, first - ONE_DAY)


def sections_of(reports: Sequence[Report]) -> list[Section]:
    """All sections, for a workbook; each title says of which report it is."""
    return [
        replace(section, title=f"{report.title}: {section.title}")
        for report in reports
        for section in report.sections
    ]


def _apart(report: Report) -> Report:
    """The report with names that begin with its own."""
    return replace(report, sections=tuple(_named(one, report.slug) for one in report.sections))


def _named(section: Section, before: str) -> Section:
    return replace(
        section,
        slug=f"{before}-{section.slug}",
        drawings=tuple(replace(one, name=f"{before}-{one.name}") for one in section.drawings),
        heats=tuple(replace(one, name=f"{before}-{one.name}") for one in section.heats),
        lists=tuple(replace(one, name=f"{before}-{one.name}") for one in section.lists),
    )
