"""Where calibration begins: what to calibrate next and why, sessions, gaps, one's own part."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from calibration.next_topics import read_dashboard
from calibration.sessionlist import due_from, going_on
from people.access import MemberRequest, member_page


@require_safe
@member_page("read_log")
def calibration(request: MemberRequest) -> HttpResponse:
    """The captain's dashboard; an SME's own part of it; a manager goes to the sessions."""
    member = request.membership
    if not member.may("give_position"):
        return redirect("sessions", p=request.program.slug)
    listed = going_on(member)
    context: dict[str, Any] = {"due": due_from(member), "going_on": listed}
    if member.may("run_sessions"):
        context["begin"] = read_dashboard(member, [one.session for one in listed])
    return render(request, "calibration/calibration.html", context)
