"""Browsers somebody signed in from before: guessing elsewhere never locks them out.

A signed cookie remembers who signed in here. Failed attempts from such a browser are counted by
themselves; those from everywhere else are counted per address and, more widely, per account.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "tala_device"
SALT = "people.device"
MOST = 8
"""People who share one computer; the ninth pushes the first out."""

ONE_YEAR = 365 * 24 * 3600


def device_of(request: HttpRequest, login: str) -> str:
    """The mark this browser got when `login` last signed in here; "" if that never happened."""
    return _read(request).get(_person(login), "")


def remember_device(request: HttpRequest, response: HttpResponse, login: str) -> None:
    """Let this browser count as one that `login` uses."""
    known = _read(request)
    mark = known.pop(_person(login), "") or secrets.token_hex(8)
    kept = dict(list(known.items())[-(MOST - 1) :])
    response.set_cookie(
        COOKIE,
        signing.dumps({**kept, _person(login): mark}, salt=SALT),
        max_age=ONE_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path="/accounts/",
    )


def _person(login: str) -> str:
    return salted_hmac(SALT, login.strip().lower()).hexdigest()[:16]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=ONE_YEAR)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}
