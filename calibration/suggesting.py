"""Which topic a concern belongs to: up to three suggestions with why, never set by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from calibration import wordmatch
from calibration.grouping.wording import shared
from escalations.models import Escalation, Topic
from people.models import Program

MOST = 3
FITS = 0.3
"""Likeness by words below which none fits."""


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
    topics = Topic.objects.filter(program=program).live().in_bulk()
    if not topics:
        return Suggestion([], fits=False, engine="words")
    grouped = Escalation.objects.filter(program=program, topic__in=topics).exclude(status="void")
    found: dict[int, list[wordmatch.Match]] = {}
    for match in wordmatch.matches(grouped, concern, most=60):
        found.setdefault(match.topic or 0, []).append(match)
    guesses = [_guess(topics[pk], found[pk], concern) for pk in found]
    guesses.sort(key=lambda guess: (-guess.likeness, guess.topic.pk))
    best = guesses[:MOST]
    return Suggestion(best, fits=bool(best) and best[0].likeness >= FITS, engine="words")


def _guess(topic: Topic, near: list[wordmatch.Match], concern: str) -> Guess:
    """A topic is as likely as its nearest line, and a little more for each further near one."""
    nearest = near[0].likeness
    more = sum(match.likeness for match in near[1:4]) / 20
    words = shared(concern, [match.concern for match in near[:10]])
    return Guess(topic, min(nearest + more, 1.0), words, [match.number for match in near[:3]])
