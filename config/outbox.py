"""How the site answers what a browser kept and sends by itself: for its owner, without a detour."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.errors import refused

Handler = Callable[[HttpRequest], HttpResponse]

SOMEONE_ELSE = (
    "Someone else is signed in here now. This was typed by another person and waits for them."
)


class OutboxMiddleware:
    """Refuse what another person than the signed-in one typed; name a redirect instead of going.

    `X-Tala-User` says whose page or outbox is asking (409 when the session is another's, which
    another tab may have changed). `X-Tala-Outbox` asks for 204 and `X-Tala-Location` instead of
    a redirect, so that "saved" and "sign in first" are never taken for each other; the answer
    carries `X-Tala-Answer`, which a proxy's or a hotel's own page does not.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asking, signed_in = request.headers.get("X-Tala-User"), request.session.get(SESSION_KEY)
        if asking and signed_in and asking != signed_in:
            response = refused(request, 409, SOMEONE_ELSE)
            response["X-Tala-Refused"] = "user"
        else:
            response = self.get_response(request)
        if "X-Tala-Outbox" in request.headers:
            if response.status_code in (301, 302, 303):
                response = _named(response)
            response["X-Tala-Answer"] = "1"
        return response


def _named(redirect: HttpResponse) -> HttpResponse:
    """Say where a redirect leads; to the sign-in page means that nothing was done."""
    place = redirect["Location"]
    if place.startswith(reverse("account_login")):
        return HttpResponse(status=401)
    answer = HttpResponse(status=204, headers={"X-Tala-Location": place})
    answer.cookies = redirect.cookies  # the message of the next page, and a known device
    return answer
