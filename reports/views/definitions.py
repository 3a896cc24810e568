"""The definitions of all numbers on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import MemberRequest, member_page
from reports.chapters import chapters


@require_safe
@member_page("read_reports")
def definitions(request: MemberRequest) -> HttpResponse:
    """What every number counts or is calculated from, by chapter; `#<slug>` leads to one."""
    return render(request, "reports/definitions.html", {"chapters": chapters()})
