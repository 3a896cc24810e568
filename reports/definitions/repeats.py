"""Three ways in which a call comes back, kept apart: agent and topic, topic, customer."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from escalations.models import Escalation
from reports.definitions.number import Family, Number, lasting

WINDOW = timedelta(days=30)
NOTHING = RawSQL("''", [])
"""No text, written out: a statement that is planned once cannot know a value (ADR 0126)."""

EARLIER = (
    "Earlier means at most 30 days of 24 hours before, by time of escalation; void lines left out."
)


def _again(*same: str) -> Exists:
    """An earlier line of the program has the same of each of these."""
    others = Escalation.objects.filter(
        program=OuterRef("program"), **{name: OuterRef(name) for name in same}
    ).exclude(status="void")
    if "customer_ref" in same:
        others = others.exclude(customer_ref=NOTHING)  # so that its index serves
    before = others.filter(
        occurred_at__gte=OuterRef("occurred_at") - lasting(WINDOW),
        occurred_at__lte=OuterRef("occurred_at"),
    )
    return Exists(
        before.filter(Q(occurred_at__lt=OuterRef("occurred_at")) | Q(pk__lt=OuterRef("pk")))
    )


_GROUPED, _NAMED = Q(topic__isnull=False), ~Q(customer_ref="")

WITH_TOPIC = Number(
    "with-topic", "With a topic", "Lines that have a topic.", lambda: _GROUPED, out_of="logged"
)
WITH_REFERENCE = Number(
    "with-reference",
    "With a customer reference",
    "Lines that have a customer reference.",
    lambda: _NAMED,
    out_of="logged",
)
SAME_AGENT = Number(
    "repeat-agent",
    "Same agent, same topic again",
    "Lines whose agent escalated the same topic earlier.",
    lambda: _GROUPED & Q(_again("agent", "topic")),
    out_of="with-topic",
    source=EARLIER,
    reaches=True,
)
SAME_TOPIC = Number(
    "repeat-topic",
    "Same topic again, floor-wide",
    "Lines whose topic was escalated earlier, whoever the agent.",
    lambda: _GROUPED & Q(_again("topic")),
    out_of="with-topic",
    source=EARLIER,
    reaches=True,
)
SAME_CUSTOMER = Number(
    "repeat-customer",
    "Same customer again",
    "Lines whose customer reference was escalated earlier, written the same way.",
    lambda: _NAMED & Q(_again("customer_ref")),
    out_of="with-reference",
    source=EARLIER,
    reaches=True,
)

FAMILY = Family(
    "repeats",
    "Repeats",
    (WITH_TOPIC, SAME_AGENT, SAME_TOPIC, WITH_REFERENCE, SAME_CUSTOMER),
)
