"""Views of reports saved under a name, shared, renamed, removed, brought back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils import timezone

from people.cardwords import one_line_without_cards
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole
from reports.asked import FILTERS, SPLITS, Asked
from reports.kinds import KINDS
from reports.models import SavedView
from reports.models.saved import NAME
from reports.spans import is_span

MOST = 50
"""Views that one person keeps in a program: more are not found faster than asked anew."""

SHARING = "Views are shared by the captain and the manager."


@whole
def save_view(
    name: str,
    *,
    kind: str,
    query: Mapping[str, str],
    span: str,
    is_shared: bool,
    key: uuid.UUID,
    by: Membership,
) -> SavedView:
    """Keep a report under a name, of what `query` asks; the same key again: the same view.

    With a `span` (reports/spans.py) its shift days go with the calendar, else they are the query's.
    Raises KeyReused, ActionRefused (no such report, a query with errors, a name that is taken, too
    many), PermissionDenied.
    """
    _check(by, is_shared=is_shared)
    asked = _asked(kind, query, span, by)
    name = _named(name, by)
    wanted = {
        "name": name,
        "kind": kind,
        "query": kept(query),
        "span": span,
        "first_day": None if span else asked.first,
        "last_day": None if span else asked.last,
        "is_shared": is_shared,
    }
    _lock(by.user_id, by)
    if made := SavedView.objects.filter(owner=by.user, key=key).first():
        _check_same(made, wanted, by)
        return made
    mine = SavedView.objects.filter(program=by.program, owner=by.user).current()
    if mine.count() >= MOST:
        raise ActionRefused(f"You keep {MOST} views already. Remove one first.")
    _check_free(name, None, by)
    with told("saved", by=by):
        return SavedView.objects.create(program=by.program, owner=by.user, key=key, **wanted)


@whole
def change_view(
    view: SavedView, *, name: str, is_shared: bool, version: int | None, by: Membership
) -> SavedView:
    """Rename a view, share it, or keep it to oneself again.

    Raises VersionMissing, StaleVersion, ActionRefused, PermissionDenied.
    """
    view = _locked(view, version=version, by=by)
    if is_shared != view.is_shared:
        _check(by, is_shared=True)
    name = _named(name, by)
    if not view.removed_at:
        _check_free(name, view, by)
    did = "renamed" if name != view.name else ("shared" if is_shared else "kept to oneself")
    return _save(view, {"name": name, "is_shared": is_shared}, did, by=by)


@whole
def remove_view(view: SavedView, *, version: int | None, by: Membership) -> SavedView:
    """Take it off the list; `restore_view` brings it back."""
    view = _locked(view, version=version, by=by)
    return _save(view, {"removed_at": timezone.now()}, "removed", by=by)


@whole
def restore_view(view: SavedView, *, version: int | None, by: Membership) -> SavedView:
    """Bring back what was removed."""
    view = _locked(view, version=version, by=by)
    _check_free(view.name, view, by)
    return _save(view, {"removed_at": None}, "restored", by=by)


def kept(query: Mapping[str, str]) -> str:
    """The filters of a query that a view keeps, as an address has them."""
    said = [(name, query[name]) for name in FILTERS if query.get(name)]
    if query.get("split") in SPLITS:
        said.append(("split", query["split"]))
    return urlencode(said)


def _check(by: Membership, *, is_shared: bool) -> None:
    if not by.may("read_reports"):
        raise PermissionDenied("Views are of who reads the reports.")
    if is_shared and not by.may("edit_any"):
        raise PermissionDenied(SHARING)


def _asked(kind: str, query: Mapping[str, str], span: str, by: Membership) -> Asked:
    if kind not in {one.slug for one in KINDS}:
        raise ActionRefused("There is no such report.")
    if span and not is_span(span):
        raise ActionRefused("There are no such shift days.")
    days = "" if span else urlencode([(n, query[n]) for n in ("from", "to") if query.get(n)])
    asked = Asked(QueryDict(f"{kept(query)}&{days}"), by)
    for errors in asked.errors.values():
        raise ActionRefused(str(errors[0]))
    if len(kept(query)) > 600:
        raise ActionRefused("These filters are too long to be kept.")
    return asked


def _named(name: str, by: Membership) -> str:
    said = one_line_without_cards(name, by.program, longest=NAME + 1)
    if not said:
        raise ActionRefused("Give the view a name.")
    if len(said) > NAME:
        raise ActionRefused(f"A view’s name has at most {NAME} letters.")
    return said


def _check_same(made: SavedView, wanted: Mapping[str, Any], by: Membership) -> None:
    differs = any(getattr(made, name) != value for name, value in wanted.items())
    if made.program_id != by.program_id or (differs and made.version == 1):
        raise KeyReused("This form was saved before with other words. Reload the page.")


def _check_free(name: str, view: SavedView | None, by: Membership) -> None:
    """Raise ActionRefused where another view of the same owner has the name."""
    owner = view.owner_id if view else by.user_id
    same = SavedView.objects.filter(program=by.program, owner=owner, name__iexact=name).current()
    if (same.exclude(pk=view.pk) if view else same).exists():
        raise ActionRefused(f"There is a view “{name}” already. Give it another name.")


def _lock(owner: int, by: Membership) -> None:
    """Of two who change views of the same owner at once one is first."""
    mine = Membership.objects.filter(program=by.program, user=owner)
    list(mine.select_for_update(no_key=True).values_list("pk"))


def _locked(view: SavedView, *, version: int | None, by: Membership) -> SavedView:
    _lock(view.owner_id, by)
    view = SavedView.objects.visible_to(by).select_for_update().get(pk=view.pk)
    if view.owner_id != by.user_id and not by.may("edit_any"):
        raise PermissionDenied("This view is somebody else’s; the captain and the manager may.")
    check_version(view, version)
    return view


def _save(view: SavedView, to: dict[str, object], did: str, *, by: Membership) -> SavedView:
    for name, value in to.items():
        setattr(view, name, value)
    view.version += 1
    with told(did, by=by):
        view.save(update_fields=[*to, "version"])
    return view
