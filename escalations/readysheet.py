"""What a sheet reads, by statements that are compiled once for each set of filters (ADR 0093)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connection

from escalations.models import Escalation
from escalations.paging import PAGE, Cursor, Page, ordered_from, page_from
from escalations.querysets import EscalationQuerySet
from escalations.rows import READ, SheetRow
from people.compiled import Values, compiled
from people.models import Program
from people.ready import planned

TIMES = frozenset({"program", "start", "end", "cursor_at", "cursor_pk"})
"""What leaves lines out along the time index alone: one plan is right for all of their values."""

TOTALS = ("logged", "unresolved", "owed")
_COUNTED = (
    "SELECT topic.slug, topic.name, logged, unresolved, owed FROM (SELECT topic_id,"
    " count(*) FILTER (WHERE status <> 'void') AS logged,"
    " count(*) FILTER (WHERE status = 'unresolved') AS unresolved,"
    " count(*) FILTER (WHERE status <> 'void' AND feedback = 'owed') AS owed"
    " FROM ({}) AS line GROUP BY topic_id) AS counted"
    " LEFT JOIN escalations_topic AS topic ON topic.id = topic_id"
)


class TopicCount(NamedTuple):
    """A topic of some lines, or none of them (no slug), and how many have it; void ones do not."""

    slug: str
    name: str
    lines: int


class Totals(NamedTuple):
    """What `EscalationQuerySet.totals` counts, and the lines of each topic, the most first."""

    all: dict[str, int]
    topics: list[TopicCount]


def narrowed(lines: EscalationQuerySet, asked: Values, program: Program) -> EscalationQuerySet:
    """The lines that the given filters leave.

    `start`, `end`, `agent`, `status`, `feedback`, `by`, `topic` (its primary key), `ungrouped`;
    those of a topic are counted, so void ones are only there if that status is asked for.

    What is asked depends on which are given, never on what they say (people/compiled.py).
    """
    lines = lines.between(asked.get("start"), asked.get("end"))
    if "agent" in asked:
        lines = lines.of_agent(asked["agent"], program)
    if "status" in asked:
        lines = lines.with_status(asked["status"])
    if "feedback" in asked:
        lines = lines.with_feedback(asked["feedback"])
    if "by" in asked:
        lines = lines.logged_by_user(asked["by"])
    if "topic" in asked or "ungrouped" in asked:
        lines = lines.filter(topic=asked.get("topic"))
        return lines if "status" in asked else lines.exclude(status="void")
    return lines


def read_page(program: Program, asked: Values, cursor: Cursor | None) -> Page:
    """As `page_of` reads it."""
    values = {**asked, "program": program.pk}
    if cursor:
        values |= {"cursor_at": cursor.occurred_at, "cursor_pk": cursor.pk}
    build = _newer_page if cursor and cursor.newer else _page
    ask = _rows if values.keys() - TIMES else planned
    return page_from([SheetRow(*row) for row in ask(*compiled(build, values))], cursor)


def read_totals(program: Program, asked: Values) -> Totals:
    """The totals of these lines, by topic as well; the lines without one stand last."""
    sql, params = compiled(_states, {**asked, "program": program.pk})
    rows = planned(_COUNTED.format(sql), params)
    sums = (sum(row[n] for row in rows) for n in (2, 3, 4))
    counts = [TopicCount(slug or "", name or "", lines) for slug, name, lines, *_ in rows if lines]
    counts.sort(key=lambda one: (not one.slug, -one.lines, one.name))
    return Totals(dict(zip(TOTALS, sums, strict=True)), counts)


def read_count(program: Program, asked: Values, cap: int) -> int:
    """As `EscalationQuerySet.capped_count` counts them."""
    sql, params = compiled(_keys, {**asked, "program": program.pk})
    capped = f"SELECT count(*) FROM ({sql} LIMIT %s) AS line"  # noqa: S608  compiled by Django
    return int(_rows(capped, [*params, cap + 1])[0][0])


def _rows(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as link:
        link.execute(sql, params)
        return link.fetchall()  # type: ignore[no-any-return]


def _lines_of(asked: Values) -> EscalationQuerySet:
    lines = Escalation.objects.filter(program=asked["program"])
    return narrowed(lines, asked, Program(pk=asked["program"]))


def _page(asked: Values, *, newer: bool = False) -> Any:
    cursor = Cursor(asked["cursor_at"], asked["cursor_pk"], newer) if "cursor_at" in asked else None
    which = ordered_from(_lines_of(asked), cursor).values("pk")[: PAGE + 1]
    some = Escalation.objects.filter(pk__in=which)
    return (some.paper_order() if newer else some.newest_first()).values_list(*READ)


def _newer_page(asked: Values) -> Any:
    return _page(asked, newer=True)


def _states(asked: Values) -> Any:
    return _lines_of(asked).order_by().values_list("status", "feedback", "topic_id")


def _keys(asked: Values) -> Any:
    return _lines_of(asked).order_by().values_list("pk")
