"""What is known of a concern while it is being typed: its topic, and how similar lines ended."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calibration.likeness import similar
from calibration.suggesting import suggest
from config.jinja import template
from escalations.models import Escalation
from people.access import MemberRequest, member_page
from people.cards import mask

LONGEST = 600
"""Characters of a concern that are looked at: what tells it from others stands among them."""


@require_safe
@member_page("log")
def known(request: MemberRequest) -> HttpResponse:
    """The suggested topic and the lines most like `concern`; or those like line number `line`."""
    line = _line(request)
    concern = line.concern[:LONGEST] if line else _concern(request)
    context: dict[str, Any] = {"concern": concern, "line": line, "program": request.program}
    if concern:
        but = line.pk if line else None
        context["suggestion"] = suggest(request.program, concern)
        context["likes"] = similar(request.membership, concern, but=but)
    if request.headers.get("HX-Request"):
        context["shown_for"] = "line" if line else "entry"
        return HttpResponse(template("calibration/known.jinja").render(context))
    return render(request, "calibration/known.html", {**context, "shown_for": "page"})


def _concern(request: MemberRequest) -> str:
    """What was typed so far, card numbers masked, in one line."""
    said = request.GET.get("concern", "").replace("\0", "")[: 2 * LONGEST]
    return " ".join(mask(said, request.program.let_through).text.split())[:LONGEST]


def _line(request: MemberRequest) -> Escalation | None:
    """The line asked about; Http404 when there is none or it is not for this member."""
    number = request.GET.get("line", "")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise Http404
    found = Escalation.objects.visible_to(request.membership).filter(number=number)
    line = found.select_related("topic").first()
    if line is None:
        raise Http404
    return line
