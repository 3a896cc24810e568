"""Changes people make to their own account."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from people.cardwords import without_cards
from people.models import User
from people.retries import whole

PREFERENCES = ("name", "theme", "density", "single_keys")


@whole
def set_preferences(user: User, said: dict[str, Any]) -> User:
    """Set any of PREFERENCES on one's own account; unknown names are refused with ValueError."""
    if unknown := set(said) - set(PREFERENCES):
        raise ValueError(f"not a preference: {sorted(unknown)}")
    user = User.objects.select_for_update().get(pk=user.pk)
    said = without_cards(said)
    changed = [name for name in PREFERENCES if name in said and said[name] != getattr(user, name)]
    for name in changed:
        setattr(user, name, said[name])
    if changed:
        user.save(update_fields=changed)
    return user


@whole
def end_sessions(user: User, *, but: str | None = None, only: int | None = None) -> int:
    """Sign a person out elsewhere: everywhere except the session key `but`, or one entry `only`.

    Returns how many browsers that were.
    """
    found = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    if only is not None:
        found = found.filter(pk=only)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.filter(session_key__in=keys).delete()
    return len(keys)
