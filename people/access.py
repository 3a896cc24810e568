"""The first guard: a slug becomes a program, a membership and abilities, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from people.models import Membership, Program
from people.whoasks import memberships_at_once

View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request that passed `member_page`: it knows its program and membership."""

    program: Program
    membership: Membership
    memberships: list[Membership]


def memberships_of(request: HttpRequest) -> list[Membership]:
    """The signed-in person's memberships with programs and captaincy: one query a request."""
    if not hasattr(request, "memberships"):
        request.memberships = memberships_at_once(request.user)  # type: ignore[attr-defined,arg-type]
    return request.memberships  # type: ignore[attr-defined,no-any-return]


def sign_in_first(request: HttpRequest, back: str = "") -> HttpResponse:
    """Send a signed-out person to the sign-in page; a fragment request is told to go there.

    Afterwards they are where they were; `back` is another page of ours to come to.
    """
    if "X-Tala-User" in request.headers:  # a page that asks for the sign-in itself, over the text
        return HttpResponse(status=401)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = here.path + (f"?{here.query}" if here.query else "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
        asked = f"?{urlencode({'next': back})}" if safe and back != "/" else ""
        response["HX-Redirect"] = reverse("account_login") + asked
        return response
    return redirect_to_login(back or request.get_full_path())


def member_page(ability: str, **by_method: str) -> Callable[[View], View]:
    """Let only members of the program `p` with `ability` in; other methods may name their own.

    `@member_page("read_log", post="log")` sets `request.program` and `request.membership`.
    Signed out → the sign-in page. Not a member, or no such program → the same 404.
    A member without the ability → 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, p: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            membership = next((m for m in memberships_of(request) if m.program.slug == p), None)
            if membership is None:
                raise Http404
            if not membership.may(by_method.get((request.method or "").lower(), ability)):
                raise PermissionDenied
            request.program, request.membership = membership.program, membership
            return view(request, *args, **kwargs)

        guarded.ability = ability  # type: ignore[attr-defined]
        return guarded

    return guard


def signed_in_page(view: View) -> View:
    """Let any signed-in person in; everyone else goes to the sign-in page first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return view(request, *args, **kwargs)

    return guarded
