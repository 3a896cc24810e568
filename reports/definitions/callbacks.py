"""Promised call-backs: kept in time or late, and how content the customer was."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from escalations.models import FollowUp
from reports.definitions.number import Family, Number

_PROMISED = Q(callback_at__isnull=False)
_CALLED = _PROMISED & Q(called_back_at__isnull=False)
LAST_CALL = "The customer’s last answer counts; a call that was taken back does not."


def _last() -> Subquery:
    """What the customer said last, from 1 (not at all) to 5 (very); NULL where nobody asked."""
    asked = FollowUp.objects.filter(
        escalation=OuterRef("pk"), withdrawn_at=None, satisfaction__isnull=False
    )
    return Subquery(asked.order_by("-done_at", "-pk").values("satisfaction")[:1])


PROMISED = Number(
    "callback-promised",
    "Call-backs promised",
    "Lines with a promised call-back, the last promise when it was moved.",
    lambda: _PROMISED,
    out_of="logged",
)
KEPT = Number(
    "callback-kept",
    "Called back in time",
    "Lines whose customer was called back at the promised time or before it.",
    lambda: _CALLED & Q(called_back_at__lte=F("callback_at")),
    out_of="callback-promised",
)
LATE = Number(
    "callback-late",
    "Called back late",
    "Lines whose customer was called back after the promised time.",
    lambda: _CALLED & Q(called_back_at__gt=F("callback_at")),
    out_of="callback-promised",
)
WAITING = Number(
    "callback-open",
    "Not called back yet",
    "Lines whose promised call-back was not made yet, due or not.",
    lambda: _PROMISED & Q(called_back_at=None),
    out_of="callback-promised",
)
ASKED = Number(
    "satisfaction-asked",
    "Asked how content",
    "Lines whose customer said at follow-up how content they are.",
    lambda: _PROMISED & Q(GreaterThanOrEqual(_last(), 1)),
    out_of="callback-promised",
    source=LAST_CALL,
)
CONTENT = Number(
    "satisfaction-content",
    "Content",
    "Lines whose customer said 4 or 5 of 5.",
    lambda: _PROMISED & Q(GreaterThanOrEqual(_last(), 4)),
    out_of="satisfaction-asked",
    source=LAST_CALL,
)
NOT_CONTENT = Number(
    "satisfaction-not-content",
    "Not content",
    "Lines whose customer said 1 or 2 of 5.",
    lambda: _PROMISED & Q(LessThanOrEqual(_last(), 2)),
    out_of="satisfaction-asked",
    source=LAST_CALL,
)

FAMILY = Family(
    "callbacks",
    "Call-backs and how content customers were",
    (PROMISED, KEPT, LATE, WAITING, ASKED, CONTENT, NOT_CONTENT),
)
