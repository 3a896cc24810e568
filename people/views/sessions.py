"""Where a person is signed in, with "sign out there"."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.access import signed_in_page
from people.actions.accounts import end_sessions
from people.browsername import browser_name
from people.typed import number_said

MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def sessions(request: HttpRequest) -> HttpResponse:
    """GET lists one's own sessions; POST ends one (`session`) or all but this one (`others`)."""
    here = request.session.session_key
    if request.method == "POST":
        only = number_said(request.POST.get("session", ""), digits=18)
        if only is None and "others" not in request.POST:
            return redirect("usersessions_list")
        count = end_sessions(request.user, but=here, only=only)  # type: ignore[arg-type]
        words = {0: "That was signed out already.", 1: "Signed out there."}
        messages.success(request, words.get(count, f"Signed out in {count} other places."))
        return redirect("usersessions_list")
    mine = UserSession.objects.filter(user=request.user).order_by("-created_at", "-pk")[:MOST]
    live = Session.objects.filter(
        session_key__in=[one.session_key for one in mine], expire_date__gt=timezone.now()
    ).values_list("session_key", flat=True)
    alive = set(live)
    found = [
        {"session": one, "browser": browser_name(one.user_agent), "here": one.session_key == here}
        for one in mine
        if one.session_key in alive
    ]
    return render(request, "usersessions/usersession_list.html", {"sessions": found})
