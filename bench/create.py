"""Logging a line through the sheet's own form, and the raw insert it is measured against."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from bench.cast import TOPIC
from bench.client import fetch, request
from bench.measure import summary
from bench.questions import LOG

BLOCKS = 4
NOTING = "ALTER TABLE escalations_escalation {} TRIGGER vectors_insert"
UNDER = (
    "SELECT count(*) FROM escalations_escalation line JOIN escalations_topic topic"
    " ON topic.id = line.topic_id WHERE topic.program_id = %s AND topic.slug = %s"
)

FAR = 1_000_000_000
"""Raw lines are numbered from here, so that they never meet the site's own."""


def fields_of(facts: dict[str, Any]) -> dict[str, str]:
    """What an SME types into the entry row; the key is new each time."""
    return {
        "key": str(uuid.uuid4()),
        "time": "",
        "agent": f"{facts['agent_name']} / {facts['agent_id']}",
        "concern": "Waive the late fee of $25, says the bill came late",
        "resolution": "waived once as courtesy",
        "status": "resolved",
        "requires_feedback": "N",
    }


def creation(
    port: int, cookies: dict[str, str], facts: dict[str, Any], topic: str = ""
) -> Callable[[], float]:
    """A function that logs one line through the real form and gives the seconds it took."""

    def log() -> float:
        body = urlencode({**fields_of(facts), "topic": topic}).encode()
        reply = fetch(port, request(port, LOG, cookies, {"HX-Request": "true"}, body))
        if reply.status != 201:
            raise RuntimeError(f"A line was not logged: {reply.status}")
        return reply.seconds

    return log


def raw_insert(link: Any, facts: dict[str, Any], clock: Callable[[], float]) -> Callable[[], float]:
    """A function that inserts the same line by SQL alone, committed, and gives the seconds."""
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE is_generated = 'NEVER'"
            " AND table_name = 'escalations_escalation' AND column_name NOT IN"
            " ('id', 'number', 'key', 'occurred_at', 'received_at', 'logged_by_id')"
        )
        same = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
        cursor.execute(
            "SELECT greatest(max(number), %s) FROM escalations_escalation WHERE program_id = %s",
            [FAR, facts["program"]],
        )
        last = [cursor.fetchone()[0]]
    # The words are those of a line just logged through the form: the same row, by SQL alone.
    statement = (
        "INSERT INTO escalations_escalation (number, key, occurred_at, received_at, logged_by_id,"
        f" {same}) SELECT %s, %s, date_trunc('minute', now()), now(), logged_by_id, {same}"
        " FROM escalations_escalation WHERE id = %s"
    )
    with link.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM escalations_escalation")
        pattern = cursor.fetchone()[0]

    def insert() -> float:
        last[0] += 1
        began = clock()
        with link.cursor() as cursor:
            cursor.execute(statement, [last[0], str(uuid.uuid4()), pattern])
        link.commit()
        return clock() - began

    return insert


def beside_topics(
    link: Any, facts: dict[str, Any], log: Callable[..., Callable[[], float]], rounds: int
) -> dict[str, Any]:
    """Saving a line that notes nothing for topics, one without a topic, and one with a topic.

    In blocks by turns. "nothing noted": the trigger that has a line's likeness worked out later is
    off. `log` makes a `creation` with a topic's slug. Raises RuntimeError unless just the lines
    that were given the topic have it.
    """
    ways = {"nothing noted": ("DISABLE", ""), "none": ("ENABLE", ""), "one": ("ENABLE", TOPIC)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    saved, before = 0, _under_topic(link, facts)
    try:
        for block in range(BLOCKS):
            for name in list(ways)[:: -1 if block % 2 else 1]:
                noting, topic = ways[name]
                _ask(link, NOTING.format(noting))
                save = log(topic)
                save()
                taken[name] += [save() for _ in range(max(1, rounds // 2))]
                saved += (1 + max(1, rounds // 2)) * bool(topic)
    finally:
        _ask(link, NOTING.format("ENABLE"))
    if _under_topic(link, facts) - before != saved:
        raise RuntimeError(f"{saved} lines were saved with a topic; not all of them have it")
    return {name: summary(seconds) for name, seconds in taken.items()}


def _under_topic(link: Any, facts: dict[str, Any]) -> int:
    with link.cursor() as cursor:
        cursor.execute(UNDER, [facts["program"], TOPIC])
        return int(cursor.fetchone()[0])


def _ask(link: Any, sql: str) -> None:
    with link.cursor() as cursor:
        cursor.execute(sql)
