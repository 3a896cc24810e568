"""The list of promised call-backs: overdue first, then what comes, or those that were made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core import signing
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from escalations.models import Escalation, FollowUp
from people.models import Membership

SALT = "follow-ups-page"
PAGE = 30
STATES = (("due", "Due"), ("overdue", "Overdue"), ("done", "Called back"))


@dataclass
class FollowUpPage:
    """Some lines with a promise to keep, or some calls, and the cursor of the next page."""

    lines: list[Escalation] = field(default_factory=list)
    calls: list[FollowUp] = field(default_factory=list)
    next_cursor: str = ""
    is_first: bool = True


class FollowUpFilter(forms.Form):
    """`state` (due, overdue, done), `by` (a username: who logged, or who called), `cursor`."""

    state = forms.ChoiceField(required=False, choices=STATES)
    by = forms.CharField(required=False, max_length=150)
    cursor = forms.CharField(required=False, max_length=300)

    def __init__(self, data: QueryDict, membership: Membership) -> None:
        super().__init__(data)
        self.membership = membership
        self.now = timezone.now()
        self.is_valid()

    @property
    def chosen(self) -> str:
        """The state asked for; due when none is."""
        return str(self.said("state") or "due")

    def said(self, name: str) -> str:
        """A cleaned value, or nothing."""
        return str(self.cleaned_data.get(name) or "")

    def link(self, **changes: str) -> str:
        """The query string with some filters changed; never a cursor."""
        asked = {name: self.said(name) for name in ("state", "by")} | changes
        return "?" + urlencode([(name, to) for name, to in asked.items() if to])

    @property
    def here(self) -> str:
        """This list, from its first row on."""
        return self.link()

    @property
    def mine(self) -> str:
        """The same, of my own lines or calls."""
        return self.link(by=self.membership.user.username)

    @property
    def everybodys(self) -> str:
        """The same, of everybody's."""
        return self.link(by="")

    def page(self) -> FollowUpPage:
        """One page of lines or calls; one query, or two for an unknown `by`."""
        if self.errors:
            return FollowUpPage()
        after = _read(self.said("cursor"))
        page = FollowUpPage(is_first=after is None)
        if self.chosen != "done":
            page.lines = self._due(after)
            last = [(line.callback_at, line.pk) for line in page.lines]
            del page.lines[PAGE:]
        else:
            page.calls = self._done(after)
            last = [(call.done_at, call.pk) for call in page.calls]
            del page.calls[PAGE:]
        if len(last) > PAGE:
            at, pk = last[PAGE - 1]
            page.next_cursor = signing.dumps([at.isoformat(), pk], salt=SALT)  # type: ignore[union-attr]
        return page

    def _due(self, after: tuple[datetime, int] | None) -> list[Escalation]:
        lines = Escalation.objects.visible_to(self.membership).promised()
        if self.chosen == "overdue":
            lines = lines.filter(callback_at__lt=self.now)
        if by := self.said("by"):
            lines = lines.logged_by_user(by)
        if after:
            at, pk = after
            lines = lines.filter(callback_at__gte=at).exclude(callback_at=at, pk__lte=pk)
        found: list[Any] = list(
            lines.select_related("agent", "logged_by").order_by("callback_at", "pk")[: PAGE + 1]
        )
        for line in found:
            line.program = self.membership.program
            line.is_overdue = line.callback_at < self.now
        return found

    def _done(self, after: tuple[datetime, int] | None) -> list[FollowUp]:
        calls = FollowUp.objects.visible_to(self.membership).standing()
        if by := self.said("by"):
            calls = calls.filter(done_by__username__iexact=by)
        if after:
            at, pk = after
            calls = calls.filter(Q(done_at=at, pk__lt=pk) | Q(done_at__lt=at))
        joined = calls.select_related("escalation", "escalation__agent", "done_by")
        return list(joined.order_by("-done_at", "-pk")[: PAGE + 1])


def _read(text: str) -> tuple[datetime, int] | None:
    try:
        at, pk = signing.loads(text, salt=SALT)
        return datetime.fromisoformat(at), int(pk)
    except (signing.BadSignature, ValueError, TypeError):
        return None
