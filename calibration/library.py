"""The library as a page asks for it: which practices, in which order, with what beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from calibration.models import BestPractice
from calibration.querysets_practices import DAYS, PracticeQuerySet
from people.models import Membership

SHELVES = {
    "in_force": ("In force", "read_practices"),
    "new": ("To read", "read_practices"),
    "drafts": ("Drafts", "read_log"),
    "past": ("Past", "read_log"),
    "review": ("To review", "read_log"),
}
"""The parts of the library, who sees them; the first is shown unless another is asked for."""

GROUPS = (
    ("Answers", {"kind": "answer"}),
    ("The steps of a hard call", {"guide": "handling"}),
    ("Before a handover", {"guide": "handover"}),
    ("Techniques", {"kind": "technique", "guide": ""}),
)
MOST = 300
"""Cards on one page; the search finds the others."""


@dataclass
class Group:
    """Cards of one sort under their heading."""

    name: str
    cards: list[Any] = field(default_factory=list)


class Library:
    """What of a program's practices one member asked to see: `state` and `q` of the query."""

    days = DAYS

    def __init__(self, query: Mapping[str, str], member: Membership) -> None:
        self.member = member
        self.words = " ".join(query.get("q", "").replace("\0", "").split())[:100]
        asked = query.get("state", "")
        self.shelf = asked if asked in dict(self.shelves) else "in_force"
        self.since = day_before_began(member)

    @property
    def shelves(self) -> list[tuple[str, str]]:
        """The parts this member may look at, with their names."""
        return [(key, name) for key, (name, able) in SHELVES.items() if self.member.may(able)]

    @property
    def mine(self) -> PracticeQuerySet:
        """What the member may see at all."""
        return BestPractice.objects.visible_to(self.member)

    @property
    def unread(self) -> PracticeQuerySet:
        """What is in force and the member has not acknowledged; what ships is nobody's news."""
        return self.mine.in_force().exclude(written_by=None).unread_by(self.member)

    def rows(self) -> list[Any]:
        """The cards of the shelf, at most `MOST`, each with `is_unread` and `is_new`.

        For who reads the log also with `used` and `did_not_fit`.
        """
        found = self._shelf()
        if self.words:
            found = found.saying(self.words)
        if self.member.may("read_log"):
            found = found.with_uses()
        cards: list[Any] = list(found.select_related("topic")[:MOST])
        unread = set(self.unread.values_list("pk", flat=True))
        for card in cards:
            card.is_unread = card.pk in unread
            card.is_new = bool(card.effective_from and card.effective_from >= self.since)
        return cards

    def groups(self) -> list[Group]:
        """The same under headings; what is past or to be reviewed stays in its order."""
        cards = self.rows()
        if self.shelf in ("past", "review", "drafts"):
            return [Group("", cards)] if cards else []
        made = [Group(name) for name, _ in GROUPS]
        for card in cards:
            facts = [all(getattr(card, k) == v for k, v in said.items()) for _, said in GROUPS]
            made[facts.index(True)].cards.append(card)
        for group in made[1:3]:
            group.cards.sort(key=lambda card: card.guide_place)
        return [group for group in made if group.cards]

    def _shelf(self) -> PracticeQuerySet:
        if self.shelf == "new":
            return self.unread.order_by("-effective_from", "-number")
        if self.shelf == "drafts":
            return self.mine.drafts().order_by("-written_at", "-number")
        if self.shelf == "past":
            return self.mine.past().order_by(F("effective_until").desc(nulls_last=True), "-number")
        if self.shelf == "review":
            return self.mine.in_force().most_in_need()
        return self.mine.in_force().order_by("topic__name", "title", "number")


def day_before_began(member: Membership) -> datetime:
    """When the shift day before the current one began (aware): what came since then is new."""
    program = member.program
    return program.shift_bounds(program.current_shift() - timedelta(days=1))[0]
