"""Messages to people: one function each. Every link is built from SITE_URL."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from people.models import Invitation, User


def invitation(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    """The link by which somebody joins a program; its Message-ID belongs to this very link."""
    mark = f"invitation.{invitation.pk}.{invitation.sending}.{invitation.token_hash[:16]}"
    return _message(
        "people/mail/invitation",
        f"Join {invitation.program} on Tala",
        to=invitation.email,
        mark=mark,
        invitation=invitation,
        link=join_link(token),
    )


def password_reset(user: User, link_key: str) -> EmailMultiAlternatives:
    """The link by which somebody sets a new password; `link_key` is `<uid>-<key>`."""
    uid, _, key = link_key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    return _message(
        "people/mail/password_reset",
        "Set a new password on Tala",
        to=user.email,
        mark=f"reset.{secrets.token_hex(8)}",
        person=user,
        link=settings.SITE_URL + path,
    )


def join_link(token: str) -> str:
    """The whole address of an invitation's page."""
    return settings.SITE_URL + reverse("join", kwargs={"token": token})


def _message(
    template: str, subject: str, *, to: str, mark: str, **said: Any
) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    said["site"] = settings.SITE_URL
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"{template}.txt", said),
        to=[to],
        headers={"Message-ID": f"<{mark}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{template}.html", said), "text/html")
    return message
