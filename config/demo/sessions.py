"""Three sessions of the demo floor: one concluded, one just revealed, one open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.db.models import Count, Q
from django.utils import timezone

from calibration.actions import positions, preparing, rulings
from calibration.actions import sessions as actions
from calibration.models import Case, Participant, Position, Ruling, Session
from calibration.models.sessions import FEWEST_CASES
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
    """Hold them, each on another topic, that with most lines by then; those that few nights allow.

    A session has no case that was logged after it began.
    """
    now = timezone.now()
    held: list[int] = []
    for days, cases, stage in ((12, 10, "concluded"), (2, 5, "revealed"), (1, 4, "open")):
        at = now - timedelta(days=days)
        logged = Q(escalations__occurred_at__lt=at) & ~Q(escalations__status="void")
        of_mine = Topic.objects.visible_to(captain).live().exclude(pk__in=held)
        counted = of_mine.annotate(n=Count("escalations", filter=logged))
        enough = counted.filter(n__gte=FEWEST_CASES)
        if topic := enough.order_by("-n", "pk").first():
            _one(topic, captain, smes, at=at, cases=cases, stage=stage)
            held.append(topic.pk)


def _one(
    topic: Topic,
    captain: Membership,
    smes: Sequence[Membership],
    *,
    at: datetime,
    cases: int,
    stage: str,
) -> None:
    lines = Escalation.objects.visible_to(captain).filter(topic=topic, occurred_at__lt=at)
    tomorrow = timezone.now() + timedelta(days=1)
    made = preparing.prepare(
        topic,
        list(lines.exclude(status="void").order_by("-occurred_at", "-pk")[:cases]),
        smes,
        deadline=tomorrow.replace(minute=0, second=0, microsecond=0),
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
    _date_back(made, at)


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
    """Have it opened at `at`, answered 5 hours later, revealed after 20, concluded after 21.

    What did not happen has no date. A concluded one had a day, and its people read their notices.
    """
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
