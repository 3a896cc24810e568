"""A program's mail: what waits, what could not be delivered and why, what was sent lately."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from people.access import MemberRequest, member_page
from people.actions.messages import let_go, send_again
from people.models import Message

MOST = 100
"""How many of each state are shown."""


@require_safe
@member_page("manage_people")
def mail(request: MemberRequest) -> HttpResponse:
    """The program's mails by state, those in trouble first."""
    mine = Message.objects.visible_to(request.membership).defer("text", "html")
    context: dict[str, Any] = {
        "failed": mine.failed()[:MOST],
        "queued": mine.queued()[:MOST],
        "sent": mine.sent()[:MOST],
        "most": MOST,
        "kept_days": settings.MAIL_KEPT_DAYS,
    }
    return render(request, "people/mail.html", context)


@require_POST
@member_page("manage_people")
def mail_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a mail that was not delivered back into the queue."""
    found = get_object_or_404(Message.objects.visible_to(request.membership), pk=pk)
    message = send_again(found, by=request.membership)
    messages.success(request, f"The mail to {message.to_email} is on its way again.")
    return redirect("mail", p=request.program.slug)


@require_POST
@member_page("manage_people")
def mail_let_go(request: MemberRequest, pk: int) -> HttpResponse:
    """Decide that a mail that was not delivered need not be."""
    found = get_object_or_404(Message.objects.visible_to(request.membership), pk=pk)
    message = let_go(found, by=request.membership)
    messages.success(request, f"The mail to {message.to_email} is off the list.")
    return redirect("mail", p=request.program.slug)
