"""The five numbers of the board in words, what each counts, and where its rows are."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from escalations.charts.scale import figure, percent
from escalations.navcounts import said
from people.models import Program
from people.templatetags.tala import say_time
from reports.board.board import Board
from reports.definitions import feedback, logged
from reports.definitions.others import OVERDUE, RATE, RISING, USUAL

LONG = 3
"""Figures that have room beside each other in the largest size."""


@dataclass(frozen=True)
class Tile:
    """One large number: `big` and its `name`, a line below, what it counts, its rows."""

    slug: str
    big: str
    name: str
    below: str
    says: str
    href: str = ""
    tone: str = ""

    @property
    def is_long(self) -> bool:
        """Whether the number needs smaller figures to stay on its line."""
        return len(self.big) > LONG


@dataclass(frozen=True)
class Words:
    """What the board says beside its figures."""

    tiles: tuple[Tile, ...]
    by: str
    rising: str = RISING.hover


def words_of(board: Board, program: Program) -> Words:
    """Say the numbers of a board."""
    log = f"{reverse('log', kwargs={'p': program.slug})}?shift={board.day}"
    late = reverse("follow_ups", kwargs={"p": program.slug})
    by, shift = say_time(board.by, program.zone), "Lines of this shift, void ones left out."
    tiles = (
        Tile("logged", f"{board.logged:,}", "logged", _below(board), shift, f"{log}&count=logged"),
        Tile(
            "unresolved",
            f"{board.unresolved:,}",
            "unresolved",
            "of this shift",
            f"{shift} {logged.UNRESOLVED.rule}",
            f"{log}&status=unresolved",
            "due" if board.unresolved else "",
        ),
        Tile(
            "owed",
            f"{board.owed:,}",
            "feedback owed",
            "of this shift",
            f"{shift} {feedback.OWED.rule}",
            f"{log}&feedback=owed",
            "due" if board.owed else "",
        ),
        Tile(
            "overdue",
            said(board.overdue) or "0",
            "call-backs overdue" if board.overdue != 1 else "call-back overdue",
            "of all shifts",
            OVERDUE.hover,
            f"{late}?state=overdue",
            "late" if board.overdue else "",
        ),
        _fifth(board, by, log),
    )
    return Words(tiles, by)


def _below(board: Board) -> str:
    """Beside a rate the usual has no place of its own."""
    if board.rate is None or board.usually is None:
        return "in this shift"
    return f"usually {figure(board.usually.middle)} by now"


def _fifth(board: Board, by: str, log: str) -> Tile:
    """The escalation rate where calls are known, else what is usual by now."""
    if rate := board.rate:
        of = f"{rate.lines} of {rate.calls:,} calls"
        between = f"{percent(round(rate.low, 3))} to {percent(round(rate.high, 3))}"
        href = f"{log}&count=with-volume"
        says = f"{RATE.hover} Here {between}, {rate.hours} hours."
        return Tile("rate", percent(round(rate.share, 3)), "escalation rate", of, says, href)
    if usually := board.usually:
        days = "1 shift day" if board.days == 1 else f"{board.days} shift days"
        below = f"{usually.fewest} to {usually.most} by {by}"
        says = f"{USUAL.hover} Here {days}."
        return Tile("usual", figure(usually.middle), "usually by now", below, says)
    return Tile("usual", "–", "usually by now", "no shift before this one", USUAL.hover)
