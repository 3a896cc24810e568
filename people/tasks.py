"""Work for later: arguments in, one action out. Each may run twice without harm."""

from __future__ import annotations

from django_tasks import task


@task()
def send_invitation(invitation_id: int, sending: int, attempt: int = 0) -> str:
    """Mail an invitation's link, unless a newer sending or a link on screen replaced it."""
    from people.actions.delivery import deliver_invitation

    return deliver_invitation(invitation_id, sending, attempt)


@task()
def send_password_reset(email: str, attempt: int = 0) -> str:
    """Mail a link to set a new password to whoever has that address; to nobody if none has."""
    from people.actions.delivery import deliver_password_reset

    return deliver_password_reset(email, attempt)
