"""Who is signed in in this browser, for a page that asks before it sends or signs in."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def here(request: HttpRequest) -> JsonResponse:
    """`user` (the id, or nothing when signed out), `name` and a fresh CSRF `token`."""
    token, user = get_token(request), request.user
    if not user.is_authenticated:
        return JsonResponse({"user": "", "name": "", "token": token})
    return JsonResponse({"user": str(user.pk), "name": user.get_short_name(), "token": token})
