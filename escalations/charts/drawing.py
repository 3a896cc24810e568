"""What a drawn chart is made of: shapes with words, in the order in which they are painted."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import escape

WIDTH, HEIGHT = 640.0, 280.0
"""Units of the picture; one is a CSS pixel where the picture is 640 pixels wide."""


@dataclass(frozen=True)
class Mark:
    """One value: `d` its path (none where nothing is to be seen), `hit` where a pointer finds it.

    `said` is the value in words, at most about 50 characters; `href` leads to the rows counted.
    """

    d: str
    look: str
    said: str
    href: str = ""
    hit: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class Stroke:
    """A line or an area that has no value of its own: a series, a band, a limit, a grid line."""

    d: str
    look: str


@dataclass(frozen=True)
class Label:
    """Words in the picture at (x, y); `anchor` is start, middle or end, `look` a class."""

    x: str
    y: str
    words: str
    anchor: str = "middle"
    look: str = ""


@dataclass(frozen=True)
class Key:
    """A line of the legend: what a look and its pattern or shape mean."""

    words: str
    look: str
    d: str
    pattern: str = ""


@dataclass(frozen=True)
class Spark:
    """A small line without axes: templates/charts/spark.jinja; `said` says what it shows."""

    d: str
    last: str
    said: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `spark` is a small line beside its words."""

    words: str
    href: str = ""
    spark: Spark | None = None

    def __html__(self) -> str:
        """The words, linked where they lead somewhere: what a template shows of a cell."""
        words = escape(self.words)
        return f'<a href="{escape(self.href)}">{words}</a>' if self.href else str(words)


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart: headings, and rows whose first cell is the row's heading."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A chart, ready to be written: templates/charts/chart.jinja.

    `name` is the figure's id, once on a page; `title` its caption; `summary` one sentence that
    says what is to be seen; `note` what must be known (a definition, "no call volumes").
    """

    name: str
    kind: str
    title: str
    summary: str
    note: str
    width: str
    height: str
    behind: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    before: tuple[Stroke, ...]
    labels: tuple[Label, ...]
    keys: tuple[Key, ...]
    patterns: tuple[str, ...]
    table: Table
