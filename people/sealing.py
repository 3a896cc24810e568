"""The secret of a link that waits in the mail queue: unreadable without the site's key.

A link's token is kept as a hash only. Until its mail is sent the token has to wait somewhere all
the same; it waits covered by a stream of the key and the Message-ID, which is used once.
"""

from __future__ import annotations

import hashlib
import hmac

from django.utils.crypto import salted_hmac

LONGEST = 64
"""Bytes of a secret; the stream is one SHA-512 long."""

CHECK = 12
"""Bytes that tell whether the key is still the one the secret was covered with."""


class Unreadable(Exception):
    """The secret was covered with another key, or damaged."""


def seal(secret: str, name: str) -> str:
    """Cover `secret` (ASCII, at most LONGEST) under a name that is never used again, in hex."""
    plain = secret.encode("ascii")
    if len(plain) > LONGEST:
        raise ValueError("This secret is too long to be sealed.")
    covered = bytes(a ^ b for a, b in zip(plain, _stream("cover", name), strict=False))
    return (covered + _stream("check", name + secret)[:CHECK]).hex()


def unseal(sealed: str, name: str) -> str:
    """Return what was sealed under this name; raises Unreadable with another key."""
    try:
        raw = bytes.fromhex(sealed)
        covered, check = raw[:-CHECK], raw[-CHECK:]
        plain = bytes(a ^ b for a, b in zip(covered, _stream("cover", name), strict=False))
        secret = plain.decode("ascii")
    except ValueError as error:
        raise Unreadable from error
    if not hmac.compare_digest(_stream("check", name + secret)[:CHECK], check):
        raise Unreadable
    return secret


def mark_of(sealed: str) -> str:
    """What stands in a mail's text where its secret belongs; nobody can know it before."""
    return f"[{hashlib.sha256(sealed.encode()).hexdigest()[:32]}]"


def _stream(purpose: str, name: str) -> bytes:
    return salted_hmac(f"people.sealing.{purpose}", name, algorithm="sha512").digest()
