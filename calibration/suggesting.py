"""Which topic a concern belongs to: up to three suggestions with why, never set by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from calibration import wordmatch
from calibration.concerns import rows_of
from calibration.grouping.ready import is_ready
from calibration.grouping.wording import shared
from calibration.knowledge import Known, known_of
from escalations.models import Escalation, Topic
from people.models import Program

if TYPE_CHECKING:
    from calibration.grouping.guessing import Ranked
    from calibration.grouping.vectors import Floats

MOST = 3
FITS_BY_WORDS = 0.3
"""Likeness by words below which none fits."""

SHOWN = 3
"""Lines named for each topic; the words are those shared with a few more."""


@dataclass(frozen=True)
class Guess:
    """A topic, how likely (0 to 1), the concern's words that matched, the most alike lines."""

    topic: Topic
    likeness: float
    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Suggestion:
    """The best guesses first, whether any fits, and what guessed: "vectors" or "words"."""

    guesses: list[Guess]
    fits: bool
    engine: str


def suggest(program: Program, concern: str) -> Suggestion:
    """The program's topics that the concern may belong to, each with its reasons."""
    return suggest_many(program, [concern], stored=False)[0]


def suggest_many(
    program: Program, concerns: Sequence[str], *, stored: bool = True
) -> list[Suggestion]:
    """The suggestions for each of many concerns, in their order: the lines of a page at once.

    With `stored` the concerns are those of lines, whose vectors need not be made again.
    """
    topics = Topic.objects.filter(program=program).live().in_bulk()
    known = known_of(program.pk) if topics and is_ready() else Known()
    if known.examples is None or not len(known.examples):
        return [_by_words(program, topics, concern) for concern in concerns]
    from calibration.grouping.vectors import FOR_TOPICS, mixed

    rows = mixed(rows_of(concerns, stored=stored), FOR_TOPICS)
    found = [
        _ranked(known, row, topics) if concern.strip() else []
        for concern, row in zip(concerns, rows, strict=True)
    ]
    nearest = {line for ranking in found for one in ranking for line in one.nearest}
    said = Escalation.objects.filter(program=program, pk__in=nearest).in_bulk()
    return [
        _explained(concern, ranking, topics, said)
        for concern, ranking in zip(concerns, found, strict=True)
    ]


def _ranked(known: Known, row: Floats, topics: dict[int, Topic]) -> list[Ranked]:
    from calibration.grouping.guessing import ranked

    if known.examples is None:
        return []
    return [one for one in ranked(row, known.examples, known.learnt) if one.topic in topics]


def _explained(
    concern: str, ranking: list[Ranked], topics: dict[int, Topic], lines: dict[int, Escalation]
) -> Suggestion:
    """The topics with their reasons: words of the concern and lines like it."""
    from calibration.grouping.guessing import FITS

    guesses = []
    for one in ranking:
        near = [lines[pk] for pk in one.nearest if pk in lines]
        words = shared(concern, [line.concern for line in near])
        numbers = [line.number for line in near[:SHOWN]]
        guesses.append(Guess(topics[one.topic], one.likeness, words, numbers))
    fits = any(guess.likeness >= FITS for guess in guesses[:1])
    return Suggestion(guesses, fits=fits, engine="vectors")


def _by_words(program: Program, topics: dict[int, Topic], concern: str) -> Suggestion:
    if not topics:
        return Suggestion([], fits=False, engine="words")
    grouped = Escalation.objects.filter(program=program, topic__in=topics).exclude(status="void")
    found: dict[int, list[wordmatch.Match]] = {}
    for match in wordmatch.matches(grouped, concern, most=60):
        found.setdefault(match.topic or 0, []).append(match)
    guesses = [_guess(topics[pk], found[pk], concern) for pk in found]
    guesses.sort(key=lambda guess: (-guess.likeness, guess.topic.pk))
    best = guesses[:MOST]
    fits = bool(best) and best[0].likeness >= FITS_BY_WORDS
    return Suggestion(best, fits=fits, engine="words")


def _guess(topic: Topic, near: list[wordmatch.Match], concern: str) -> Guess:
    """A topic is as likely as its nearest line, and a little more for each further near one."""
    nearest = near[0].likeness
    more = sum(match.likeness for match in near[1:4]) / 20
    words = shared(concern, [match.concern for match in near[:10]])
    numbers = [match.number for match in near[:SHOWN]]
    return Guess(topic, min(nearest + more, 1.0), words, numbers)
