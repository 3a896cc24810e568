"""What a page is measured against: an empty view, and the floor page."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bench.questions import FLOOR_SQL
from people.access import signed_in_page


@require_safe
@signed_in_page
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing at all, behind the whole middleware and for somebody signed in."""
    return HttpResponse("")


@require_safe
@signed_in_page
def floor(request: HttpRequest) -> HttpResponse:
    """Fifty real rows by the raw SQL, the sheet's seven columns in one plain template loop."""
    with connection.cursor() as cursor:
        cursor.execute(FLOOR_SQL)
        names = [column.name for column in cursor.description]
        lines = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return render(request, "bench/floor.html", {"lines": lines})
