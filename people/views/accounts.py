"""allauth's pages, the few that are used here: an invalid form answers 422, nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account import views as allauth_views
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from people.access import signed_in_page

View = Callable[..., HttpResponse]


def _ours(view: View) -> View:
    @never_cache
    @wraps(view)
    def with_status(request: HttpRequest, **kwargs: str) -> HttpResponse:
        response = view(request, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form and form.errors:
            response.status_code = 422
        return response

    return with_status


sign_in = _ours(allauth_views.login)
sign_out = _ours(allauth_views.logout)
inactive = _ours(allauth_views.account_inactive)
change_password = signed_in_page(_ours(allauth_views.password_change))
reset = _ours(allauth_views.password_reset)
reset_sent = _ours(allauth_views.password_reset_done)
new_password = _ours(allauth_views.password_reset_from_key)
new_password_set = _ours(allauth_views.password_reset_from_key_done)
