"""How the site says no, and what every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from config.errors import refused
from people.refusals import ActionRefused, KeyReused, TooOften, VersionMissing

Handler = Callable[[HttpRequest], HttpResponse]

PLAIN_METHODS = ("GET", "HEAD", "POST")

STATUS = {KeyReused: 422, VersionMissing: 428, TooOften: 429}


class RefusalMiddleware(MiddlewareMixin):
    """Show an ActionRefused, or an oversized form, where the person is looking."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ActionRefused):
            return refused(request, STATUS.get(type(exception), 409), str(exception))
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
            return refused(request, 422, "That is too much text for one go; please shorten it.")
        return None


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
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        if not settings.DEBUG:
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
