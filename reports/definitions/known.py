"""Known or new: was there a best practice when the call came, and was it of use?"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from calibration.models import BestPractice, PracticeUse
from reports.definitions.number import Family, Number


def _answered() -> Exists:
    """An answer to the line's topic, or to one merged into it, was in force at its time."""
    mine = Q(topic=OuterRef("topic"))
    for depth in range(1, 4):
        mine |= Q(**{"topic" + depth * "__merged_into": OuterRef("topic")})
    answers = BestPractice.objects.filter(
        mine,
        program=OuterRef("program"),
        kind="answer",
        effective_from__lte=OuterRef("occurred_at"),
    )
    until = Q(effective_until=None) | Q(effective_until__gt=OuterRef("occurred_at"))
    return Exists(answers.filter(until))


def _used(outcome: str) -> Q:
    return Q(Exists(PracticeUse.objects.filter(escalation=OuterRef("pk"), outcome=outcome)))


_GROUPED = Q(topic__isnull=False)
SAID = "What somebody said of the known answer when the line was logged or later."

KNOWN = Number(
    "known",
    "Known",
    "Lines to whose topic a best practice was in force at the time of escalation.",
    lambda: _GROUPED & Q(_answered()),
    out_of="logged",
    source="The topic as the line has it now, and topics merged into it, three deep.",
)
USED = Number(
    "known-used",
    "Best practice used",
    "Lines of which somebody said that the best practice was used.",
    lambda: _used("used"),
    out_of="logged",
    source=SAID,
)
DID_NOT_FIT = Number(
    "known-did-not-fit",
    "Did not fit",
    "Lines of which somebody said that the best practice did not fit.",
    lambda: _used("did_not_fit"),
    out_of="logged",
    source=SAID,
)
NOTHING = Number(
    "known-nothing",
    "Nothing known",
    "Lines of which somebody said that nothing was known.",
    lambda: _used("nothing"),
    out_of="logged",
    source=SAID,
)

FAMILY = Family("known", "Known or new", (KNOWN, USED, DID_NOT_FIT, NOTHING))
