"""What the words of a search may mean: agents by name or ID, and words spelt alike (ADR 0091)."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.db import connection
from django.db.models import Q

from escalations.models.words import LONGEST, SHORTEST
from people.models import Program

MOST_AGENTS = 2000
"""Agents that the words of one search may mean, at most."""

ALIKE = 0.7
"""difflib's ratio from which two words are spelt alike: `refnud` and `refund` have 0.83."""

CLOSE = 0.4
"""pg_trgm word similarity from which an agent's name, or a line of one shift, is close."""

MOST_ALIKE = 3
"""Words that a misspelt one is taken for, at most."""

NEW = 500
"""Newest lines whose words count even while the worker has not read them."""


@dataclass
class Meaning:
    """One word of a search, folded, with the agents and the words it may stand for."""

    word: str
    agents: list[int] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)

    @property
    def exactly(self) -> Q:
        """The word in the line itself, or the beginning of its agent's name or ID."""
        return self.in_line | Q(agent__in=self.agents)

    @property
    def in_line(self) -> Q:
        """The word in a line's text, or the line's number."""
        meant = _in_text(self.word)
        number = self.word.removeprefix("#")
        if number.isdecimal() and len(number) < 10:
            meant |= Q(number=int(number))
        return meant

    @property
    def nearly(self) -> Q:
        """The same, or a word spelt alike."""
        meant = self.exactly
        for word in self.alike:
            meant |= _in_text(word)
        return meant


def _in_text(word: str) -> Q:
    """Lines with these letters; one or two (ASCII) must begin a word, as trigrams need three."""
    if len(word) < 3 and word.isascii():
        return Q(search_text__contains=f" {word}")
    return Q(search_text__contains=word)


def meanings(words: list[str], program: Program) -> list[Meaning]:
    """What each word means exactly; one query. Words come out folded like the search column."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_asked(words)} SELECT asked.word, ARRAY(SELECT agent.id FROM people_agent AS agent"  # noqa: S608
            "  WHERE agent.program_id = %s AND ("
            "   strpos(left(agent.search_text, -1 - length(agent.employee_id)), asked.word) > 0"
            "   OR starts_with(lower(agent.employee_id), asked.word))"
            "  ORDER BY agent.id LIMIT %s)"
            " FROM asked ORDER BY asked.place",
            [*words, program.pk, MOST_AGENTS],
        )
        return [Meaning(word, agents) for word, agents in cursor.fetchall()]


def likenesses(exact: list[Meaning], program: Program) -> list[Meaning]:
    """What each word may mean when it is misspelt; one query.

    Candidates are words of the vocabulary, and of lines it has not read yet, that begin with the
    same letter or share trigrams; the closest by difflib are taken.
    """
    words = [meaning.word for meaning in exact]
    said: list[Any] = [*words, program.pk, NEW, SHORTEST, LONGEST]
    said += [program.pk, CLOSE, MOST_AGENTS, program.pk, program.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_asked(words)}, fresh AS MATERIALIZED ({FRESH})"  # noqa: S608
            " SELECT asked.word, ARRAY(SELECT agent.id FROM people_agent AS agent"
            "  WHERE agent.program_id = %s"
            "   AND word_similarity(asked.word, agent.search_text) >= %s"
            "  ORDER BY agent.id LIMIT %s),"
            f" ARRAY(SELECT word FROM ({CANDIDATES}) AS candidates"
            "  WHERE length(word) BETWEEN length(asked.word) - 2 AND length(asked.word) + 2"
            "  ORDER BY similarity(word, asked.word) DESC, word LIMIT 50)"
            " FROM asked ORDER BY asked.place",
            said,
        )
        return [
            Meaning(word, agents, spelt_alike(word, candidates))
            for word, agents, candidates in cursor.fetchall()
        ]


FRESH = """
SELECT DISTINCT word COLLATE "C" AS word
FROM (
    SELECT id, search_text FROM escalations_escalation
    WHERE program_id = %s ORDER BY occurred_at DESC, id DESC LIMIT %s
) AS newest, regexp_split_to_table(search_text, '[^[:alnum:]]+') AS word
WHERE id > coalesce((SELECT max(read_to) FROM escalations_vocabulary), 0)
AND length(word) BETWEEN %s AND %s
"""

CANDIDATES = """
SELECT word FROM escalations_logword
WHERE program_id = %s AND word >= left(asked.word, 1) AND word < left(asked.word, 1) || U&'\\FFFF'
UNION SELECT word FROM escalations_logword WHERE program_id = %s AND word %% asked.word
UNION SELECT word FROM fresh
"""


def _asked(words: list[str]) -> str:
    rows = ", ".join(f"({place}, tala_folded(%s))" for place in range(len(words)))
    return f"WITH asked (place, word) AS (VALUES {rows})"


def can_be_a_slip(word: str) -> bool:
    """Whether a word may be a misspelt one: numbers are other numbers, short ones too like."""
    return len(word) >= SHORTEST and any(char.isalpha() for char in word)


def spelt_alike(word: str, candidates: list[str]) -> list[str]:
    """The candidates that this word may be a slip of, the closest first."""
    if not can_be_a_slip(word):
        return []
    return get_close_matches(word, candidates, n=MOST_ALIKE, cutoff=ALIKE)
