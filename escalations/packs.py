"""What the client was asked and has said, letter by letter: for paper, a workbook and the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import Lower
from django.utils import timezone

from escalations.letters import Question, letter_of, question_of
from escalations.models import ClientAnswer, ClientContact, ForwardedItem, Forwarding
from people.models import Membership, Program
from people.templatetags.tala import moment

MOST = 100
"""Letters in one pack, the ones due soonest."""

MOST_CONTACTS = 50
COLUMNS = (
    *(("Letter", 8), ("Subject", 36), ("To", 22), ("State", 16), ("Sent", 20)),
    *(("Promised by", 20), ("Days waiting", 12), ("No.", 6), ("Line", 8), ("Round", 7)),
    *(("Question", 44), ("Concern", 36), ("What we offered", 28)),
    *(("Why the customer did not accept it", 28), ("What the customer wants", 28)),
    *(("Customer reference", 18), ("Agent", 24), ("When", 20), ("Answer", 18)),
    *(("In the client’s words", 48), ("Said by", 20), ("Said at", 20), ("Earlier answers", 48)),
)
"""Heading and width, in letters, of each column of the workbook."""


@dataclass(frozen=True)
class PackedItem:
    """One question as the client reads it, and what was answered, the oldest first."""

    item: ForwardedItem
    question: Question
    answers: list[ClientAnswer]

    @property
    def newest(self) -> ClientAnswer | None:
        """The answer that counts, if there is one."""
        return self.answers[-1] if self.answers else None


@dataclass(frozen=True)
class PackedLetter:
    """One letter with its questions, and for how many whole days it waits, or waited."""

    letter: Forwarding
    opening: str
    items: list[PackedItem]
    days: int
    is_overdue: bool

    @property
    def open_count(self) -> int:
        """Questions the client has and has not answered."""
        return sum(one.item.is_open for one in self.items)


@dataclass(frozen=True)
class Waits:
    """One of the client's people: letters and questions with them, and since how many days."""

    contact: ClientContact
    letters: int
    questions: int
    days: int
    is_overdue: bool


def packed(letters: Iterable[Forwarding]) -> list[PackedLetter]:
    """Letters, read with `with_people`, and all their questions and answers; two queries."""
    found, now = list(letters), timezone.now()
    items: dict[int, list[ForwardedItem]] = {}
    listed = ForwardedItem.objects.filter(forwarding__in=found).select_related("escalation__agent")
    for item in listed.order_by("forwarding", "position"):
        items.setdefault(item.forwarding_id, []).append(item)
    given: dict[int, list[ClientAnswer]] = {}
    answers = ClientAnswer.objects.filter(item__forwarding__in=found).order_by("pk")
    for answer in answers.select_related("recorded_by"):
        given.setdefault(answer.item_id, []).append(answer)
    return [_packed(letter, items.get(letter.pk, []), given, now) for letter in found]


def _packed(
    letter: Forwarding,
    items: Sequence[ForwardedItem],
    given: dict[int, list[ClientAnswer]],
    now: datetime,
) -> PackedLetter:
    said = letter_of(letter, items)
    pairs = zip(items, said.questions, strict=True)
    return PackedLetter(
        letter,
        said.opening,
        [PackedItem(item, question, given.get(item.pk, [])) for item, question in pairs],
        letter.days_waiting(now),
        letter.is_overdue(now),
    )


def earlier_rounds(items: Sequence[ForwardedItem]) -> list[PackedItem]:
    """What was asked about the same lines in earlier letters, the first round first; two queries.

    None when each is asked for the first time.
    """
    lines = {item.escalation_id for item in items if item.round > 1}
    if not lines:
        return []
    asked = ForwardedItem.objects.filter(escalation__in=lines, forwarding__sent_at__isnull=False)
    former = asked.exclude(pk__in=[item.pk for item in items]).order_by("round", "pk")
    found = list(former.select_related("escalation__agent", "forwarding__contact"))
    given: dict[int, list[ClientAnswer]] = {}
    for answer in ClientAnswer.objects.filter(item__in=found).order_by("pk"):
        given.setdefault(answer.item_id, []).append(answer)
    return [
        PackedItem(one, question_of(one.forwarding, one), given.get(one.pk, [])) for one in found
    ]


def waits_in(letters: Iterable[Forwarding]) -> list[Waits]:
    """The same as `waits_of`, of letters that are at hand with their counts."""
    by_contact: dict[int | None, list[Any]] = {}
    for letter in letters:
        by_contact.setdefault(letter.contact_id, []).append(letter)
    found = [
        Waits(
            some[0].contact,
            len(some),
            sum(letter.open_count for letter in some),
            max(letter.days for letter in some),
            any(letter.late for letter in some),
        )
        for some in by_contact.values()
    ]
    return sorted(found, key=lambda one: (-one.days, one.contact.name, one.contact.pk))


def waits_of(membership: Membership) -> list[Waits]:
    """Those of the client's people who have letters to answer, who waits longest first."""
    is_out = Q(forwardings__state=Forwarding.State.SENT)
    found = (
        ClientContact.objects.visible_to(membership)
        .filter(is_out)
        .annotate(
            letters=Count("forwardings", distinct=True),
            questions=Count("forwardings__items", filter=Q(forwardings__items__is_open=True)),
            since=Min("forwardings__sent_at"),
            due=Min("forwardings__due_at"),
        )
        .order_by("since", Lower("name"), "pk")[:MOST_CONTACTS]
    )
    now = timezone.now()
    return [
        Waits(one, one.letters, one.questions, (now - one.since).days, now > one.due)
        for one in found
    ]


def rows_of(packs: Iterable[PackedLetter], program: Program) -> Iterator[list[str]]:
    """The cells of COLUMNS, one row a question; times are the program's."""
    for pack in packs:
        letter = pack.letter
        head = [
            str(letter.number),
            letter.subject,
            str(letter.contact or ""),
            letter.get_state_display(),
            moment(letter.sent_at, program),
            moment(letter.due_at, program),
            str(pack.days) if letter.sent_at else "",
        ]
        for one in pack.items:
            yield [*head, *_cells(one, program)]


def _cells(one: PackedItem, program: Program) -> list[str]:
    asked, newest = one.question, one.newest
    said = ["no answer yet" if one.item.is_open else "", "", "", ""]
    if newest:
        verdict = newest.get_verdict_display()
        said = [verdict, newest.text, newest.said_by, moment(newest.at, program)]
    earlier = [f"{old.get_verdict_display()}: {old.text}" for old in one.answers[:-1]]
    return [
        *(str(asked.position), str(one.item.escalation.number), str(one.item.round)),
        *(asked.question, asked.concern, asked.offered, asked.refused_because, asked.wanted),
        *(asked.reference, asked.agent, moment(asked.happened_at, program)),
        *(*said, "\n".join(earlier)),
    ]
