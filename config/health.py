"""`/healthz`: whether the database answers and somebody works in the background, in a word each."""

from django.db import connection
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.presence import is_anyone_working


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 while pages can be served, 503 when the database does not answer.

    A resting worker is only reported: people can log all the same, jobs wait in the database.
    """
    try:
        connection.ensure_connection()
        worker = "running" if is_anyone_working() else "not running"
    except Error:
        return JsonResponse({"database": "down", "worker": "unknown"}, status=503)
    return JsonResponse({"database": "up", "worker": worker})
