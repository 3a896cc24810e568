"""What is measured: each page of the site with the raw SQL of the same question beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.cast import BIG
from bench.words import COMMON_WORD, MISSPELT, NOWHERE, TWO_WORDS, rare_numbers

PAGE = 50
LOG = f"/p/{BIG}/log/"

SHOWN = """
SELECT line.id, line.number, line.occurred_at, line.version, line.logged_by_id, agent.name AS agent,
       agent.employee_id, line.concern, line.resolution, line.status, line.feedback
FROM escalations_escalation line JOIN people_agent agent ON agent.id = line.agent_id
"""
NEWEST = "ORDER BY line.occurred_at DESC, line.id DESC LIMIT 50"
OF_PROGRAM = "WHERE line.program_id = %(program)s"

FLOOR_SQL = f"""{SHOWN}
WHERE line.program_id = (SELECT id FROM people_program WHERE slug = '{BIG}') {NEWEST}"""


@dataclass(frozen=True)
class Question:
    """A page, by its path, and the SQL that answers the same over one connection.

    `kind` says which bound holds for it (bench/bounds.py); `same_size` that it shows as many rows
    at every size, so that its time may be compared with its own at ten thousand lines; `is_exact`
    that it shows just the lines the SQL finds, not those that it takes for meant.
    """

    name: str
    kind: str
    path: str
    sql: str
    params: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    same_size: bool = True
    is_exact: bool = True


def pages(facts: dict[str, Any]) -> list[Question]:
    """Every reading page with a bound, for what bench/facts.py found out about a database."""
    return [*_sheets(facts), *_filtered(facts), *_searches(facts), *_others(facts)]


def _in_span(extra: str = "") -> str:
    span = "AND line.occurred_at >= %(start)s AND line.occurred_at < %(end)s"
    return f"{SHOWN} {OF_PROGRAM} {span} {extra} {NEWEST}"


def _sheets(facts: dict[str, Any]) -> Iterator[Question]:
    program = facts["program"]
    for name, which, path in (
        ("sheet", "current", LOG),
        ("sheet of an older shift", "older", f"{LOG}?shift={facts['older']['day']}"),
        ("sheet of the busiest shift", "busiest", f"{LOG}?shift={facts['busiest']['day']}"),
    ):
        bounds = {"start": facts[which]["start"], "end": facts[which]["end"]}
        yield Question(
            name,
            "page",
            path,
            _in_span(),
            {"program": program, **bounds},
            same_size=which != "busiest",
        )
    bounds = {"start": facts["current"]["start"], "end": facts["current"]["end"]}
    again = {"HX-Request": "true"}
    yield Question(
        "sheet, asked again", "page", LOG, _in_span(), {"program": program, **bounds}, again
    )


def _filtered(facts: dict[str, Any]) -> Iterator[Question]:
    """Each filter over all shifts, where it is hardest."""
    sme = "AND line.logged_by_id = %(sme)s"
    agent = "AND line.agent_id = %(agent)s"
    filters: tuple[tuple[str, dict[str, str], str], ...] = (
        ("all shifts", {}, ""),
        ("agent", {"agent": facts["agent_id"]}, agent),
        ("status", {"status": "unresolved"}, "AND line.status = 'unresolved'"),
        (
            "feedback",
            {"feedback": "owed"},
            "AND line.feedback = 'owed' AND line.status <> 'void'",
        ),
        ("logged by", {"by": facts["sme_name"]}, sme),
        (
            "logged by and feedback",
            {"by": facts["sme_name"], "feedback": "given"},
            f"{sme} AND line.feedback = 'given' AND line.status <> 'void'",
        ),
        (
            "agent, status and logged by",
            {"agent": facts["agent_id"], "status": "unresolved", "by": facts["sme_name"]},
            f"{agent} AND line.status = 'unresolved' {sme}",
        ),
    )
    params = {"program": facts["program"], "agent": facts["agent"], "sme": facts["sme"]}
    for name, asked, sql in filters:
        path = f"{LOG}?{urlencode({'shift': 'all', **asked})}"
        whole = f"{SHOWN} {OF_PROGRAM} {sql} {NEWEST}"
        yield Question(
            f"filter: {name}", "page", path, whole, params, same_size="status and" not in name
        )
    year = facts["year"]
    path = f"{LOG}?{urlencode({'from': year['from'], 'to': year['to']})}"
    bounds = {"program": facts["program"], "start": year["start"], "end": year["end"]}
    yield Question("filter: a year", "page", path, _in_span(), bounds)


def _searches(facts: dict[str, Any]) -> Iterator[Question]:
    has, near = "line.search_text LIKE %(word_{})s", "%(word_{})s <%% line.search_text"
    rare = rare_numbers()[facts["rare"]]
    kinds: tuple[tuple[str, str, list[str], bool], ...] = (
        ("a common word", COMMON_WORD, [has], False),
        ("a rare number", rare, [has], True),
        ("a misspelling", MISSPELT, [near], True),
        ("a word that is nowhere", NOWHERE, [has], True),
        ("two words", TWO_WORDS, [has, has], False),
        ("an agent’s name", facts["agent_name"], [], False),
    )
    for name, words, tests, is_rare in kinds:
        said = dict(enumerate(words.split()))
        found = [test.format(n) for n, test in enumerate(tests)]
        found = found or ["line.agent_id IN (SELECT id FROM people_agent WHERE name = %(words)s)"]
        plain = tests != [near]
        params = {f"word_{n}": f"%{word}%" if plain else word for n, word in said.items()}
        yield Question(
            f"search: {name}",
            "search",
            f"{LOG}?{urlencode({'shift': 'all', 'q': words})}",
            _search_sql(" AND ".join(found), is_rare=is_rare),
            {"program": facts["program"], "words": words, **params},
            is_exact=plain,
        )


def _search_sql(found: str, *, is_rare: bool) -> str:
    """What is rare is looked up before it is put in order: else the time index is walked."""
    if not is_rare:
        return f"{SHOWN} {OF_PROGRAM} AND {found} {NEWEST}"
    ids = f"SELECT line.id FROM escalations_escalation line {OF_PROGRAM} AND {found}"
    return f"WITH found AS MATERIALIZED ({ids}) {SHOWN} WHERE line.id IN (TABLE found) {NEWEST}"


def _others(facts: dict[str, Any]) -> Iterator[Question]:
    program = facts["program"]
    last = facts["last_page"]
    yield Question(
        "deep page: the last one",
        "page",
        f"{LOG}?{urlencode({'shift': 'all', 'cursor': last['cursor']})}",
        f"{SHOWN} {OF_PROGRAM} AND (line.occurred_at, line.id) < (%(at)s, %(id)s) {NEWEST}",
        {"program": program, "at": last["at"], "id": last["id"]},
    )
    yield Question(
        "one escalation",
        "line",
        f"{LOG}{facts['number']}/",
        f"{SHOWN} {OF_PROGRAM} AND line.number = %(number)s",
        {"program": program, "number": facts["number"]},
    )
    yield Question(
        "agent combobox",
        "combobox",
        f"/p/{BIG}/people/agents/?{urlencode({'q': facts['agent_name'][:3]})}",
        "SELECT id, name, employee_id, team FROM people_agent WHERE program_id = %(program)s AND"
        " left_on IS NULL AND search_text LIKE %(word)s ORDER BY search_text, id LIMIT 12",
        {"program": program, "word": f"{facts['agent_name'][:3].lower()}%"},
    )


def admin_pages(facts: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The admin's pages: what each shows, its path, and the site's page it is compared with."""
    base = "/bench/admin/escalations/escalation/"
    rare = rare_numbers()[facts["rare"]]
    last = (facts["lines"] - 1) // PAGE + 1
    return [
        ("admin: newest page", base, "sheet"),
        (
            "admin: newest page of the program",
            f"{base}?program__id__exact={facts['program']}",
            "sheet",
        ),
        ("admin: last page", f"{base}?p={last}", "deep page: the last one"),
        ("admin: search, a common word", f"{base}?q={COMMON_WORD}", "search: a common word"),
        ("admin: search, a rare number", f"{base}?q={rare}", "search: a rare number"),
    ]
