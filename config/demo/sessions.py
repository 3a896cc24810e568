"""Three sessions of the demo floor: one concluded, one just revealed, one open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.db.models import Count
from django.utils import timezone

from calibration.actions import positions, preparing, rulings
from calibration.actions import sessions as actions
from calibration.models import Case, Participant, Position, Ruling, Session
from escalations.models import Escalation, Topic
from people.models import Membership, Message, Notice

SAID = {
    "hold policy": ("Say since when the policy stands and that it holds for everybody.", "fair"),
    "explain": ("Go through it line by line, with the date each charge began.", "most calm down"),
    "offer an alternative": ("Offer the payment plan before the call ends.", "they asked for time"),
    "make an exception": ("Take it off this once and note it on the account.", "first time"),
    "forward to the client": ("Note it, promise an answer and forward the question.", "not ours"),
}
SPLITS = (
    ("explain", "explain", "explain", "explain", "explain", "explain"),
    ("make an exception", "offer an alternative", "explain", "explain", "hold policy", "explain"),
    ("explain", "explain", "offer an alternative", "explain", "explain", "explain"),
    ("hold policy", "hold policy", "explain", "hold policy", "hold policy", "explain"),
    ("offer an alternative",) * 3 + ("make an exception",) * 3,
    ("forward to the client", "forward to the client", "explain", "explain", "explain", "explain"),
)
"""How six people answer one case after the other, again from the first after the last."""

WHY = "It is what most of us did, and what a customer can be told with a good conscience."


def hold(captain: Membership, smes: Sequence[Membership]) -> None:
    """Hold them on the topics with most lines; on a floor of few nights, as many as there are."""
    counted = Topic.objects.visible_to(captain).live().annotate(n=Count("escalations"))
    topics = iter(counted.filter(n__gte=3).order_by("-n", "pk")[:3])
    for days, cases, stage in ((12, 10, "concluded"), (2, 5, "revealed"), (1, 4, "open")):
        if topic := next(topics, None):
            _one(topic, captain, smes, days=days, cases=cases, stage=stage)


def _one(
    topic: Topic,
    captain: Membership,
    smes: Sequence[Membership],
    *,
    days: int,
    cases: int,
    stage: str,
) -> None:
    now = timezone.now()
    lines = Escalation.objects.visible_to(captain).filter(topic=topic).exclude(status="void")
    made = preparing.prepare(
        topic,
        list(lines.order_by("-occurred_at", "-pk")[:cases]),
        smes,
        deadline=(now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0),
        key=_key(stage),
        by=captain,
    )
    made = actions.open_session(made, version=made.version, by=captain)
    asked = list(made.cases.select_related("session").order_by("order"))
    for place, sme in enumerate(smes):
        _answer(asked, sme, place, stage=stage)
    if stage != "open":
        made = actions.reveal(made, version=made.version, by=captain)
    if stage == "concluded":
        there = {sme.user_id: place != 3 for place, sme in enumerate(smes)}
        made = actions.note_attendance(made, there, version=made.version, by=captain)
        for case in asked:
            _rule(case, captain)
        made = actions.conclude(made, version=made.version, by=captain)
    _date_back(made, now - timedelta(days=days))


def _answer(asked: Sequence[Case], sme: Membership, place: int, *, stage: str) -> None:
    """One person's answers; in the open session the first has none yet and the fourth some."""
    given = list(asked)
    if stage == "open":
        given = {0: [], 3: given[:2]}.get(place, given)
    for case in given:
        choice = SPLITS[(case.order - 1) % len(SPLITS)][place % 6]
        how, why = SAID[choice]
        positions.answer(
            case,
            disposition=choice,
            how=how,
            why=why if place % 2 else "",
            key=_key(f"{case.pk} {place}"),
            version=0,
            by=sme,
        )


def _rule(case: Case, captain: Membership) -> None:
    split = SPLITS[(case.order - 1) % len(SPLITS)]
    choice = max(dict.fromkeys(split), key=split.count)
    rulings.rule(
        case,
        disposition=choice,
        how=SAID[choice][0],
        reason=WHY,
        dissent="Some would rather make an exception." if "make an exception" in split else "",
        key=_key(f"ruling {case.pk}"),
        version=0,
        by=captain,
    )


def _date_back(made: Session, at: datetime) -> None:
    """Have it opened at `at`, revealed a day and concluded a day and an hour later."""
    later, end = at + timedelta(hours=20), at + timedelta(hours=21)
    with pgtrigger.ignore():  # it was so from the start
        Session.objects.filter(pk=made.pk).update(
            prepared_at=at,
            opened_at=at,
            revealed_at=later if made.revealed_at else None,
            concluded_at=end if made.concluded_at else None,
        )
        Participant.objects.filter(session=made).update(invited_at=at)
        some = Position.objects.filter(case__session=made)
        some.update(given_at=at + timedelta(hours=5), changed_at=at + timedelta(hours=5))
        Ruling.objects.filter(case__session=made).update(ruled_at=end)
        if made.concluded_at:
            Session.objects.filter(pk=made.pk).update(deadline=at + timedelta(days=1))
    for kind, moment in (("session_opened", at), ("session_revealed", later)):
        notices = Notice.objects.filter(program=made.program_id, kind=kind)
        read = moment + timedelta(hours=4) if made.concluded_at else None
        notices.filter(link__endswith=f"/sessions/{made.number}/").update(
            created_at=moment, read_at=read
        )
    mails = Message.objects.filter(about=f"session:{made.pk}")
    mails.update(created_at=at, due_at=at, sent_at=at, state=Message.State.SENT, attempts=1)


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"tala demo session {what}")
