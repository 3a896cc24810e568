"""How much was logged, and how it ended."""

from django.db.models import Q

from reports.definitions.number import Family, Number

LOGGED = Number("logged", "Logged", "Every line that is not void.", Q)
UNRESOLVED = Number(
    "unresolved",
    "Unresolved",
    "Lines whose status is unresolved now: the Operations Manager’s turn.",
    lambda: Q(status="unresolved"),
    out_of="logged",
)
FORWARDED = Number(
    "forwarded",
    "With the client",
    "Lines whose status is forwarded now: the client’s turn.",
    lambda: Q(status="forwarded"),
    out_of="logged",
)
ANSWERED = Number(
    "answered",
    "Answered by the client",
    "Lines whose status is answered now: the floor’s turn.",
    lambda: Q(status="answered"),
    out_of="logged",
)
RESOLVED = Number(
    "resolved",
    "Resolved",
    "Lines whose status is resolved now.",
    lambda: Q(status="resolved"),
    out_of="logged",
)
OPEN = Number(
    "open",
    "Still open",
    "Lines that are unresolved, with the client or answered now.",
    lambda: Q(status__in=["unresolved", "forwarded", "answered"]),
    out_of="logged",
)

FAMILY = Family(
    "logged", "Logged, and how it ended", (LOGGED, RESOLVED, OPEN, UNRESOLVED, FORWARDED, ANSWERED)
)
