"""The texts kept at hand for giving feedback: added, changed, removed, brought back."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.models import QuickText
from people.cardwords import without_cards
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole

MOST = 20
"""Texts of a program, at most: more are not found faster than typed."""


@whole
def add_text(text: str, *, key: uuid.UUID, by: Membership) -> QuickText:
    """Keep a sentence at hand; the same key again: the same one. KeyReused, ActionRefused."""
    text = _checked(text, by=by)
    if made := QuickText.objects.filter(added_by=by.user, key=key).first():
        if made.program_id != by.program_id or made.text != text:
            raise KeyReused("This form was saved before with other words. Reload the page.")
        return made
    if QuickText.objects.visible_to(by).current().count() >= MOST:
        raise ActionRefused(f"There are {MOST} quick texts already. Remove one first.")
    with told("added", by=by):
        return QuickText.objects.create(program=by.program, key=key, text=text, added_by=by.user)


@whole
def change_text(quick: QuickText, text: str, *, version: int | None, by: Membership) -> QuickText:
    """Word it anew. Raises VersionMissing, StaleVersion, ActionRefused, PermissionDenied."""
    quick = _locked(quick, version=version, by=by)
    text = _checked(text, by=by)
    return _save(quick, {"text": text}, "changed", by=by)


@whole
def remove_text(quick: QuickText, *, version: int | None, by: Membership) -> QuickText:
    """Take it off the list; `restore_text` brings it back."""
    quick = _locked(quick, version=version, by=by)
    return _save(quick, {"removed_at": timezone.now()}, "removed", by=by)


@whole
def restore_text(quick: QuickText, *, version: int | None, by: Membership) -> QuickText:
    """Bring back what was removed."""
    quick = _locked(quick, version=version, by=by)
    return _save(quick, {"removed_at": None}, "restored", by=by)


def _checked(text: str, *, by: Membership) -> str:
    said = " ".join(without_cards({"text": text}, by.program)["text"].split())
    if not said:
        raise ActionRefused("Write the text.")
    if len(said) > 300:
        raise ActionRefused("A quick text has at most 300 characters.")
    return str(said)


def _locked(quick: QuickText, *, version: int | None, by: Membership) -> QuickText:
    if not by.may("edit_any"):
        raise PermissionDenied("Quick texts are the captain’s and the manager’s.")
    quick = QuickText.objects.visible_to(by).select_for_update().get(pk=quick.pk)
    check_version(quick, version)
    return quick


def _save(quick: QuickText, to: dict[str, object], did: str, *, by: Membership) -> QuickText:
    for name, value in to.items():
        setattr(quick, name, value)
    quick.version += 1
    with told(did, by=by):
        quick.save(update_fields=[*to, "version"])
    return quick
