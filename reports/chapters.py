"""Every definition there is, by chapter: what docs/numbers.md and the page of definitions say."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.effect.verdict import Finding
from reports.definitions import effect, others, rests
from reports.definitions.effect import Figure
from reports.definitions.families import FAMILIES
from reports.definitions.number import Number
from reports.report import definition

VERDICTS = "The eight: {}."


@dataclass(frozen=True)
class Defined:
    """A number as it is looked up: its slug, its name, its rule and the whole of its definition.

    `counts_lines` says whether its slug is one the log sheet's `count` takes.
    """

    slug: str
    name: str
    rule: str
    said: str
    counts_lines: bool

    @property
    def more(self) -> str:
        """The definition after its rule: unit, population, zone and source."""
        return self.said.removeprefix(self.rule).strip()


@dataclass(frozen=True)
class Chapter:
    """Numbers that belong together, under a heading."""

    name: str
    numbers: tuple[Defined, ...]


def chapters() -> tuple[Chapter, ...]:
    """What counts lines first, then what is calculated."""
    return (
        *(_counted(family.name, family.numbers) for family in (*FAMILIES, rests.FAMILY)),
        *(_calculated(name, figures) for name, figures in others.GROUPS),
        _calculated("Did it work?", effect.FIGURES),
    )


def figure_said(figure: Figure) -> str:
    """The whole definition of what counts no lines; it begins with what is said on hover."""
    parts = [figure.hover]
    if figure is effect.VERDICT:
        parts.append(VERDICTS.format(" · ".join(Finding)))
    parts.append(f"Unit: {figure.unit}.")
    if figure.zone:
        parts.append(f"Zone: {figure.zone}")
    return " ".join(parts)


def _counted(name: str, numbers: tuple[Number, ...]) -> Chapter:
    said = [Defined(n.slug, n.name, n.rule, definition(n), counts_lines=True) for n in numbers]
    return Chapter(name, tuple(said))


def _calculated(name: str, figures: tuple[Figure, ...]) -> Chapter:
    said = [Defined(o.slug, o.name, o.rule, figure_said(o), counts_lines=False) for o in figures]
    return Chapter(name, tuple(said))
