"""The page of one best practice’s effect: its verdict in words, its figures, what must be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property

from calibration.effect.card import Card, Per
from calibration.effect.days import Count, Day
from calibration.effect.picture import picture, sentences
from calibration.effect.ratio import Ratio
from calibration.effect.verdict import Finding, Verdict
from escalations.charts.drawing import Drawing
from escalations.charts.scale import figure, percent
from people.models import Program
from people.templatetags.tala import day
from reports.definitions import effect as said
from reports.definitions.effect import Figure
from reports.effect.cards import Effect
from reports.effect.links import lines_of, volumes_of
from reports.effect.notes import Note, notes
from reports.effect.span import Span

LOOKS = {
    Finding.FEWER: ("fewer", "check-circle"),
    Finding.MORE: ("more", "exclamation-triangle"),
    Finding.NO_DIFFERENCE: ("same", "dash-circle"),
    Finding.SO_DID_ALL: ("same", "circle-half"),
    Finding.TOO_EARLY: ("early", "hourglass-split"),
    Finding.TOO_RARE: ("none", "slash-circle"),
    Finding.NOTHING_BEFORE: ("none", "question-circle"),
    Finding.TOO_SHORT: ("none", "x-circle"),
}
"""How a finding looks, beside its words: a class and an icon."""


UNEVEN = 1.05
"""From which swing of the days on the wider interval is shown."""


@dataclass(frozen=True)
class Cell:
    """What a table says, and the rows it leads to."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A figure before and after in two `cells`, or of both in one; `hover` says what it is."""

    name: str
    cells: tuple[Cell, ...]
    hover: str = ""


@dataclass(frozen=True)
class Told:
    """A verdict as people read it."""

    words: str
    look: str
    icon: str


def in_words(verdict: Verdict) -> Told:
    """A verdict in words, its day as the pages write days."""
    words = str(verdict.finding).capitalize()
    if verdict.ask_again_on:
        words += f", ask again on {day(verdict.ask_again_on)}"
    return Told(words, *LOOKS[verdict.finding])


def shown_rate(count: Count, per: Per) -> str:
    """A rate as the card's sentences write it; a dash without a denominator."""
    if count.rate is None:
        return "–"
    return percent(count.rate) if per is Per.ALL else figure(round(1000 * count.rate, 2))


def shown_ratio(ratio: Ratio) -> str:
    """A ratio of rates with its 95 % interval, in short: 0.25× (0.17 to 0.36)."""
    high = "no end" if ratio.high is None else figure(round(ratio.high, 2))
    interval = f"({figure(round(ratio.low, 2))} to {high})"
    return interval if ratio.value is None else f"{figure(round(ratio.value, 2))}× {interval}"


class EffectPage:
    """Everything the page shows of an effect that has a card."""

    def __init__(self, effect: Effect, program: Program, span: Span, card: Card) -> None:
        self.effect, self.program, self.span, self.card = effect, program, span, card
        self.slug = effect.topic.slug if effect.topic else ""
        self.name = effect.topic.name if effect.topic else ""

    @property
    def verdict(self) -> Told:
        """The verdict."""
        return in_words(self.effect.verdict or self.card.verdict)

    @property
    def sentences(self) -> list[str]:
        """The figures in sentences."""
        return sentences(self.card)

    @cached_property
    def chart(self) -> Drawing:
        """The control chart."""
        return picture(
            self.card,
            name="effect-chart",
            topic=self.name,
            since=self.span.in_force_on,
            link=self.link,
        )

    @property
    def is_per_call(self) -> bool:
        """Whether it is divided by calls handled."""
        return self.card.per is Per.CALLS

    def link(self, first: date, last: date, topic: str = "") -> str:
        """The lines of a topic that are counted in these days, as the log sheet shows them."""
        count = "with-volume" if self.is_per_call else "logged"
        return lines_of(self.program, first, last, topic=topic or self.slug, count=count)

    @property
    def rows(self) -> list[Row]:
        """The figures before and after."""
        card, before, after = self.card, self.card.spells.before, self.card.spells.after
        base, rate = (said.CALLS, said.RATE) if self.is_per_call else (said.ALL, said.SHARE)
        rows = [
            _row(said.DAYS, Cell(self._days(before)), Cell(self._days(after))),
            _row(
                said.LINES,
                Cell(f"{card.before.events:,}", self._of(before)),
                Cell(f"{card.after.events:,}", self._of(after)),
            ),
            _row(
                base,
                Cell(f"{card.before.base:,}", self._base(before)),
                Cell(f"{card.after.base:,}", self._base(after)),
            ),
            _row(rate, *(Cell(shown_rate(count, card.per)) for count in (card.before, card.after))),
        ]
        if card.others:
            others = (card.others.before, card.others.after)
            rows.append(_row(said.UNTOUCHED, *(Cell(shown_rate(c, card.per)) for c in others)))
        return [*rows, *self._ratios]

    @property
    def _ratios(self) -> list[Row]:
        """What was found of both, with its 95 % interval."""
        card = self.card
        found = [
            (said.RATIO, card.ratio),
            (said.JUDGED, card.judged if card.swing > UNEVEN else None),
            (said.OTHERS, card.others.ratio if card.others else None),
            (said.LEVEL, card.series.level if card.series else None),
        ]
        return [_row(figure_, Cell(shown_ratio(ratio))) for figure_, ratio in found if ratio]

    @property
    def beside(self) -> list[Row]:
        """The untouched topics, each with its escalations before and after."""
        before, after = self.card.spells.before, self.card.spells.after
        return [
            Row(
                one.topic.name,
                (
                    Cell(f"{one.before:,}", self._of(before, one.topic.slug)),
                    Cell(f"{one.after:,}", self._of(after, one.topic.slug)),
                ),
            )
            for one in self.effect.beside
        ]

    @property
    def notes(self) -> list[Note]:
        """What must be known beside the figures."""
        return notes(self.effect, self.program, self.span, self.card)

    @property
    def definitions(self) -> list[Figure]:
        """What the figures of this page are."""
        is_seen = {
            said.CALLS: self.is_per_call,
            said.RATE: self.is_per_call,
            said.ALL: not self.is_per_call,
            said.SHARE: not self.is_per_call,
            said.JUDGED: self.card.swing > UNEVEN,
            said.UNTOUCHED: bool(self.card.others),
            said.OTHERS: bool(self.card.others),
            said.LEVEL: bool(self.card.series),
        }
        return [one for one in said.FIGURES if is_seen.get(one, True)]

    def _days(self, spell: Sequence[Day]) -> str:
        if not spell:
            return "none yet"
        based = sum(1 for one in spell if one.base)
        counted = f"{based:,}" if based == len(spell) else f"{based:,} of {len(spell):,}"
        return f"{day(spell[0].on)} to {day(spell[-1].on)}, {counted} days"

    def _of(self, spell: Sequence[Day], topic: str = "") -> str:
        return self.link(spell[0].on, spell[-1].on, topic) if spell else ""

    def _base(self, spell: Sequence[Day]) -> str:
        if not spell:
            return ""
        first, last = spell[0].on, spell[-1].on
        if self.is_per_call:
            return volumes_of(self.program, first, last)
        return lines_of(self.program, first, last, count="logged")


def _row(figure: Figure, *cells: Cell) -> Row:
    return Row(figure.name, cells, figure.hover)
