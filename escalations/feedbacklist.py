"""The list of feedback: which lines a query string asks for, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.db.models import Q
from django.http import QueryDict

from escalations.lookback import look_back
from escalations.models import Escalation, Feedback, FeedbackNote
from escalations.querysets import EscalationQuerySet
from escalations.readynotes import standing_notes
from people.models import Membership

SALT = "feedback-page"
PAGE = 30
STATES = (
    (Feedback.OWED, "Owed"),
    (Feedback.GIVEN, "Given, not acknowledged"),
    (Feedback.ACKNOWLEDGED, "Acknowledged"),
)


@dataclass
class FeedbackPage:
    """Some lines with their standing `note` (None while owed), and the cursor of the next page."""

    lines: list[Escalation] = field(default_factory=list)
    next_cursor: str = ""
    is_first: bool = True


class FeedbackFilter(forms.Form):
    """`state` (owed, given, acknowledged), `agent` (employee ID), `by` (username), `cursor`."""

    state = forms.ChoiceField(required=False, choices=STATES)
    agent = forms.CharField(required=False, max_length=32)
    by = forms.CharField(required=False, max_length=150)
    cursor = forms.CharField(required=False, max_length=300)

    def __init__(self, data: QueryDict, membership: Membership) -> None:
        super().__init__(data)
        self.membership = membership
        self.is_valid()

    @property
    def chosen(self) -> str:
        """The state asked for; owed when none is, or none of ours."""
        return str(self.said("state") or Feedback.OWED)

    def said(self, name: str) -> str:
        """A cleaned value, or nothing."""
        return str(self.cleaned_data.get(name) or "")

    def link(self, **changes: str) -> str:
        """The query string with some filters changed; never a cursor."""
        asked = {name: self.said(name) for name in ("state", "agent", "by")} | changes
        return "?" + urlencode([(name, to) for name, to in asked.items() if to])

    @property
    def here(self) -> str:
        """This page, from its first row on."""
        return self.link()

    @property
    def is_narrowed(self) -> bool:
        """Whether an agent or an SME is asked for."""
        return bool(self.said("agent") or self.said("by"))

    def page(self) -> FeedbackPage:
        """One page of lines, their notes and what came later; four queries at most."""
        if self.errors:
            return FeedbackPage()
        cursor = _read(self.said("cursor"))
        if self.chosen == Feedback.OWED:
            lines = self._owed(cursor)
        else:
            newest = self._lines().newest_first()
            lines = list(_after(newest, cursor, older=True)[: PAGE + 1])
        found = FeedbackPage(lines[:PAGE], is_first=cursor is None)
        if len(lines) > PAGE:
            found.next_cursor = self._cursor(lines[PAGE - 1])
        with_notes(found.lines, self.membership)
        return found

    def _lines(self) -> EscalationQuerySet:
        lines = Escalation.objects.visible_to(self.membership).with_feedback(self.chosen)
        if agent := self.said("agent"):
            lines = lines.of_agent(agent, self.membership.program)
        if by := self.said("by"):
            lines = lines.logged_by_user(by)
        return lines.select_related("agent", "logged_by")

    def _owed(self, cursor: _Cursor | None) -> list[Escalation]:
        """The oldest first; without a choice of SME, what I owe before what others owe."""
        oldest, me = self._lines().paper_order(), self.membership.user_id
        if self.said("by"):
            return list(_after(oldest, cursor)[: PAGE + 1])
        found: list[Escalation] = []
        if cursor is None or cursor.is_mine:
            found += _after(oldest.filter(logged_by=me), cursor)[: PAGE + 1]
            cursor = None
        if len(found) <= PAGE:
            others = oldest.exclude(logged_by=me)
            found += _after(others, cursor)[: PAGE + 1 - len(found)]
        return found

    def _cursor(self, line: Escalation) -> str:
        is_mine = line.logged_by_id == self.membership.user_id
        said = [line.occurred_at.isoformat(), line.pk, is_mine]
        return signing.dumps(said, salt=SALT, compress=False)


@dataclass(frozen=True)
class _Cursor:
    """The line a page goes on after, and whether it is the reader's own."""

    at: datetime
    pk: int
    is_mine: bool


def _read(text: str) -> _Cursor | None:
    try:
        at, pk, is_mine = signing.loads(text, salt=SALT)
        return _Cursor(datetime.fromisoformat(at), int(pk), bool(is_mine))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _after(
    lines: EscalationQuerySet, cursor: _Cursor | None, *, older: bool = False
) -> EscalationQuerySet:
    """The lines that come after a cursor's in their order."""
    if cursor is None:
        return lines
    side = "lt" if older else "gt"
    bound: dict[str, Any] = {f"occurred_at__{side}e": cursor.at}
    passed = Q(occurred_at=cursor.at) & ~Q(**{f"pk__{side}": cursor.pk})
    return lines.filter(**bound).exclude(passed)


def with_notes(lines: list[Escalation], membership: Membership) -> None:
    """Give each line its standing `note`, each note its `look_backs`; two queries, or none."""
    given = [line for line in lines if line.feedback not in (Feedback.NONE, Feedback.OWED)]
    notes: dict[int, FeedbackNote] = {}
    if given:
        some = standing_notes([line.pk for line in given], membership)
        look_back(some, membership.program)
        notes = {note.escalation_id: note for note in some}
    for line in lines:
        shown: Any = line
        line.program = membership.program
        shown.note = notes.get(line.pk)
