"""A pack as its page prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.asked import Asked
from reports.book import Head
from reports.filehead import head_of
from reports.packs.pack import Pack
from reports.report import Report

MOST_COLUMNS, SHORT = 4, 12
"""Columns of a table that stands beside another; rows that are not parted by a page's end."""


@dataclass(frozen=True)
class Behind:
    """The table behind a chart as it is printed: its words as the chart has them."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of the paper."""
        return len(self.headings) > MOST_COLUMNS

    @property
    def is_short(self) -> bool:
        """Whether it can be kept on one page with its title."""
        return len(self.rows) <= SHORT


@dataclass(frozen=True)
class Printed:
    """The cover line, the reports, the tables behind their charts, the definitions."""

    pack: Pack
    asked: Asked
    reports: tuple[Report, ...]

    @property
    def head(self) -> Head:
        """Program, shift days, when and by whom it was made."""
        return head_of(self.pack.title, self.asked)

    @property
    def behind(self) -> Iterator[Behind]:
        """The tables behind the charts, for a pack that prints them."""
        for report in self.reports if self.pack.with_tables else ():
            for section in report.sections:
                for chart in section.drawings:
                    rows = tuple(tuple(cell.words for cell in row) for row in chart.table.rows)
                    title = f"{report.title}: {chart.title}"
                    yield Behind(title, chart.table.headings, rows)

    @property
    def rules(self) -> list[tuple[str, str]]:
        """The definitions of the figures, each once."""
        facts = (
            fact for report in self.reports for section in report.sections for fact in section.facts
        )
        return list({fact.name: fact.definition for fact in facts}.items())
