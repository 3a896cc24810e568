"""The best practices of the demo floor in every state, read and used, each as of its own day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.utils import timezone

from calibration.actions import practices as actions
from calibration.actions.practice_steps import standing_before, the_number
from calibration.models import BestPractice, PracticeRead, PracticeUse
from config.demo.words_practices import CARDS, MISFITS, Card
from escalations.models import Escalation, ForwardedItem, Topic
from people.models import Membership, Notice

GAPS = 5


def keep(captain: Membership, manager: Membership, smes: Iterable[Membership]) -> None:
    """Write the cards, put in force what has its day, and use them on the lines since."""
    made = [_card(card, captain, manager) for card in CARDS]
    readers = list(smes)
    for card in made:
        if card and card.effective_from:
            card.refresh_from_db()
            _read(card, readers)
            _use(card)
    _miss(captain)


def _card(card: Card, captain: Membership, manager: Membership) -> BestPractice | None:
    by = manager if card.authority in ("manager", "client") else captain
    topic = Topic.objects.filter(program=by.program, name__iexact=card.topic).first()
    if card.topic and topic is None:
        return None
    item = _asked(topic) if card.authority == "client" else None
    source = f"Letter {item.forwarding.number}" if item else card.source
    key = _key(card.words["title"])
    made = actions.draft(
        by=by, key=key, authority=card.authority, words=card.words, topic=topic, source=source,
        item=item,
    )  # fmt: skip
    if card.days is None:
        return made
    before = the_number(standing_before(made))
    made = actions.publish(made, version=made.version, replacing=before, by=by)
    _date_back(made, days=card.days)
    if card.ended:
        days, why = card.ended
        made = actions.retire(made, version=made.version, reason=why, by=by)
        _date(made, effective_until=timezone.now() - timedelta(days=days))
    return made


def _asked(topic: Topic | None) -> ForwardedItem | None:
    """What the client was asked about the topic and answered, if it was."""
    items = ForwardedItem.objects.filter(escalation__topic=topic, answers__verdict="do_this")
    return items.select_related("forwarding").order_by("pk").first()


def _date_back(made: BestPractice, *, days: int) -> None:
    at = timezone.now() - timedelta(days=days, hours=2)
    _date(made, written_at=at - timedelta(hours=1), published_at=at, effective_from=at)
    if made.supersedes:
        _date(made.supersedes, effective_until=at)
    link = f"/practices/{made.number}/"
    Notice.objects.filter(program=made.program, link__endswith=link).update(created_at=at)


def _date(made: BestPractice, **moments: object) -> None:
    with pgtrigger.ignore():  # no history of moving the date
        BestPractice.objects.filter(pk=made.pk).update(**moments)
    made.refresh_from_db()


def _read(card: BestPractice, smes: list[Membership]) -> None:
    """All but one have read what is older than a few days; what is new, nobody."""
    since = card.effective_from
    if since and timezone.now() - since > timedelta(days=3):
        at = since + timedelta(hours=20)
        PracticeRead.objects.bulk_create(
            PracticeRead(practice=card, user=sme.user, at=at) for sme in smes[1:]
        )


def _use(card: BestPractice) -> None:
    """On every second line of its topic while it is in force; now and then it did not fit."""
    until = card.effective_until or timezone.now()
    span = (card.effective_from, until - timedelta(minutes=1))
    lines = Escalation.objects.filter(topic=card.topic, occurred_at__range=span)
    uses = []
    for nth, line in enumerate(lines.exclude(topic=None).order_by("number")[::2]):
        misfit = nth % 7 == 4
        uses.append(
            PracticeUse(
                program=card.program,
                escalation=line,
                practice=card,
                outcome="did_not_fit" if misfit else "used",
                reason=MISFITS[nth % len(MISFITS)] if misfit else "",
                by_id=line.logged_by_id,
                at=line.received_at,
            )
        )
    PracticeUse.objects.bulk_create(uses)


def _miss(captain: Membership) -> None:
    """On the newest lines of no topic the SMEs found nothing known."""
    lines = Escalation.objects.filter(program=captain.program, topic=None).exclude(status="void")
    PracticeUse.objects.bulk_create(
        PracticeUse(
            program=captain.program,
            escalation=line,
            outcome="nothing",
            by_id=line.logged_by_id,
            at=line.received_at,
        )
        for line in lines.order_by("-occurred_at")[1 : 2 * GAPS : 2]
    )


def _key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo practice {name}")
