"""Repeats: same agent and topic, same topic floor-wide, same customer; three kept apart."""

from __future__ import annotations

from reports.asked import Asked
from reports.counting.counter import Counter, Keyed
from reports.definitions.number import Number
from reports.definitions.repeats import (
    SAME_AGENT,
    SAME_CUSTOMER,
    SAME_TOPIC,
    WITH_REFERENCE,
    WITH_TOPIC,
)
from reports.kinds.drawings import Course, by_topic, by_weeks, course, share_line, topics_of
from reports.report import Kind, Listed, Section, fact

THREE = ((SAME_AGENT, WITH_TOPIC), (SAME_TOPIC, WITH_TOPIC), (SAME_CUSTOMER, WITH_REFERENCE))
"""What repeats, and what it is a share of."""

NUMBERS = (WITH_TOPIC, WITH_REFERENCE, SAME_AGENT, SAME_TOPIC, SAME_CUSTOMER)


def make(asked: Asked) -> tuple[Section, ...]:
    """Count the three repeats, each with its own whole."""
    counter = Counter(asked.population)
    by_day, topics = counter.by_day_with("topic", *NUMBERS)
    parted = course(asked, by_day, by_weeks(asked))
    return tuple(_section(parted, topics, part, whole) for part, whole in THREE)


def _section(parted: Course, topics: Keyed, part: Number, whole: Number) -> Section:
    asked, counts = parted.asked, parted.counts
    had = [topic for topic in topics_of(asked, topics, part) if topic.counts[whole.slug]]
    table = by_topic(asked, had, part, whole, share=(part, whole))
    said = f"How many of the lines {whole.name.lower()} were repeats, per {parted.periods.per}."
    title = f"{part.name}, per {parted.periods.per}"
    return Section(
        slug=part.slug,
        title=part.name,
        facts=(fact(part, counts, asked), fact(whole, counts, asked)),
        drawings=(share_line(f"{part.slug}-line", title, said, parted, part, whole),),
        lists=(Listed(f"{part.slug}-topics", f"{part.name}, by topic", table),),
    )


KIND = Kind(
    "repeats",
    "Repeats",
    "What came back within 30 days: three ways of coming back, each counted by itself.",
    make,
)
