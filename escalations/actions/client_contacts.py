"""The client's people: who gets letters."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from escalations.actions.letter_steps import check_forwards
from escalations.models import ClientContact
from people.cardwords import without_cards
from people.history import told
from people.mail import clean_address, one_line
from people.models import Membership
from people.refusals import ActionRefused, check_version
from people.retries import whole

FIELDS = ("name", "duty", "email")


@whole
def add(said: dict[str, Any], *, key: uuid.UUID, by: Membership) -> ClientContact:
    """Put somebody of the client's on the list; the same key again answers with the same one.

    Raises PermissionDenied, or ActionRefused for an address that is no address or is there.
    """
    check_forwards(by)
    made = ClientContact.objects.filter(added_by=by.user_id, key=key, program=by.program).first()
    if made:
        return made
    fields = _clean(said, by)
    _check_new(fields["email"], by=by)
    contact = ClientContact(program=by.program, key=key, added_by=by.user, **fields)
    with told("added", by=by):
        contact.save(force_insert=True)
    return contact


@whole
def change(
    contact: ClientContact, said: dict[str, Any], *, version: int | None, by: Membership
) -> ClientContact:
    """Set FIELDS of somebody on the list. Raises VersionMissing, StaleVersion, ActionRefused."""
    contact = _locked(contact, version=version, by=by)
    fields = _clean(said, by)
    if fields["email"].lower() != contact.email.lower():
        _check_new(fields["email"], by=by)
    return _save(contact, fields, action="changed", by=by)


@whole
def remove(contact: ClientContact, *, version: int | None, by: Membership) -> ClientContact:
    """Take somebody off the list; the letters they got stay with their name."""
    contact = _locked(contact, version=version, by=by)
    return _save(contact, {"removed_at": timezone.now()}, action="removed", by=by)


def _clean(said: dict[str, Any], by: Membership) -> dict[str, str]:
    said = without_cards({name: said.get(name, "") for name in FIELDS}, by.program)
    name = one_line(said["name"], 120)
    if not name:
        raise ActionRefused("Give a name.")
    return {
        "name": name,
        "duty": one_line(said["duty"], 120),
        "email": clean_address(said["email"]),
    }


def _check_new(email: str, *, by: Membership) -> None:
    if ClientContact.objects.visible_to(by).current().filter(email__iexact=email).exists():
        raise ActionRefused(f"{email} is on the list already.")


def _locked(contact: ClientContact, *, version: int | None, by: Membership) -> ClientContact:
    check_forwards(by)
    contact = ClientContact.objects.visible_to(by).select_for_update().get(pk=contact.pk)
    check_version(contact, version)
    if contact.removed_at:
        raise ActionRefused(f"{contact.name} was taken off the list.")
    return contact


def _save(
    contact: ClientContact, changed: dict[str, Any], *, action: str, by: Membership
) -> ClientContact:
    for name, to in changed.items():
        setattr(contact, name, to)
    contact.version += 1
    with told(action, by=by):
        contact.save(update_fields=[*changed, "version"])
    return contact
