"""Closing an answered line with what the customer was told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from escalations.actions.replying import close
from escalations.views.posted import line_of, version_of
from people.access import MemberRequest, member_page


@require_POST
@member_page("log")
def line_close(request: MemberRequest, n: int) -> HttpResponse:
    """Resolve an answered line (`told_customer`, `version`)."""
    found = line_of(request, n)
    told = request.POST.get("told_customer", "").replace("\0", "")
    close(found, told_customer=told, version=version_of(request), by=request.membership)
    messages.success(request, f"Line {found.number} is closed.")
    return redirect("line", p=request.program.slug, n=n)
