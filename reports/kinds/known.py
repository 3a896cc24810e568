"""Known or new: was there a best practice when the call came, and was it of use?"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from calibration.models import BestPractice
from escalations.charts.drawing import Cell, Table
from reports.asked import Asked
from reports.counting.counter import Counter
from reports.definitions.known import DID_NOT_FIT, KNOWN, NOTHING, USED
from reports.definitions.logged import LOGGED
from reports.definitions.rests import NEW
from reports.kinds.drawings import (
    TopicCounts,
    by_topic,
    by_weeks,
    columns,
    course,
    topics_of,
)
from reports.report import Kind, Listed, Section, fact

NUMBERS = (LOGGED, KNOWN, USED, DID_NOT_FIT, NOTHING)
TWICE = "A line of which two people said different things is in both."
SUPERSEDED = (
    "The best practice that answers the topic now, with what was said on the topic’s lines of "
    "these days, of the ones it replaced too."
)


def make(asked: Asked) -> tuple[Section, ...]:
    """Count known and new by week and by topic, and what was said of best practices."""
    counter = Counter(asked.population)
    by_day, counted = counter.by_day_with("topic", *NUMBERS)
    parted = course(asked, by_day, by_weeks(asked))
    topics = topics_of(asked, counted, LOGGED)
    counts, per = parted.counts, parted.periods.per
    return (
        Section(
            "known",
            "Known or new",
            facts=tuple(fact(one, counts, asked) for one in (LOGGED, KNOWN, NEW)),
            drawings=(
                columns(
                    "known-new-by-period",
                    f"Known and new, per {per}",
                    f"How many lines had a best practice in force when the call came, per {per}.",
                    parted,
                    KNOWN,
                    NEW,
                ),
            ),
            lists=(_by_topic(asked, topics),),
        ),
        Section(
            "use",
            "Use of best practices",
            facts=tuple(fact(one, counts, asked) for one in (USED, DID_NOT_FIT, NOTHING)),
            drawings=(
                columns(
                    "use-by-period",
                    f"What was said of the known answer, per {per}",
                    f"How often it was used, did not fit, or nothing was known, per {per}.",
                    parted,
                    USED,
                    DID_NOT_FIT,
                    NOTHING,
                ),
            ),
            lists=(_by_practice(asked, topics),),
            note=TWICE,
        ),
    )


def _by_topic(asked: Asked, topics: Iterable[TopicCounts]) -> Listed:
    """The topics with most new lines first: what had none."""
    ranked = sorted(topics, key=lambda one: (-one.counts[NEW.slug], one.name.lower()))
    numbers, share = (LOGGED, KNOWN, NEW, NOTHING), (NEW, LOGGED)
    table = by_topic(asked, ranked, *numbers, share=share, share_said="Share new")
    return Listed("known-topics", "What had no best practice, by topic", table)


def _by_practice(asked: Asked, topics: Iterable[TopicCounts]) -> Listed:
    """Best practices in force, the most used first, and then those that fit least."""
    said = {one.pk: one for one in topics if one.counts[USED.slug] or one.counts[DID_NOT_FIT.slug]}
    found = BestPractice.objects.visible_to(asked.membership).in_force()
    in_force = found.filter(kind="answer", topic__in=said).values_list("topic", "number", "title")
    answers = {topic: (number, title) for topic, number, title in in_force}
    ranked = sorted(
        said.values(),
        key=lambda one: (-one.counts[USED.slug], -one.counts[DID_NOT_FIT.slug], one.name.lower()),
    )
    rows = []
    for topic in ranked:
        cells = [
            Cell(f"{topic.counts[one.slug]:,}", asked.lines(topic=topic.slug, count=one.slug))
            for one in (USED, DID_NOT_FIT)
        ]
        rows.append((Cell(topic.name), _practice(asked, answers.get(topic.pk)), *cells))
    table = Table(("Topic", "Best practice", USED.name, DID_NOT_FIT.name), tuple(rows))
    return Listed("practice-use", "Most used and least fitting", table, SUPERSEDED, texts=(1,))


def _practice(asked: Asked, answer: tuple[int, str] | None) -> Cell:
    if answer is None:
        return Cell("none in force")
    number, title = answer
    return Cell(title, reverse("practice", kwargs={"p": asked.program.slug, "n": number}))


KIND = Kind(
    "known",
    "Known or new",
    "Whether there was a best practice when the call came, and whether it was used.",
    make,
)
