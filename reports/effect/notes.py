"""What must be known beside the figures of a best practice’s effect, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from calibration.effect.baseline import FEWEST
from calibration.effect.card import Card, Per
from calibration.effect.verdict import LONGEST, Finding
from escalations.charts.scale import percent
from people.models import Program
from people.templatetags.tala import clock, day
from reports.effect.cards import Effect
from reports.effect.links import volumes_of
from reports.effect.span import Span

FAR_APART = 0.1
"""By how much the shares without a topic may differ before it is said."""


@dataclass(frozen=True)
class Note:
    """Something that must be known, and where it leads; `is_way` to what to do about it."""

    words: str
    href: str = ""
    link: str = ""
    is_way: bool = False


def notes(effect: Effect, program: Program, span: Span, card: Card) -> list[Note]:
    """All that must be known, the most important first."""
    return [
        *_about_before(effect, card),
        *_about_after(effect, program, span, card),
        *_about_volumes(effect, program, card),
        *_about_answers(effect, program),
        *_about_grouping(effect, program),
    ]


def _about_before(effect: Effect, card: Card) -> Iterator[Note]:
    if card.verdict.finding is not Finding.NOTHING_BEFORE:
        return
    before, topic = card.before, effect.topic.name if effect.topic else ""
    if before.days >= FEWEST:
        yield Note(f"In {said_days(before.days)} before it no line of “{topic}” was logged.")
        return
    what = "call volumes" if card.per is Per.CALLS else "lines"
    there = said_days(before.days) if before.days else "no shift day"
    yield Note(f"Before it: {there} with {what}, the spike left out; {FEWEST} are needed.")


def _about_after(effect: Effect, program: Program, span: Span, card: Card) -> Iterator[Note]:
    days = len(card.spells.after)
    if span.is_over and days >= LONGEST:
        yield Note(f"Its first {LONGEST} days in force are compared, later ones are not.")
    elif span.is_over:
        yield Note(f"It was in force for {said_days(days)}, so no later day changes this.")
    elif not days and not effect.ungrouped:
        ends = program.shift_bounds(span.in_force_on)[1]
        when = f"{day(ends, program)}, {clock(ends, program)}"
        yield Note(f"Not one whole shift day in force yet: the first ends on {when}.")


def _about_volumes(effect: Effect, program: Program, card: Card) -> Iterator[Note]:
    calls, of = effect.volumes
    if card.per is Per.ALL and calls and card.spells.before:
        words = f"Call volumes are there for {calls} of {said_days(of)}: too few to divide by."
        first, last = card.spells.before[0].on, (card.spells.after or card.spells.before)[-1].on
        yield Note(words, volumes_of(program, first, last), "Call volumes", is_way=True)


def _about_answers(effect: Effect, program: Program) -> Iterator[Note]:
    topic, was = effect.topic, effect.practice.topic
    if topic and was and was.pk != topic.pk:
        yield Note(f"“{was.name}” is part of “{topic.name}” now: all lines of that are counted.")
    for one in effect.earlier:
        words = (
            f"Compared with the answer before, in force since {day(one.effective_from, program)}:"
        )
        href = reverse("practice", kwargs={"p": program.slug, "n": one.number})
        yield Note(words, href, one.title)


def _about_grouping(effect: Effect, program: Program) -> Iterator[Note]:
    if left := effect.ungrouped:
        words = f"The last {said_days(left)} are not counted yet: few of their lines have a topic."
        if left == 1:
            words = "The last shift day is not counted yet: few of its lines have a topic."
        yield Note(words, reverse("topics", kwargs={"p": program.slug}), "Group them", is_way=True)
    before, after = effect.without_topic
    if before is not None and after is not None and abs(after - before) >= FAR_APART:
        shares = f"{percent(round(before, 2))} of all lines before and {percent(round(after, 2))}"
        yield Note(f"{shares} after have no topic: some of the change may be that.")


def said_days(count: int) -> str:
    """So many shift days, in words."""
    return f"{count} shift day{'' if count == 1 else 's'}"
