"""Mails: clean headers, text and HTML from templates, and the message as it is handed over.

Every link is built from SITE_URL. What people typed is text everywhere: autoescaped in HTML, and
without line ends or address signs in a header.
"""

from __future__ import annotations

import re
import unicodedata
from email.utils import formataddr, parseaddr
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import EmailValidator
from django.template.loader import render_to_string
from django.urls import reverse

from people.models import Message
from people.refusals import ActionRefused
from people.sealing import mark_of, unseal

LONGEST_SUBJECT = 150
LONGEST_NAME = 100

_ENCODED_WORD = re.compile(r"=\?|\?=")
"""Text that begins like one is decoded by whoever reads the header: line ends come back with it."""

_MARK = re.compile(r"(?<=/)\[[0-9a-f]{32}\](?=/)")
"""Where the secret of a link stands in a stored mail (people/sealing.py)."""

_ADDRESS_SIGNS = re.compile(r"[,;:<>()\[\]\"\\@]+")


class Rendered(NamedTuple):
    """One mail's two bodies."""

    text: str
    html: str


def one_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    """Text fit for a header: no control or direction signs, one line, at most so long."""
    text = unicodedata.normalize("NFC", _encodable(text))
    kept = "".join(
        " " if unicodedata.category(sign) in ("Cc", "Zl", "Zp", "Zs") else sign
        for sign in text
        if unicodedata.category(sign) not in ("Cf", "Cn", "Co")
    )
    line = " ".join(_ENCODED_WORD.sub(" ", kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def clean_name(text: str) -> str:
    """A name fit to stand before an address: one line, and no sign that divides addresses."""
    return one_line(_ADDRESS_SIGNS.sub(" ", text), LONGEST_NAME)


def clean_address(text: str) -> str:
    """One address and nothing else; raises ActionRefused for anything that is not."""
    address = text.strip()
    try:
        EmailValidator()(address)
        address.encode("ascii")
    except (ValidationError, UnicodeError) as error:
        shown = one_line(text, 80) or "Nothing"
        raise ActionRefused(f"“{shown}” is not an e-mail address.") from error
    if len(address) > 254 or re.search(r"[\s,;:<>\"()\\]", address):
        raise ActionRefused(f"“{one_line(text, 80)}” is not an address Tala can write to.")
    return address


def body(text: str) -> str:
    """A body that can be stored and sent: no NUL and other controls, one kind of line end."""
    text = _encodable(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s for s in text if s in "\n\t" or unicodedata.category(s) != "Cc")


def rendered(template: str, context: dict[str, Any]) -> Rendered:
    """Both bodies of `<template>.txt` and `<template>.html`, as they are sent byte for byte."""
    said = {"site": settings.SITE_URL, **context}
    return Rendered(
        body(render_to_string(f"{template}.txt", said)),
        body(render_to_string(f"{template}.html", said)),
    )


def address_of(path: str) -> str:
    """The whole address of a page of ours, from its path."""
    return settings.SITE_URL + path


def join_link(token: str) -> str:
    """The whole address of an invitation's page."""
    return address_of(reverse("join", kwargs={"token": token}))


def as_handed_over(message: Message) -> EmailMultiAlternatives:
    """The queued mail as it goes to the server; the same bodies and Message-ID every time.

    Raises people.sealing.Unreadable when the site's key is another than when it was queued.
    """
    bodies = with_secret(message)
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"}
    if message.in_reply_to:
        headers["In-Reply-To"] = message.in_reply_to
        headers["References"] = message.references or message.in_reply_to
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=bodies.text,
        from_email=formataddr((message.from_name or name, address)),
        to=[formataddr((message.to_name, message.to_email))],
        headers=headers,
    )
    mail.attach_alternative(bodies.html, "text/html")
    return mail


def with_secret(message: Message) -> Rendered:
    """The bodies with the secret of their link in its place."""
    if not message.sealed:
        return Rendered(message.text, message.html)
    secret, mark = unseal(message.sealed, message.message_id), mark_of(message.sealed)
    return Rendered(message.text.replace(mark, secret), message.html.replace(mark, secret))


def without_secret(message: Message) -> Rendered:
    """The bodies as anybody may read them: instead of its secret the link has "…"."""
    return Rendered(*(_MARK.sub("…", text) for text in (message.text, message.html)))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
