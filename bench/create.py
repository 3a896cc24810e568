"""Logging a line through the sheet's own form, and the raw insert it is measured against."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from bench.client import fetch, request
from bench.questions import LOG

TOPIC_SAID = '<td class="c-topic" title="Late fee">'
"""What a new row says of its topic."""

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
        if topic and TOPIC_SAID.encode() not in reply.body:
            raise RuntimeError("A line was logged without its topic")
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
