"""The reports: every kind has a page, the overview is the first of them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.access import MemberRequest, member_page
from reports.asked import Asked
from reports.counting.counter import one_moment
from reports.kinds import KINDS
from reports.report import Kind
from reports.reportpage import ReportPage


@require_safe
@member_page("read_reports")
def reports(request: MemberRequest) -> HttpResponse:
    """The overview."""
    return _shown(request, KINDS[0])


@require_safe
@member_page("read_reports")
def report(request: MemberRequest, kind: str) -> HttpResponse:
    """One kind of report, by its slug; 404 for what is none."""
    found = next((one for one in KINDS if one.slug == kind), None)
    if found is None:
        raise Http404
    return _shown(request, found)


def _shown(request: MemberRequest, kind: Kind) -> HttpResponse:
    """What was asked as a page; with an error in it 422 and the form."""
    asked = Asked(request.GET, request.membership)
    page = ReportPage(kind, asked)
    if not asked.errors:
        with one_moment():
            page.report = kind.of(asked)
    status = 422 if asked.errors else 200
    return render(request, "reports/report.html", {"page": page, "asked": asked}, status=status)
