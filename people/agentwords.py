"""Reading the agent cell as people type it: `Tina / 123456`, `Tanya /567891`, a name, an ID."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from people.models import Agent, Membership, Program
from people.ready import columns, made, planned

_PAIR = re.compile(r"^(?P<name>.*?\S)\s*[/|(]\s*(?P<id>[A-Za-z0-9._-]+)\s*\)?$")
_ID = re.compile(r"^(?=.*\d)[A-Za-z0-9._-]{2,32}$")


@dataclass(frozen=True)
class AgentMatch:
    """What an agent cell means against a roster.

    Exactly one holds: `agent` (found), `is_new` (an unknown ID with a name), `known_as` (the ID
    stands in the roster under another name), `choices` (several agents fit), or `problem`.
    """

    name: str = ""
    employee_id: str = ""
    agent: Agent | None = None
    known_as: Agent | None = None
    choices: list[Agent] = field(default_factory=list)
    problem: str = ""

    @property
    def is_new(self) -> bool:
        """Whether logging the line would add this agent to the roster."""
        return bool(self.name and self.employee_id) and not (self.agent or self.known_as)


def read_agent(text: str) -> tuple[str, str]:
    """Split an agent cell into (name, employee ID); either may be empty."""
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    if pair := _PAIR.match(words):
        return pair["name"].rstrip(" /|("), pair["id"]
    if _ID.match(words):
        return "", words
    return words.strip(" /"), ""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same person's: case, accents and spaces aside."""
    return _plain(one) == _plain(other)


def match_agent(text: str, program: Program) -> AgentMatch:
    """Look an agent cell up in a program's roster; at most one query, nothing is written."""
    name, employee_id = read_agent(text)
    if not name and not employee_id:
        return AgentMatch(problem="Say which agent: a name or an ID.")
    if len(name) > 120 or len(employee_id) > 32:
        return AgentMatch(name, employee_id, problem="That is too long for a name and an ID.")
    if employee_id:
        agent = _with_id(employee_id, program)
        if agent is None and not name:
            return AgentMatch(
                employee_id=employee_id,
                problem=f"No agent has the ID {employee_id}. Add the name: Name / {employee_id}.",
            )
        if agent is None:
            return AgentMatch(name, employee_id)
        if name and not same_name(name, agent.name):
            return AgentMatch(name, employee_id, known_as=agent)
        return AgentMatch(agent.name, agent.employee_id, agent=agent)
    found = [a for a in program.agents.named(name)[:200] if _plain(name) in _plain(a.name)]
    exact = [a for a in found if same_name(a.name, name)] or found
    if len(exact) == 1:
        return AgentMatch(exact[0].name, exact[0].employee_id, agent=exact[0])
    if exact:
        return AgentMatch(name, choices=exact[:8])
    return AgentMatch(name, problem=f"No agent is called {name}. Add the ID: {name} / 123456.")


def _with_id(employee_id: str, program: Program) -> Agent | None:
    """The agent of a program with this ID, whatever its case."""
    rows = planned(_statement(), [program.pk, employee_id])
    return made(Agent, list(rows[0]))[0] if rows else None


@cache
def _statement() -> str:
    return (
        f"SELECT {columns(Agent)} FROM people_agent"  # noqa: S608
        " WHERE program_id = %s AND upper(employee_id) = upper(%s) ORDER BY name, id LIMIT 1"
    )


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", " ".join(name.casefold().split()))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def membership_roster(membership: Membership, text: str) -> list[Agent]:
    """The first twelve agents of the member's program that fit what was typed so far."""
    return Agent.objects.visible_to(membership).on_the_floor().suggested(text)
