"""Who owes how much feedback, and since when: found in an index, however long the log is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from people.models import Membership

CAP = 1_000
"""Lines of one SME that are counted before a number is said as `1,000+`."""


@dataclass(frozen=True)
class Owing:
    """One person's owed feedback; `oldest_at` is the aware instant of the oldest such call."""

    username: str
    name: str
    count: int
    oldest_at: datetime
    is_me: bool

    @property
    def count_said(self) -> str:
        """`12`, or `1,000+`."""
        return f"{self.count:,}" if self.count <= CAP else f"{CAP:,}+"


STATEMENT = """
WITH RECURSIVE smes (id) AS (
    (SELECT logged_by_id FROM escalations_escalation
     WHERE program_id = %(program)s AND feedback = 'owed' AND status <> 'void'
     ORDER BY logged_by_id LIMIT 1)
    UNION ALL
    SELECT (SELECT logged_by_id FROM escalations_escalation
            WHERE program_id = %(program)s AND feedback = 'owed' AND status <> 'void'
            AND logged_by_id > smes.id ORDER BY logged_by_id LIMIT 1)
    FROM smes WHERE smes.id IS NOT NULL
)
SELECT who.username, coalesce(nullif(who.name, ''), who.username), counted.lines, oldest.at, who.id
FROM smes JOIN people_user AS who ON who.id = smes.id
CROSS JOIN LATERAL (
    SELECT count(*) AS lines FROM (
        SELECT FROM escalations_escalation
        WHERE program_id = %(program)s AND logged_by_id = smes.id
        AND feedback = 'owed' AND status <> 'void'
        ORDER BY occurred_at LIMIT %(most)s) AS few) AS counted
CROSS JOIN LATERAL (
    SELECT occurred_at AS at FROM escalations_escalation
    WHERE program_id = %(program)s AND logged_by_id = smes.id
    AND feedback = 'owed' AND status <> 'void' ORDER BY occurred_at LIMIT 1) AS oldest
ORDER BY who.id <> %(me)s, oldest.at, who.id
"""


def owing_in(membership: Membership) -> list[Owing]:
    """Everybody of the member's program who owes feedback: oneself first, then the oldest first."""
    if not membership.may("read_log"):
        return []
    me = membership.user_id
    values = {"program": membership.program_id, "me": me, "most": CAP + 1}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        rows = cursor.fetchall()
    return [Owing(username, name, lines, at, who == me) for username, name, lines, at, who in rows]
