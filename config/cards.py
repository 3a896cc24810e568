"""Card numbers end at the door: masked in what a browser sends before any view, log or session."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.utils.deprecation import MiddlewareMixin

from people.access import memberships_of
from people.cards import Found, Masked, NotACard, mask
from people.cardwords import masked_words_said

FIELD = "masked"
"""The posted field that names what was masked: by the browser, and added to here."""

STRANGER = 50_000
"""Characters that somebody who is not signed in may send beside passwords: looking costs time."""

Allowed = Callable[[], Collection[NotACard]]


class CardMiddleware(MiddlewareMixin):
    """Mask the fields of a form, and of an address, which is then gone to without the number.

    Passwords are left alone. The person is told by the next page, or by the event
    `cards-masked` of an answer to htmx.
    """

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        def allowed() -> Collection[NotACard]:
            return _allowed(request, str(kwargs.get("p", "")))

        if here := request.headers.get("HX-Current-URL"):
            request.META["HTTP_HX_CURRENT_URL"] = _masked(here, allowed).text
            request.__dict__.pop("headers", None)  # read from META, and remembered
        query, found = _without_cards(request.GET, allowed)
        if found:
            _tell(request, found)
            if request.method in {"GET", "HEAD"}:
                return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")
            request.GET = query  # type: ignore[assignment]
            request.META["QUERY_STRING"] = query.urlencode()
        try:
            data = request.POST if request.user.is_authenticated else _short(request.POST)
            posted, found = _without_cards(data, allowed)
        except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError):
            return None  # the view meets the same, and is answered for
        if data is not request.POST:
            request.POST = posted  # type: ignore[assignment]
        if found:
            for name, masked in found:
                posted.setlistdefault(FIELD).extend(as_said(name, one) for one in masked.found)
            request.POST = posted  # type: ignore[assignment]
            _tell(request, found)
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        words = getattr(request, "cards_said", "")
        if words and request.headers.get("HX-Request"):
            before = response.headers.get("HX-Trigger", "")
            events = {before: None} if before and not before.startswith("{") else {}
            response["HX-Trigger"] = json.dumps({**events, "cards-masked": {"words": words}})
        return response


def _short(data: QueryDict) -> QueryDict:
    """What a stranger sent, up to STRANGER characters; else only what protects the form."""
    said = (value for name, values in data.lists() if "password" not in name for value in values)
    if sum(map(len, said)) <= STRANGER:
        return data
    kept = QueryDict(mutable=True, encoding=data.encoding)
    for name in ("csrfmiddlewaretoken", "password"):
        kept.setlist(name, data.getlist(name))
    return kept


def as_said(field: str, found: Found) -> str:
    """One masked number as it stands in the posted field `masked`."""
    return f"{field} {found.first} {found.last} {found.digits}"


def _without_cards(data: QueryDict, allowed: Allowed) -> tuple[QueryDict, list[tuple[str, Masked]]]:
    """The same data without card numbers, and what was masked in which field; a copy if any."""
    found: list[tuple[str, Masked]] = []
    clean: dict[str, list[str]] = {}
    for name, values in data.lists():
        texts = []
        for value in values:
            masked = Masked(value) if _is_left_alone(name, value) else _masked(value, allowed)
            if masked.text != value:
                found.append((name, masked))
            texts.append(masked.text)
        key = mask(name)
        if key.found:
            found.append(("", key))
        clean.setdefault(key.text, []).extend(texts)
    if not found:
        return data, found
    copy = QueryDict(mutable=True, encoding=data.encoding)
    for name, texts in clean.items():
        copy.setlist(name, texts)
    return copy, found


def _is_left_alone(name: str, value: str) -> bool:
    """Passwords, what protects the form, and the key it made."""
    if "password" in name or name == "csrfmiddlewaretoken":
        return True
    if name != "key":
        return False
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def _masked(value: str, allowed: Allowed) -> Masked:
    masked = mask(value)
    if masked.found:
        masked = mask(value, allowed())
    if "%" in value and not masked.found and (inside := mask(unquote(value))).found:
        return Masked(value.partition("?")[0] if "?" in value else inside.text, inside.found)
    return masked


def _allowed(request: HttpRequest, slug: str) -> Collection[NotACard]:
    """The numbers that are no cards in the program the page belongs to, for its members."""
    if not slug or not request.user.is_authenticated:
        return ()
    for membership in memberships_of(request):
        if membership.program.slug == slug:
            return membership.program.let_through
    return ()


def _tell(request: HttpRequest, found: list[tuple[str, Masked]]) -> None:
    """Say on the next page what was masked; an answer to htmx says so itself."""
    words = masked_words_said([one for _, masked in found for one in masked.found])
    request.cards_said = words  # type: ignore[attr-defined]
    if not request.headers.get("HX-Request") and "X-Tala-Outbox" not in request.headers:
        messages.warning(request, words)
