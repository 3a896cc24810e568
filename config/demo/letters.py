"""What the demo floor asked of its client: letters in every state, each told as of its own day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pgtrigger
from django.utils import timezone

from config.demo.feedback import Really
from config.demo.words_letters import ANY, ASKED, CONTACTS, ENDED, FURTHER, Ask
from escalations.actions import client_contacts, forwarding, owning, replying
from escalations.actions.replying import Reply
from escalations.letters import LINK_LASTS, promised_at, reminders_due
from escalations.models import ClientAnswer, ClientContact, Escalation, Forwarding, Reminder
from people.models import Membership, Message, Notice

State = Forwarding.State
OPENING = "These came up on the floor and are yours to decide. One answer per question is enough."
CLOSING = "Thank you: what you say is on our screens the same night."


@dataclass(frozen=True)
class Plan:
    """One letter: sent so many days ago, about so many lines, answered after some days each.

    `then` is what happened besides: recall, again (a further round), draft.
    """

    days: int
    lines: int
    answered: tuple[int, ...] = ()
    then: str = ""
    contact: int = 0


PLANS = (
    Plan(41, 2),
    Plan(36, 1, (6,), "again"),
    Plan(24, 2, (5, 8)),
    Plan(16, 3, (7,), contact=1),
    Plan(9, 2),
    Plan(6, 1, (), "recall"),
    Plan(4, 1, (2,), contact=1),
    Plan(2, 1),
    Plan(0, 2, (), "draft"),
)


class Writer:
    """Writes letters as the manager, from lines that wait, and dates each step back."""

    def __init__(self, manager: Membership, smes: list[Membership], really: Really) -> None:
        self.by, self.smes, self.really = manager, smes, really
        self.now = timezone.now()
        self.latest: dict[int, datetime] = {}
        for (pk, _), (at, _who) in really.items():
            self.latest[pk] = max(at, self.latest.get(pk, at))
        self.contacts = [self._contact(n, *said) for n, said in enumerate(CONTACTS)]
        self.waiting = list(_waiting(manager))

    def _contact(self, n: int, name: str, duty: str, email: str) -> ClientContact:
        said = {"name": name, "duty": duty, "email": email}
        return client_contacts.add(said, key=_key(f"contact {n}"), by=self.by)

    def write(self, nth: int, plan: Plan) -> None:
        """Make one letter as it is planned, if there are lines old enough for it."""
        at = self.now - timedelta(days=plan.days, hours=3, minutes=17 * nth)
        lines = self._take(plan.lines, before=at - timedelta(hours=1))
        if not lines:
            return
        letter = self._draft(nth, lines, self.contacts[plan.contact], at)
        if plan.then == "draft":
            return
        letter = self._send(letter, at)
        for place, days in enumerate(plan.answered[: len(lines)], start=1):
            need = plan.then == "again"
            self._answer(letter, place, at + timedelta(days=days, hours=2), need_more=need)
        if plan.then == "recall":
            self._recall(letter, at + timedelta(hours=20))
        if plan.then == "again":
            self._again(nth, lines, at + timedelta(days=20))
        if len(plan.answered) == plan.lines == 2:
            self._close(lines[0].pk, at + timedelta(days=9))

    def _take(self, most: int, *, before: datetime) -> list[Escalation]:
        """Lines of one topic that waited then: of the one with the most of them."""
        fit: dict[str, list[Escalation]] = {}
        for line in self.waiting:
            if line.topic and self._since(line) < before:
                fit.setdefault(line.topic.name, []).append(line)
        if not fit:
            return []
        chosen = max(fit.values(), key=lambda some: (min(len(some), most), some[0].pk))[:most]
        self.waiting = [line for line in self.waiting if line not in chosen]
        return chosen

    def _since(self, line: Escalation) -> datetime:
        return max(line.received_at, self.latest.get(line.pk, line.received_at))

    def _draft(
        self, nth: int, lines: list[Escalation], to: ClientContact, at: datetime
    ) -> Forwarding:
        letter = forwarding.write(lines, key=_key(f"letter {nth} {len(lines)} {at:%d}"), by=self.by)
        items = {
            item.pk: {
                "question": _ask(item.escalation).question if item.position == 1 else FURTHER,
                "concern": item.concern,
                "offered": item.offered or "the standard terms",
                "refused_because": item.refused_because,
                "wanted": item.wanted,
            }
            for item in letter.items.select_related("escalation__topic")
        }
        said = {"contact": to, "opening": OPENING, "closing": CLOSING, "with_references": True}
        letter = forwarding.change(letter, said, items, version=letter.version, by=self.by)
        _set(letter, written_at=at - timedelta(minutes=12))
        return letter

    def _send(self, letter: Forwarding, at: datetime) -> Forwarding:
        self._lines(letter, at)
        sent = forwarding.send(letter, version=letter.version, by=self.by)
        due_at = promised_at(at, self.by.program.promise_days, self.by.program)
        _set(sent, sent_at=at, due_at=due_at)
        sent.links.update(made_at=at, expires_at=due_at + LINK_LASTS)
        for kind, moment in reminders_due(at, due_at, self.now):
            Reminder.objects.create(forwarding=sent, kind=kind, due_at=due_at, at=moment)
        return sent

    def _lines(self, letter: Forwarding, at: datetime, who: Membership | None = None) -> None:
        """The next change of each open or unsent line of a letter was at this instant."""
        for item in letter.items.select_related("escalation"):
            self._was(item.escalation, at, who or self.by)

    def _was(self, line: Escalation, at: datetime, who: Membership | None) -> None:
        self.really[line.pk, line.version] = at, who
        self.latest[line.pk] = at

    def _answer(
        self, letter: Forwarding, place: int, at: datetime, *, need_more: bool = False
    ) -> None:
        item = letter.items.select_related("escalation__topic").get(position=place)
        self._was(item.escalation, at, None)
        ask = _ask(item.escalation)
        verdict, text = ("need_more", ask.more) if need_more else (ask.verdict, ask.answer)
        key = _key(f"answer {item.pk}")
        name = letter.contact.name if letter.contact else ""
        replying.record(letter, [Reply(place, verdict, text)], name=name, key=key, by=self.by)
        ClientAnswer.objects.filter(item=item, key=key).update(at=at, recorded_by=None)
        letter.refresh_from_db()
        if letter.state == State.ANSWERED:
            _set(letter, answered_at=at)

    def _recall(self, letter: Forwarding, at: datetime) -> None:
        self._lines(letter, at)
        why = "asked before the captain found the answer in the terms"
        forwarding.recall(letter, reason=why, version=letter.version, by=self.by)
        _set(letter, recalled_at=at)

    def _again(self, nth: int, lines: list[Escalation], at: datetime) -> None:
        """The second round, with what the client wanted to know."""
        fresh = list(Escalation.objects.filter(pk__in=[line.pk for line in lines]))
        letter = self._send(self._draft(nth, fresh, self.contacts[0], at), at)
        self._answer(letter, 1, at + timedelta(days=3))

    def own(self, most: int) -> None:
        """The manager has taken the worst of the lines that still wait."""
        mine = sorted(self.waiting, key=lambda line: (line.severity or 5, line.pk))[:most]
        for line in mine:
            at = min(self._since(line) + timedelta(hours=6), self.now - timedelta(minutes=5))
            self._was(line, at, self.by)
        if mine:
            owning.give(mine, self.by, by=self.by)

    def _close(self, pk: int, at: datetime) -> None:
        line, sme = Escalation.objects.get(pk=pk), self.smes[0]
        self._was(line, at, sme)
        replying.close(line, told_customer=ENDED, version=line.version, by=sme)


def write(manager: Membership, smes: list[Membership], really: Really) -> None:
    """Make the letters, the oldest first, and give the manager some of the lines that wait."""
    writer = Writer(manager, smes, really)
    for nth, plan in enumerate(PLANS):
        writer.write(nth, plan)
    writer.own(3)
    _date_messages(manager)


def _waiting(manager: Membership) -> Iterable[Escalation]:
    """The unresolved lines of the nights before the last, the oldest first."""
    program = manager.program
    last, _ = program.shift_bounds(program.current_shift() - timedelta(days=1))
    lines = Escalation.objects.visible_to(manager).with_status("unresolved")
    old = lines.filter(occurred_at__lt=last).select_related("topic", "agent")
    return old.order_by("occurred_at", "pk")


def _ask(line: Escalation) -> Ask:
    return ASKED.get(line.topic.name if line.topic else "", ANY)


def _set(letter: Forwarding, **facts: datetime) -> None:
    """Say of a letter when something was; the object says so too."""
    with pgtrigger.ignore():  # no history of moving the date
        Forwarding.objects.filter(pk=letter.pk).update(**facts)
    for name, at in facts.items():
        setattr(letter, name, at)


def _date_messages(manager: Membership) -> None:
    """What went out and was told long ago was sent and read long ago; nothing is left to send."""
    program = manager.program
    letters = {one.matter: one for one in Forwarding.objects.filter(program=program)}
    queued = list(Message.objects.filter(program=program, state=Message.State.QUEUED))
    for mail in queued:
        letter = letters.get(mail.about)
        at = (letter and (letter.answered_at or letter.sent_at)) or timezone.now()
        if mail.kind == "letter" and letter and letter.sent_at:
            at = letter.sent_at
        mail.created_at = mail.due_at = mail.first_tried_at = at
        mail.state, mail.sent_at, mail.attempts, mail.sealed = Message.State.SENT, at, 1, ""
    fields = ["created_at", "due_at", "first_tried_at", "state", "sent_at", "attempts", "sealed"]
    with pgtrigger.ignore():
        Message.objects.bulk_update(queued, fields)
    answers = {
        str(one.pk): one.at
        for one in ClientAnswer.objects.filter(item__forwarding__program=program)
    }
    told = list(
        Notice.objects.filter(program=program, kind__in=["line_answered", "letter_answered"])
    )
    for notice in told:
        notice.created_at = answers[notice.once.partition(":")[2]]
        is_old = notice.created_at < timezone.now() - timedelta(days=5)
        notice.read_at = notice.created_at if is_old else None
    Notice.objects.bulk_update(told, ["created_at", "read_at"])


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"tala demo {what}")
