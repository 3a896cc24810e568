"""The links by which the client answers: made, found, revoked; only their hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

from django.utils import timezone

from escalations.letters import LINK_LASTS
from escalations.models import Forwarding, ReplyLink


class LinkDead(Exception):
    """A link that is unknown, damaged, expired or revoked: all the same outside."""


def hash_of(token: str) -> str:
    """What is stored of a token: SHA-256 over its purpose and itself, in hex."""
    return hashlib.sha256(b"reply:" + token.encode("utf-8", "surrogatepass")).hexdigest()


def make_link(letter: Forwarding) -> str:
    """Make a link for the letter's contact and return its token, the only time it is known."""
    token = secrets.token_urlsafe(32)
    assert letter.due_at is not None  # noqa: S101  it is being sent
    assert letter.contact is not None  # noqa: S101
    ReplyLink.objects.create(
        forwarding=letter,
        contact=letter.contact,
        token_hash=hash_of(token),
        expires_at=max(letter.due_at, timezone.now()) + LINK_LASTS,  # sent again long after
    )
    return token


def revoke_links(letter: Forwarding) -> None:
    """Let no link of the letter work any more."""
    letter.links.filter(revoked_at=None).update(revoked_at=timezone.now())


def extend_links(letter: Forwarding, until: datetime) -> None:
    """Let the letter's link work as much longer as its promise, now until `until` (aware)."""
    letter.links.filter(revoked_at=None).update(expires_at=until + LINK_LASTS)


def open_link(token: str) -> ReplyLink:
    """The link of a token with its letter; raises LinkDead for every reason why not. Only reads."""
    mark = hash_of(token)
    found = (
        ReplyLink.objects.filter(token_hash=mark)
        .select_related(
            "contact",
            "forwarding__contact",
            "forwarding__program__client",
            "forwarding__written_by",
            "forwarding__sent_by",
        )
        .first()
    )
    if found is None or not hmac.compare_digest(found.token_hash, mark):
        raise LinkDead
    if found.revoked_at or found.expires_at <= timezone.now() or not found.forwarding.is_out:
        raise LinkDead
    return found
