"""How often something was tried from an address, counted in one statement.

allauth's own count takes a lock that waits a second at most, so of a crowd that tries at the same
moment some are turned away however far the limit is. This one is exact.
"""

from __future__ import annotations

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


def is_within(request: HttpRequest, action: str) -> bool:
    """Count one try of an action from the request's address; False when there were too many.

    `action` is one that ACCOUNT_RATE_LIMITS limits by address ("120/m/ip"). The time runs from the
    first try, and whoever goes on trying is let in again when it is over.
    """
    place = ratelimit.get_ip(request)
    rates = ratelimit.parse_rates(settings.ACCOUNT_RATE_LIMITS[action])
    return all(_count(f"tries:{action}:{rate}:{place}", rate) for rate in rates)


def _count(key: str, rate: ratelimit.Rate) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"key": key, "seconds": rate.duration})
        return bool(cursor.fetchone()[0] <= rate.amount)
