"""Who did what and why, written beside every history row of a change."""

from typing import Any

import pghistory

from people.models import Membership, User


def told(action: str, *, by: Membership | User, reason: str = "", **more: Any) -> Any:
    """A context manager: every row changed inside carries the action, the person, the reason.

    `action` is a verb in the past ("edited"); `reason` is what the person gave, or "".
    """
    user = by.user if isinstance(by, Membership) else by
    return pghistory.context(action=action, by=user.pk, reason=reason, **more)


def told_outside(action: str, *, who: str, reason: str = "", **more: Any) -> Any:
    """The same for a change by somebody without a login, named by `who`."""
    return pghistory.context(action=action, by=None, who=who, reason=reason, **more)
