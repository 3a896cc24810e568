"""The error pages: what happened, what was kept, what to do; never more than an incident id."""

import secrets
import sys
from collections.abc import ItemsView
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.debug import SafeExceptionReporterFilter

from config.trouble import unavailable, words_for
from people.linkmask import without_links

log = structlog.get_logger("tala.errors")


class NoBodies(SafeExceptionReporterFilter):
    """What a report of an error says: never what was posted, nor what a view was working on."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()


def refused(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    """The page for `status` (403, 404, 409, 422, 429, 428) or, for htmx, its short fragment."""
    fragment = bool(request.headers.get("HX-Request"))
    name = "parts/refused.html" if fragment else f"{status}.html"
    if not fragment and status == 428:
        name = "409.html"
    response = render(request, name, {"reason": reason, "status": status}, status=status)
    if fragment:
        response["HX-Retarget"] = "#notice"
        response["HX-Reswap"] = "innerHTML"
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a member without the ability, or an edit that is somebody else's to make."""
    return refused(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: unknown, or another program's: the answer is the same, byte for byte."""
    return refused(request, 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """429: tried too often in a short time; the account is not locked."""
    return refused(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's protection token is missing or old."""
    return refused(request, 403, "This page was open too long, or cookies are blocked. Reload it.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: an incident id, in the log and on the page, and nothing else.

    Trouble of the database that met us outside a view is told as such: 503.
    """
    error = sys.exc_info()[1]
    if error is not None and words_for(error):
        return unavailable(request, error)
    incident = secrets.token_hex(4)
    log.error("incident", incident=incident, path=without_links(request.path))
    return render(request, "500.html", {"incident": incident}, status=500)
