"""How often something was tried, by address or by account, counted in one statement.

allauth's own count takes a lock that waits a second at most, so of a crowd that tries at the same
moment some are turned away however far the limit is. This one is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import connection
from django.http import HttpRequest

_COUNTED = """
INSERT INTO cache AS kept (cache_key, value, expires)
VALUES (%(key)s, '1', clock_timestamp() + %(seconds)s * interval '1 second')
ON CONFLICT (cache_key) DO UPDATE SET
    value = CASE WHEN kept.expires <= clock_timestamp() THEN '1'
        ELSE least(kept.value::bigint + 1, 1000000000)::text END,
    expires = CASE WHEN kept.expires <= clock_timestamp() THEN excluded.expires
        ELSE kept.expires END
RETURNING value::bigint
"""
"""The cache's table, which lets go of what is over by itself; nobody else reads these keys."""


_TAKEN_OFF = """
UPDATE cache SET value = greatest(value::bigint - 1, 0)::text
WHERE cache_key = ANY(%s) AND expires > clock_timestamp()
"""


@dataclass(frozen=True)
class Tries:
    """One try, under the keys it was counted by."""

    keys: list[str]

    def rollback(self) -> None:
        """Take it off the counts again: it succeeded."""
        with connection.cursor() as cursor:
            cursor.execute(_TAKEN_OFF, [sorted(self.keys)])


def is_within(request: HttpRequest, action: str) -> bool:
    """Count one try of an action from the request's address; False when there were too many."""
    return tried(request, action) is not None


def tried(request: HttpRequest, action: str, key: str = "") -> Tries | None:
    """Count one try of an action; None when there were too many.

    ACCOUNT_RATE_LIMITS says how many there may be, by address ("120/m/ip") or by `key`
    ("10/5m/key"). The time runs from the first try: whoever goes on trying is let in again when it
    is over.
    """
    counted = []
    for rate in ratelimit.parse_rates(settings.ACCOUNT_RATE_LIMITS.get(action)):
        by = ratelimit.get_ip(request) if rate.per == "ip" else sha256(key.encode()).hexdigest()
        counted.append(f"tries:{action}:{rate}:{by}")
        if _count(counted[-1], rate.duration) > rate.amount:
            return None
    return Tries(counted)


def _count(key: str, seconds: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"key": key, "seconds": seconds})
        return int(cursor.fetchone()[0])
