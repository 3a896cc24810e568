"""Searching the log, quick at any size and for any word (ADR 0091).

A word is looked for in the newest lines first: a common one fills the page there. Only a word too
rare for that is looked up in the trigram index, where it has few hits. Which of the two it is
decides the database while it answers, in one statement; the planner's guess is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, F, FloatField, Func, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from escalations.meaning import CLOSE, Meaning, can_be_a_slip, likenesses, meanings
from escalations.models import Escalation
from escalations.paging import PAGE, Cursor, Page, ordered_from, page_from
from escalations.querysets import EscalationQuerySet
from escalations.rows import READ, SheetRow
from people.models import Program

WALK = 5_000
"""Newest lines (from the page's place on) that are looked through before the index is asked."""

Parts = list[EscalationQuerySet]
"""What a search finds, once each."""

LONG_AGO, FAR_AHEAD = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass
class Found:
    """One page of a search; `count` of all hits where it is known, words taken for misspelt."""

    page: Page
    count: int | None = None
    is_near: bool = False
    alike: list[str] = field(default_factory=list)


def matching(
    lines: EscalationQuerySet, words: list[str], program: Program, *, in_one_shift: bool
) -> EscalationQuerySet:
    """All lines that a search shows, in no order: those with every word, else those close."""
    exact = meanings(words, program)
    found = _exactly(lines, exact)
    if found.exists():
        return found
    return _nearly(lines, exact, program, in_one_shift=in_one_shift)[0]


def search(
    lines: EscalationQuerySet,
    words: list[str],
    program: Program,
    cursor: Cursor | None,
    *,
    in_one_shift: bool,
) -> Found:
    """One page of the lines with every word; when there is none, of those spelt alike."""
    exact = meanings(words, program)

    def read(found: EscalationQuerySet, parts: Parts) -> tuple[list[SheetRow], int | None]:
        if in_one_shift:
            return _read_all(found, cursor)
        return _read_newest_or_rare(found, parts, lines, cursor)

    rows, count = read(_exactly(lines, exact), _parts(lines, exact))
    near = False
    alike: list[str] = []
    if not rows:
        close, alike = _nearly(lines, exact, program, in_one_shift=in_one_shift)
        rows, count = read(close, [close])
        near = bool(rows)
    count = None if cursor else count
    return Found(page_from(rows, cursor), count, near, alike if near else [])


def _exactly(lines: EscalationQuerySet, words: list[Meaning]) -> EscalationQuerySet:
    for word in words:
        lines = lines.filter(word.exactly)
    return lines


def _parts(lines: EscalationQuerySet, words: list[Meaning]) -> Parts:
    """What `_exactly` finds, in parts that share no line and have an index each.

    First the lines of the agents whom every word means: many, but all are hits. Then those of
    others, which have a word in their text.
    """
    agents = set.intersection(*(set(word.agents) for word in words))
    if not agents:
        return [_exactly(lines, words)]
    said = reduce(or_, (word.in_line for word in words))
    others = lines.filter(said).exclude(agent__in=agents)
    return [lines.filter(agent__in=sorted(agents)), _exactly(others, words)]


def _nearly(
    lines: EscalationQuerySet, exact: list[Meaning], program: Program, *, in_one_shift: bool
) -> tuple[EscalationQuerySet, list[str]]:
    """Lines close to every word, and the words taken instead.

    The lines of one shift are compared themselves; of more than that only what is spelt like a
    word of the vocabulary is looked for, exactly.
    """
    if in_one_shift:
        for word in exact:
            in_text, in_agent = (
                _alike(word.word, c) for c in ("search_text", "agent__search_text")
            )
            lines = lines.filter(in_text | in_agent)
        return lines, []
    close = likenesses(exact, program)
    slips = [word for word in close if can_be_a_slip(word.word)]
    if not slips or not all(word.alike or word.agents for word in slips):
        return lines.none(), []
    for word in close:
        lines = lines.filter(word.nearly)
    return lines, [alike for word in close for alike in word.alike if alike != word.word]


def _alike(word: str, column: str) -> Q:
    likeness = Func(Value(word), F(column), function="word_similarity", output_field=FloatField())
    return Q(GreaterThanOrEqual(likeness, CLOSE))


def _read_all(
    found: EscalationQuerySet, cursor: Cursor | None
) -> tuple[list[SheetRow], int | None]:
    """One row more than a page, and how many there are."""
    rows = ordered_from(found, cursor).annotate(of=Window(Count("pk")))[: PAGE + 1]
    return _rows_and_count(list(rows.values_list(*READ, "of")))


def _read_newest_or_rare(
    found: EscalationQuerySet, parts: Parts, lines: EscalationQuerySet, cursor: Cursor | None
) -> tuple[list[SheetRow], int | None]:
    """The same for any number of lines: a walk, and only if that fills no page, the indexes.

    `parts` are what is `found`, once each.
    """
    if found.query.is_empty():
        return [], 0
    walked = _sql(_near_the_cursor(found, lines, cursor).values_list("pk")[: PAGE + 1])
    hits = [
        _sql(ordered_from(part, cursor).order_by().values_list("pk", "occurred_at"))
        for part in parts
    ]
    every_hit = " UNION ALL ".join(f"({sql})" for sql, _ in hits)
    rows = _sql(Escalation.objects.order_by().values_list(*READ))
    way = "ASC" if cursor and cursor.newer else "DESC"
    statement = (
        f"WITH walked (pk) AS MATERIALIZED ({walked[0]}),"  # noqa: S608
        " full_page AS MATERIALIZED (SELECT count(*) > %s AS is_full FROM walked),"
        f" hits (pk, at) AS MATERIALIZED (SELECT * FROM ({every_hit}) AS hit"
        "  WHERE NOT (SELECT is_full FROM full_page)),"
        " chosen (pk, hits) AS (SELECT pk, NULL::bigint FROM walked"
        "  WHERE (SELECT is_full FROM full_page) UNION ALL"
        f" (SELECT pk, count(*) OVER () FROM hits ORDER BY at {way}, pk {way} LIMIT %s))"
        f" SELECT shown.*, chosen.hits FROM chosen JOIN ({rows[0]}) AS shown USING (pk)"
        f" ORDER BY shown.occurred_at {way}, shown.pk {way}"
    )
    said = [value for _, values in hits for value in values]
    with connection.cursor() as asked:
        asked.execute(statement, [*walked[1], PAGE, *said, PAGE + 1, *rows[1]])
        return _rows_and_count(asked.fetchall())


def _near_the_cursor(
    found: EscalationQuerySet, lines: EscalationQuerySet, cursor: Cursor | None
) -> EscalationQuerySet:
    """The hits among the next WALK lines from the cursor on."""
    ordered = ordered_from(lines, cursor)
    end = Subquery(ordered.values("occurred_at")[WALK : WALK + 1])
    hits = ordered_from(found, cursor)
    if cursor and cursor.newer:
        return hits.filter(occurred_at__lte=Coalesce(end, Value(FAR_AHEAD)))
    return hits.filter(occurred_at__gte=Coalesce(end, Value(LONG_AGO)))


def _sql(lines: Any) -> tuple[str, tuple[Any, ...]]:
    sql: str
    params: tuple[Any, ...]
    sql, params = lines.query.sql_with_params()
    return sql, params


def _rows_and_count(rows: list[tuple[Any, ...]]) -> tuple[list[SheetRow], int | None]:
    return [SheetRow(*row[:-1]) for row in rows], rows[0][-1] if rows else 0
