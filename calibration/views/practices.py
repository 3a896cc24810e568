"""The library of best practices: what is in force, to read, past and to review; out and in."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from calibration.actions.practice_ways import bring_in
from calibration.library import Library
from calibration.libraryfile import TOO_LARGE, BadLibrary, packed, read
from calibration.models import BestPractice
from people.access import MemberRequest, member_page


@require_safe
@member_page("read_practices")
def practices(request: MemberRequest) -> HttpResponse:
    """The cards of one shelf (`state`), or those that say all words of `q`."""
    library = Library(request.GET, request.membership)
    context = {"library": library, "groups": library.groups()}
    context["to_read"] = library.unread.count()
    return render(request, "calibration/practices.html", context)


@require_safe
@member_page("read_practices")
def practices_guide(request: MemberRequest) -> HttpResponse:
    """The steps of a hard call and the questions before a handover; a fragment for htmx."""
    cards = BestPractice.objects.visible_to(request.membership).in_force().guiding()
    steps = [card for card in cards if card.guide == "handling"]
    questions = [card for card in cards if card.guide == "handover"]
    is_part = request.headers.get("HX-Request")
    name = "calibration/guide.html" + ("#guide" if is_part else "")
    return render(request, name, {"steps": steps, "questions": questions, "is_part": is_part})


@require_safe
@member_page("read_log")
def practices_export(request: MemberRequest) -> HttpResponse:
    """Everything in force as one file that `practices_import` takes, here or in another program."""
    cards = BestPractice.objects.visible_to(request.membership).in_force()
    text = json.dumps(packed(cards.select_related("topic")), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"practices-{request.program.slug}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@member_page("write_practices")
def practices_import(request: MemberRequest) -> HttpResponse:
    """Read a `file` that was exported: its cards become drafts, those that are here do not."""
    upload = request.FILES.get("file")
    try:
        cards = read(upload.read(TOO_LARGE + 1) if upload else b"")
    except BadLibrary as bad:
        messages.error(request, str(bad))
        return redirect("practices", p=request.program.slug)
    made = bring_in(cards, by=request.membership)
    count = len(made)
    said = f"{count} card{'' if count == 1 else 's'} brought in as drafts."
    messages.success(request, said if made else "All of these cards are here already.")
    return redirect(f"{request.path.removesuffix('import/')}{'?state=drafts' if made else ''}")
