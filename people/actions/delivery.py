"""Handing mail to the server: tried again for a day when it says "later", not when it says "no"."""

from __future__ import annotations

import secrets
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

import structlog
from allauth.account.forms import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.http import int_to_base36

from people import mail
from people.actions.invitations import hash_of
from people.models import Invitation, User
from people.tasks import send_invitation, send_password_reset

log = structlog.get_logger("tala.mail")

ATTEMPTS = 12
LONGEST_PAUSE = timedelta(hours=3)


def pause_after(attempt: int) -> timedelta:
    """One minute, two, four … three hours: twelve attempts take about a day."""
    return min(timedelta(minutes=2**attempt), LONGEST_PAUSE)


def refusal_in(error: Exception) -> str:
    """What the server said when it said no for good (5xx); "" when trying again may help."""
    code: int
    words: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return ""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}"[:200] if code >= 500 else ""


def deliver_invitation(invitation_id: int, sending: int, attempt: int = 0) -> str:
    """Make the link, keep its hash, mail it, note that; returns what happened in a word or two.

    A crash between mailing and noting mails once more, with a new link.
    """
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("program", "program__client", "invited_by")
            .filter(pk=invitation_id, sending=sending, sent_at__isnull=True)
            .first()
        )
        if invitation is None or not invitation.is_open:
            return "not needed"
        token = secrets.token_urlsafe(32)
        invitation.token_hash = hash_of(token)
        invitation.save(update_fields=["token_hash"])
    mine = Invitation.objects.filter(pk=invitation_id, sending=sending)
    try:
        mail.invitation(invitation, token).send()
    except (OSError, SMTPException) as error:
        refusal = refusal_in(error)
        if refusal or attempt + 1 >= ATTEMPTS:
            mine.update(problem=refusal or "The mail server could not be reached for a day.")
            return "given up"
        later = timezone.now() + pause_after(attempt)
        send_invitation.using(run_after=later).enqueue(invitation_id, sending, attempt + 1)
        return "later"
    mine.update(sent_at=timezone.now(), problem="")
    return "sent"


def deliver_password_reset(email: str, attempt: int = 0) -> str:
    """Mail a link to set a new password to the active account with that address, if any."""
    user = User.objects.filter(email__iexact=email, is_active=True).exclude(email="").first()
    if user is None:
        return "nobody"
    key = f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"
    try:
        mail.password_reset(user, key).send()
    except (OSError, SMTPException) as error:
        if refusal_in(error) or attempt + 1 >= ATTEMPTS:
            log.warning("password reset not delivered", user=user.pk, said=refusal_in(error))
            return "given up"
        later = timezone.now() + pause_after(attempt)
        send_password_reset.using(run_after=later).enqueue(email, attempt + 1)
        return "later"
    return "sent"
