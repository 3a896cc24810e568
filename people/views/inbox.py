"""A person's inbox over all their programs, and how they want to be told."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.access import memberships_of, signed_in_page
from people.actions.messages import choose, mark_read
from people.models import Notice
from people.typed import number_said

PAGE = 50


@require_safe
@signed_in_page
def inbox(request: HttpRequest) -> HttpResponse:
    """What this person was told, the last first; `page` goes back in time."""
    found = Notice.objects.of(memberships_of(request)).select_related("program")
    page = Paginator(found.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "people/inbox.html", {"page": page})


@require_POST
@signed_in_page
def inbox_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go to the page it is about."""
    mine = memberships_of(request)
    notice = get_object_or_404(Notice.objects.of(mine), pk=pk)
    mark_read(request.user, mine, pk=pk)  # type: ignore[arg-type]
    return redirect(notice.link)


@require_POST
@signed_in_page
def inbox_read(request: HttpRequest) -> HttpResponse:
    """Mark one notice (`notice`) or all as read."""
    said = request.POST.get("notice", "")
    only = number_said(said, digits=18)
    if said and only is None:
        raise Http404
    mark_read(request.user, memberships_of(request), pk=only)  # type: ignore[arg-type]
    return redirect("inbox")


@require_POST
@signed_in_page
def notification_choices(request: HttpRequest) -> HttpResponse:
    """Keep the ticks of the preferences page: `screen` and `mail` hold "<slug>:<kind>"."""
    wanted = {way: set(request.POST.getlist(way)) for way in ("screen", "mail")}
    choose(request.user, memberships_of(request), wanted)  # type: ignore[arg-type]
    messages.success(request, "Saved.")
    return redirect(reverse("preferences") + "#notifications")
