"""Pages behind a secret link: never stored, never passed on, still safe against forgery."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]


class _TokenDecides(CsrfViewMiddleware):
    """Under `no-referrer` browsers post with `Origin: null`; the token still decides."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        nameless = request.META.get("HTTP_ORIGIN") == "null"
        return nameless or super()._origin_verified(request)  # type: ignore[misc]


def link_page(view: View) -> View:
    """Answer with `no-referrer` and `no-store`, so that the address of the page stays a secret."""
    checked = decorator_from_middleware(_TokenDecides)(view)

    @csrf_exempt  # by the middleware for all pages: the check above replaces it
    @wraps(view)
    def quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = checked(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        return response

    return quiet
