"""How completely a call was handed over: the questions an agent must be able to answer."""

from __future__ import annotations

from functools import partial

from django.db.models import Q

from reports.definitions.number import Family, Number

_PARTS = (
    ("offered", "what was offered"),
    ("refused_because", "why the customer does not accept it"),
    ("wanted", "what the customer wants"),
)

COMPLETE = Number(
    "handover-complete",
    "Handed over completely",
    "Lines that say what was offered, why it was refused and what the customer wants.",
    lambda: ~Q(offered="") & ~Q(refused_because="") & ~Q(wanted=""),
    out_of="logged",
    source="The fourth question, the concern, is on every line.",
)
WITHOUT = tuple(
    Number(
        f"without-{part.replace('_', '-')}",
        f"Without {words}",
        f"Lines that do not say {words}.",
        partial(Q, **{part: ""}),
        out_of="logged",
    )
    for part, words in _PARTS
)

FAMILY = Family("handover", "Handover", (COMPLETE, *WITHOUT))
