"""Reading pasted roster rows: `Tina / 123456 / Team A`, tabs, commas or semicolons, any order."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Upper

from people.models import Agent, Program
from people.models.roster import EMPLOYEE_ID

MOST_ROWS = 5000
HEADINGS = {
    "name": ("name", "agent", "agent name", "full name", "escalating agent"),
    "employee_id": ("id", "employee id", "agent id", "employee number", "employee no", "emp id"),
    "team": ("team", "group", "supervisor", "team leader", "tl"),
}
_LOOKS_LIKE_ID = re.compile(r"^(?=.*\d)[A-Za-z0-9._-]{1,32}\Z")


@dataclass(frozen=True)
class PastedRow:
    """One pasted row, read. `agent` is who has the ID already; `problem` says why it cannot be."""

    line: int
    text: str
    name: str = ""
    employee_id: str = ""
    team: str = ""
    agent: Agent | None = None
    problem: str = ""

    @property
    def differences(self) -> str:
        """What would change of the agent on the roster, in words; "" for nothing."""
        agent = self.agent
        if agent is None:
            return ""
        said = []
        if self.name != agent.name:
            said.append(f"name: {agent.name} → {self.name}")
        if self.team and self.team != agent.team:
            said.append(f"team: {agent.team or 'none'} → {self.team}")
        if agent.left_on:
            said.append("back on the floor")
        return ", ".join(said)


@dataclass(frozen=True)
class RosterPlan:
    """What pasted rows would do to a roster. Nothing is written by making one."""

    added: list[PastedRow] = field(default_factory=list)
    changed: list[PastedRow] = field(default_factory=list)
    same: list[PastedRow] = field(default_factory=list)
    unreadable: list[PastedRow] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether confirming it would do nothing."""
        return not (self.added or self.changed)

    @property
    def digest(self) -> str:
        """By which a confirmation is known to mean the plan that was shown."""
        said = [(row.employee_id, row.name, row.team) for row in self.added]
        said += [(row.employee_id, row.name, row.differences) for row in self.changed]
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def read_roster(text: str, program: Program) -> RosterPlan:
    """Compare pasted rows with a program's roster; one query, nothing is written.

    The first MOST_ROWS rows are read; each further one is among the unreadable.
    """
    rows = read_rows(text)
    wanted = {row.employee_id.upper() for row in rows if not row.problem}
    roster = Agent.objects.filter(program=program).alias(spelt=Upper("employee_id"))
    known = {agent.employee_id.upper(): agent for agent in roster.filter(spelt__in=wanted)}
    plan = RosterPlan()
    for row in rows:
        agent = known.get(row.employee_id.upper())
        if row.problem:
            plan.unreadable.append(row)
        elif agent is None:
            plan.added.append(row)
        else:
            met = PastedRow(row.line, row.text, row.name, agent.employee_id, row.team, agent)
            (plan.changed if met.differences else plan.same).append(met)
    return plan


def read_rows(text: str) -> list[PastedRow]:
    """Split pasted text into rows; needs no roster, so nothing has its `agent` yet."""
    lines = [
        (number, " ".join(line.replace("\t", " \t ").split(" ")).strip())
        for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1)
        if line.strip(" \t,;/")
    ]
    order = None
    rows: list[PastedRow] = []
    seen: set[str] = set()
    for at, (number, line) in enumerate(lines):
        cells = split_cells(line)
        if at == 0 and (order := _heading(cells)):
            continue
        row = _read(number, line, cells, order)
        if not row.problem and row.employee_id.upper() in seen:
            problem = f"The ID {row.employee_id} stands further up already."
            row = PastedRow(number, line[:200], problem=problem)
        if len(rows) >= MOST_ROWS:
            row = PastedRow(number, line[:200], problem=f"Only {MOST_ROWS:,} rows at a time.")
        seen.add(row.employee_id.upper())
        rows.append(row)
    return rows


def split_cells(line: str) -> list[str]:
    """The cells of one row, by the first separator it has: tab, slash, semicolon, comma."""
    for separator in "\t/;,":
        if separator in line:
            try:
                cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
            except (csv.Error, StopIteration):
                cells = line.split(separator)
            return [" ".join(cell.split()) for cell in cells]
    return [" ".join(line.split())]


def _heading(cells: Sequence[str]) -> list[str] | None:
    """The order of columns, when the first row is a heading; else None."""
    order = [
        next((name for name, words in HEADINGS.items() if cell.casefold() in words), "")
        for cell in cells
    ]
    return order if "name" in order and "employee_id" in order else None


def _read(number: int, line: str, cells: list[str], order: list[str] | None) -> PastedRow:
    if order:
        said = dict(zip(order, cells, strict=False))
        name, employee_id = said.get("name", ""), said.get("employee_id", "")
        team = said.get("team", "")
    else:
        name, employee_id, team = [*cells, "", "", ""][:3]
        if _LOOKS_LIKE_ID.match(name) and not _LOOKS_LIKE_ID.match(employee_id):
            name, employee_id = employee_id, name
    return PastedRow(
        number, line[:200], name, employee_id, team, problem=_problem(name, employee_id, team)
    )


def _problem(name: str, employee_id: str, team: str) -> str:
    if not employee_id:
        return "There is no employee ID: write Name / ID / Team."
    if not re.match(EMPLOYEE_ID.regex, employee_id):
        return f"“{employee_id[:40]}” cannot be an employee ID: letters and digits only."
    if not name:
        return "There is no name: write Name / ID / Team."
    if len(name) > 120 or len(team) > 60:
        return "The name or the team is too long."
    if "\0" in name + team:
        return "There is an unreadable sign in this row."
    return ""
