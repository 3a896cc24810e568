"""A member's first page; what it asks for afterwards; a best practice read where it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from calibration.actions.practices import acknowledge
from calibration.models import BestPractice
from people.access import MemberRequest, member_page
from reports.start.captain import learning
from reports.start.changed import practices, since_last_shift
from reports.start.page import read_start


@require_safe
@member_page("read_practices")
def start(request: MemberRequest) -> HttpResponse:
    """What waits for the member, what changed since their last shift, how the shift goes."""
    return render(request, "reports/start.html", {"start": read_start(request.membership)})


@require_safe
@member_page("read_log")
def start_learning(request: MemberRequest) -> HttpResponse:
    """What the floor should calibrate next: a part of the first page, asked for once it stands."""
    matters = learning(request.membership)
    is_part = bool(request.headers.get("HX-Request"))
    name = "reports/start_learning.html" + ("#learning" if is_part else "")
    return render(request, name, {"matters": matters, "is_part": is_part})


@require_POST
@member_page("read_practices")
def start_read(request: MemberRequest, n: int) -> HttpResponse:
    """Acknowledge best practice `n`; the list of those left to read, or back to the first page."""
    member = request.membership
    card = get_object_or_404(BestPractice.objects.visible_to(member), number=n)
    acknowledge(card, by=member)
    if not request.headers.get("HX-Request"):
        messages.success(request, f"You have read “{card.title}”.")
        return redirect("start", p=request.program.slug)
    left = practices(member, since_last_shift(member))
    context = {"matter": left[0] if left else None, "title": card.title}
    return render(request, "reports/start_read.html", context)
