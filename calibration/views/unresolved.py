"""A piece of the forwarding page: unresolved lines without a topic, those alike together."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calibration.alike import alike
from people.access import MemberRequest, member_page


@require_safe
@member_page("forward")
def unresolved_alike(request: MemberRequest) -> HttpResponse:
    """The piles, to choose lines from: within the forwarding page's form, or as a page."""
    context = {"found": alike(request.membership), "key": uuid.uuid4()}
    page, piece = "calibration/unresolved_alike.html", "calibration/piles.html"
    return render(request, piece if request.headers.get("HX-Request") else page, context)
