"""Who do I call now about this line, and the note that hands it on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalations.actions.handing_on import hand_on
from escalations.handover import matter_of, note_of, rendered_note
from escalations.history import story_of
from escalations.lineletters import letters_of
from escalations.views.posted import line_of, version_of
from people.access import MemberRequest, member_page
from people.callnow import who_now
from people.models import ContactPoint
from people.typed import number_said


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="log")
def line_call(request: MemberRequest, n: int) -> HttpResponse:
    """Whom to call about a line at this hour, and its note; POST mails it to `contact`."""
    found = line_of(request, n)
    if request.method == "POST":
        said = number_said(request.POST.get("contact", ""), digits=18)
        visible = ContactPoint.objects.visible_to(request.membership).current()
        contact = get_object_or_404(visible, pk=said or 0)
        hand_on(found, contact, version=version_of(request), by=request.membership)
        messages.success(request, f"The note is on its way to {contact}.")
        return redirect("line_call", p=request.program.slug, n=n)
    letters = letters_of(found, story_of(found))
    note = note_of(found, letters, by=request.membership.user, at=timezone.now())
    context = {
        "line": found,
        "found": who_now(request.membership, matter_of(found)),
        "note": rendered_note(note).text.strip(),
        "may_hand": request.membership.may("log") and found.status != "void",
    }
    return render(request, "escalations/line_call.html", context)
