"""The saved views of a member: as the head of a report lists them, and where each leads."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import cached_property

from people.models import Membership
from people.templatetags.tala import day
from reports import spans
from reports.asked import Asked
from reports.kinds import KINDS
from reports.models import SavedView

MOST = 200
"""Views that are listed, by name."""


@dataclass(frozen=True)
class Kept:
    """A saved view as it is listed: of which report, over which days, whose."""

    view: SavedView
    title: str
    days: str
    href: str
    is_mine: bool
    may_change: bool


def views_for(membership: Membership) -> list[Kept]:
    """The member's own views and the shared ones of the program, by name; one query."""
    found = SavedView.objects.visible_to(membership).current().by_name()
    return [_kept(view, membership) for view in found.select_related("owner")[:MOST]]


def removed_for(membership: Membership) -> list[Kept]:
    """The last ten views that were removed and that the member may bring back."""
    found = SavedView.objects.visible_to(membership).exclude(removed_at=None)
    if not membership.may("edit_any"):
        found = found.filter(owner=membership.user_id)
    newest = found.select_related("owner").order_by("-removed_at", "-pk")[:10]
    return [_kept(view, membership) for view in newest]


def address_of(view: SavedView, today: date) -> str:
    """The report of a view with its filters and, while `today` is the current shift day, its days.

    A report that there is no more is the first one.
    """
    first, last = spans.days_of(view.span, today) if view.span else (view.first_day, view.last_day)
    is_first = view.kind == KINDS[0].slug or view.kind not in {kind.slug for kind in KINDS}
    parts = {"p": view.program.slug} | ({} if is_first else {"kind": view.kind})
    url = reverse("reports" if is_first else "report", kwargs=parts)
    days = urlencode({"from": first, "to": last})
    return f"{url}?{days}" + (f"&{view.query}" if view.query else "")


class SaveView:
    """What the form asks that keeps the report as it is shown under a name."""

    def __init__(self, kind: str, asked: Asked) -> None:
        self.kind, self.asked = kind, asked
        self.key = uuid.uuid4()

    @cached_property
    def views(self) -> list[Kept]:
        """Those there are."""
        return views_for(self.asked.membership)

    @property
    def spans(self) -> list[tuple[str, str]]:
        """Names of these days, each with its words; the likeliest first, "" for the very days."""
        asked = self.asked
        names = spans.names_of(asked.first, asked.last, asked.today)
        named = [(name, f"Always {spans.said(name)}") for name in names]
        return [*named, ("", f"Always {asked.said_range}")]

    @property
    def query(self) -> list[tuple[str, str]]:
        """What is asked now, as hidden fields."""
        asked = self.asked
        split = asked.data.get("split", "")
        said = {"from": asked.first, "to": asked.last, **asked.filters, "split": split}
        return [(name, str(value)) for name, value in said.items() if value]

    @property
    def may_share(self) -> bool:
        """Whether it may be kept for everybody of the program."""
        return self.asked.membership.may("edit_any")


def _kept(view: SavedView, membership: Membership) -> Kept:
    titles = {kind.slug: kind.title for kind in KINDS}
    is_mine = view.owner_id == membership.user_id
    return Kept(
        view,
        titles.get(view.kind, KINDS[0].title),
        _days(view),
        reverse("report_view", kwargs={"p": membership.program.slug, "pk": view.pk}),
        is_mine,
        is_mine or membership.may("edit_any"),
    )


def _days(view: SavedView) -> str:
    if view.span:
        return spans.said(view.span)
    return f"{day(view.first_day)} – {day(view.last_day)}"
