"""The shift board: the wall display of the current shift."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalations.views.fragments import fragment
from people.access import MemberRequest, member_page
from reports.board.board import read_board
from reports.board.picture import picture
from reports.board.words import words_of

FIGURES = "reports/board/figures.jinja"


@require_safe
@member_page("read_reports")
def board(request: MemberRequest) -> HttpResponse:
    """The board of the current shift, whichever that is; asked again, 304 while nothing changed."""
    read = read_board(request.program, timezone.now())
    is_again = "HX-Request" in request.headers
    if is_again and request.headers.get("If-None-Match") == read.tag:
        return HttpResponse(status=304, headers={"ETag": read.tag})
    log = reverse("log", kwargs={"p": request.program.slug})
    words = words_of(read, request.program)
    context: dict[str, Any] = {
        "board": read,
        "chart": picture(read, log),
        "words": words,
        "log": log,
    }
    if is_again:
        response = fragment(request, FIGURES, **context)
        response["ETag"] = read.tag
        return response
    is_light = request.GET.get("theme") == "light"
    return render(request, "reports/board.html", {**context, "is_light": is_light})
