"""How the site says no, and what every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from config.errors import refused
from config.trouble import drop_connections, unavailable, words_for
from people.refusals import ActionRefused, KeyReused, TooOften, VersionMissing

Handler = Callable[[HttpRequest], HttpResponse]

PLAIN_METHODS = ("GET", "HEAD", "POST")

STATUS = {KeyReused: 422, VersionMissing: 428, TooOften: 429}


class SecondLookMiddleware:
    """Read a page again, once, when the database's connection broke in the midst of reading it.

    A change is never repeated here: actions know when they may (people/retries.py), browsers ask
    again with the same key.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for may_look_again in (request.method in {"GET", "HEAD"}, False):
            if getattr(response, "was_cut", False):
                drop_connections()
                if may_look_again:
                    response = self.get_response(request)
        return response


class RefusalMiddleware(MiddlewareMixin):
    """Show an ActionRefused, an oversized form or a database's trouble where one is looking."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ActionRefused):
            return refused(request, STATUS.get(type(exception), 409), str(exception))
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refused(request, 422, "That is too much text for one go; please shorten it.")
        return unavailable(request, exception) if words_for(exception) else None


class PlainMethodsMiddleware:
    """Pages are read with GET and HEAD and written with POST; any other method is refused."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in PLAIN_METHODS:
            return HttpResponseNotAllowed(PLAIN_METHODS)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Signed-in pages are never stored; answers differ for htmx; links tell nobody where from."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who is asking is not asked of a database that is away.
        user = getattr(request, "user", None) if response.status_code != 503 else None
        if user is not None and user.is_authenticated:
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        if not settings.DEBUG:
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
