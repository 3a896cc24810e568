"""Work for later: arguments in, one action out. Each may run twice without harm."""

from __future__ import annotations

from django_tasks import task


@task()
def send_password_reset(email: str) -> str:
    """Queue a link to set a new password for whoever has that address; for nobody if none has."""
    from people.actions.delivery import queue_password_reset

    return queue_password_reset(email)
