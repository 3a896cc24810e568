"""What is in force for a concern's topic: the answer, techniques, the client's last ruling.

One ready statement (people/ready.py), because it is asked at every pause of somebody typing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from calibration.models.ladder import LADDER, Authority
from people.ready import planned

TECHNIQUES = 3
LETTERS = 200
"""Of how many letters, the newest, the client's ruling is looked for."""
GIST = 200
"""Characters a resolution is filled with, at most."""

_WORDS = (
    'number, kind, title, "do", say, who_may, authority, source, effective_from,'
    " written_by_id IS NULL AS is_shipped"
)
_RANKS = ", ".join(f"'{word}'" for word in LADDER)

ASK = f"""
WITH RECURSIVE family AS (
  SELECT id FROM escalations_topic WHERE id = %(topic)s
  UNION SELECT merged.id
  FROM escalations_topic AS merged JOIN family ON merged.merged_into_id = family.id
)
SELECT
  (SELECT json_agg(one ORDER BY one.kind, one.effective_from DESC, one.number DESC) FROM (
    (SELECT {_WORDS} FROM calibration_bestpractice
     WHERE program_id = %(program)s AND state = 'in_force' AND kind = 'answer'
       AND topic_id IN (SELECT id FROM family)
     ORDER BY array_position(ARRAY[{_RANKS}]::varchar[], authority) DESC,
       effective_from DESC, number DESC LIMIT 1)
    UNION ALL
    (SELECT {_WORDS} FROM calibration_bestpractice
     WHERE program_id = %(program)s AND state = 'in_force' AND kind = 'technique' AND guide = ''
     ORDER BY effective_from DESC, number DESC LIMIT {TECHNIQUES})
  ) AS one),
  (SELECT row_to_json(last) FROM (
    SELECT said.verdict, said.text, said.said_by, said.at, line.number
    FROM (SELECT id FROM escalations_forwarding WHERE program_id = %(program)s
          ORDER BY number DESC LIMIT {LETTERS}) AS letter
    JOIN escalations_forwardeditem AS item ON item.forwarding_id = letter.id
    JOIN escalations_escalation AS line ON line.id = item.escalation_id
    JOIN escalations_clientanswer AS said ON said.item_id = item.id
    WHERE line.topic_id = %(topic)s AND said.verdict <> 'need_more'
    ORDER BY said.id DESC LIMIT 1) AS last)
"""  # noqa: S608  numbers and words of ours
"""As the queryset's `answers_to` has it; a test holds one to the other."""


@dataclass(frozen=True)
class Card:
    """A best practice in force, as the panel shows it; `since` is an aware instant."""

    number: int
    title: str
    do: str
    say: str
    who_may: str
    authority: str
    source: str
    since: datetime | None
    is_shipped: bool

    @property
    def authority_said(self) -> str:
        """By whose word, in a word."""
        return "Ships with Tala" if self.is_shipped else str(Authority(self.authority).label)

    @property
    def gist(self) -> str:
        """What a resolution is filled with: the first thing to do, or to say."""
        text = (self.do or self.say or self.title).strip().splitlines()[0]
        return " ".join(text.split())[:GIST]


@dataclass(frozen=True)
class Ruling:
    """What the client said last about a line of the topic."""

    verdict: str
    text: str
    said_by: str
    at: datetime | None
    number: int

    @property
    def is_no(self) -> bool:
        """Whether the client said that it is not possible, for good."""
        return self.verdict == "not_possible"


@dataclass(frozen=True)
class Answers:
    """What is in force for a topic."""

    answer: Card | None = None
    techniques: list[Card] = field(default_factory=list)
    ruling: Ruling | None = None


def answers_for(program_id: int, topic_id: int | None) -> Answers:
    """What is in force for the live topic of a program, and techniques of none; one statement."""
    [(cards, ruling)] = planned(ASK, {"program": program_id, "topic": topic_id})
    made = [(card.pop("kind"), _card(card)) for card in cards or []]
    answer = next((card for kind, card in made if kind == "answer"), None)
    techniques = [card for kind, card in made if kind == "technique"]
    return Answers(answer, techniques, _ruling(ruling) if ruling else None)


def _card(row: dict[str, Any]) -> Card:
    return Card(since=parse_datetime(row.pop("effective_from")), **row)


def _ruling(row: dict[str, Any]) -> Ruling:
    return Ruling(at=parse_datetime(row.pop("at")), **row)
