"""Changes to the list of whom to call."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from people.cardwords import without_cards
from people.history import told
from people.models import ContactPoint, Membership, Program
from people.refusals import ActionRefused, check_version
from people.retries import whole

FIELDS = (
    *("tier", "name", "duty", "phone", "email"),
    *("from_time", "to_time", "up_to_severity", "topic"),
)


@whole
def add_contact(said: dict[str, Any], *, by: Membership) -> ContactPoint:
    """Put somebody on the list; `said` has FIELDS, hours are local times of the program.

    The same in every field as somebody on the list is that one: a second click adds nobody.
    """
    said = without_cards({name: said[name] for name in FIELDS}, by.program)
    Program.objects.select_for_update(no_key=True).get(pk=by.program_id)
    if same := ContactPoint.objects.visible_to(by).current().filter(**said).first():
        return same
    contact = ContactPoint(program=by.program, **said)
    with told("added", by=by):
        contact.save(force_insert=True)
    return contact


@whole
def change_contact(
    contact: ContactPoint, said: dict[str, Any], *, version: int | None, by: Membership
) -> ContactPoint:
    """Set FIELDS; another phone or address is no longer verified.

    Raises VersionMissing, StaleVersion, or ActionRefused for a contact that was removed.
    """
    contact = _locked(contact, by=by)
    check_version(contact, version)
    said = without_cards(said, by.program)
    changed = {n: said[n] for n in FIELDS if n in said and said[n] != getattr(contact, n)}
    if {"phone", "email"} & set(changed):
        changed["verified_on"] = None
    return _save(contact, changed, action="changed", by=by)


@whole
def verify_contact(contact: ContactPoint, *, by: Membership) -> ContactPoint:
    """Note that somebody was reached there today, in the program's zone."""
    contact = _locked(contact, by=by)
    today = timezone.now().astimezone(by.program.zone).date()
    changed = {} if contact.verified_on == today else {"verified_on": today}
    return _save(contact, changed, action="verified", by=by)


@whole
def remove_contact(contact: ContactPoint, *, by: Membership) -> ContactPoint:
    """Take somebody off the list; `restore_contact` brings them back."""
    contact = _locked(contact, by=by)
    return _save(contact, {"removed_at": timezone.now()}, action="removed", by=by)


@whole
def restore_contact(contact: ContactPoint, *, by: Membership) -> ContactPoint:
    """Bring back somebody who was taken off the list; nothing to do when they are on it."""
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk, program=by.program_id)
    changed = {"removed_at": None} if contact.removed_at else {}
    return _save(contact, changed, action="restored", by=by)


def _locked(contact: ContactPoint, *, by: Membership) -> ContactPoint:
    contact = ContactPoint.objects.select_for_update().get(pk=contact.pk, program=by.program_id)
    if contact.removed_at:
        raise ActionRefused(f"{contact.name} was taken off the list.")
    return contact


def _save(
    contact: ContactPoint, changed: dict[str, Any], *, action: str, by: Membership
) -> ContactPoint:
    if not changed:
        return contact
    for name, to in changed.items():
        setattr(contact, name, to)
    contact.version += 1
    with told(action, by=by):
        contact.save(update_fields=[*changed, "version"])
    return contact
