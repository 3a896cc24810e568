"""Feedback to agents: owed, given and how soon, acknowledged, and whether it helped."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q

from escalations.models import FeedbackNote
from reports.definitions.number import Family, Number, lasting

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STANDING = "The feedback that stands: a text taken back does not count."


_WAS_GIVEN = Q(feedback__in=["given", "acknowledged"])


def _given(after: timedelta | None, within: timedelta | None) -> Q:
    """Feedback that stands was given so long after the line occurred."""
    notes = FeedbackNote.objects.filter(escalation=OuterRef("pk"), withdrawn_at=None)
    if after is not None:
        notes = notes.filter(given_at__gt=OuterRef("occurred_at") + lasting(after))
    if within is not None:
        notes = notes.filter(given_at__lte=OuterRef("occurred_at") + lasting(within))
    return _WAS_GIVEN & Q(Exists(notes))


def _said(*, helped: bool) -> Exists:
    notes = FeedbackNote.objects.filter(escalation=OuterRef("pk"), withdrawn_at=None)
    return Exists(notes.filter(helped=helped))


ASKED = Number(
    "feedback-asked",
    "Feedback required",
    "Lines whose last column says Y: feedback owed, given or acknowledged.",
    lambda: ~Q(feedback="none"),
    out_of="logged",
)
OWED = Number(
    "feedback-owed",
    "Feedback owed",
    "Lines whose feedback is required and not given yet.",
    lambda: Q(feedback="owed"),
    out_of="feedback-asked",
)
GIVEN = Number(
    "feedback-given",
    "Feedback given",
    "Lines whose feedback was given, acknowledged or not yet.",
    lambda: _WAS_GIVEN,
    out_of="feedback-asked",
)
ACKNOWLEDGED = Number(
    "feedback-acknowledged",
    "Acknowledged",
    "Lines whose feedback the agent acknowledged.",
    lambda: Q(feedback="acknowledged"),
    out_of="feedback-given",
)
HELPED = Number(
    "feedback-helped",
    "It helped",
    "Lines whose agent says that the feedback helped.",
    lambda: Q(feedback="acknowledged") & Q(_said(helped=True)),
    out_of="feedback-acknowledged",
    source=STANDING,
)
DID_NOT_HELP = Number(
    "feedback-did-not-help",
    "It did not help",
    "Lines whose agent says that the feedback did not help.",
    lambda: Q(feedback="acknowledged") & Q(_said(helped=False)),
    out_of="feedback-acknowledged",
    source=STANDING,
)
SOON = tuple(
    Number(
        f"given-{slug}",
        f"Given {words}",
        f"Lines whose feedback was given {words} of the escalation.",
        partial(_given, after, within),
        out_of="feedback-given",
        source=STANDING,
    )
    for slug, words, after, within in (
        ("4h", "within 4 hours", None, 4 * HOUR),
        ("1d", "after 4 and within 24 hours", 4 * HOUR, DAY),
        ("3d", "after 1 and within 3 days", DAY, 3 * DAY),
        ("7d", "after 3 and within 7 days", 3 * DAY, 7 * DAY),
        ("later", "later than 7 days", 7 * DAY, None),
    )
)
"""Days are of 24 hours here; each line with given feedback is in exactly one."""

FAMILY = Family(
    "feedback",
    "Feedback to agents",
    (ASKED, OWED, GIVEN, ACKNOWLEDGED, HELPED, DID_NOT_HELP, *SOON),
)
