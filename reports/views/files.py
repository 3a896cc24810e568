"""A report as a file: the whole as a workbook, one of its tables as CSV."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escalations.views.exports import CSV, XLSX
from people.access import MemberRequest, member_page
from reports.asked import Asked
from reports.book import book
from reports.counting.counter import one_moment
from reports.filehead import filename, head_of
from reports.kinds import KINDS
from reports.report import Kind
from reports.reportpage import ReportPage
from reports.tables import as_csv, sheets


@require_safe
@member_page("read_reports")
def report_xlsx(request: MemberRequest, kind: str) -> HttpResponse:
    """All figures and tables of a report, of the same query string as its page."""
    found, asked = _kind(kind), Asked(request.GET, request.membership)
    if asked.errors:
        return _refused(request, found, asked)
    with one_moment():
        report = found.of(asked)
    head = head_of(report.title, asked, ReportPage(found, asked).chips)
    return send_file(book(head, report.sections), XLSX, filename(found.slug, asked, "xlsx"))


@require_safe
@member_page("read_reports")
def report_csv(request: MemberRequest, kind: str) -> HttpResponse:
    """The table behind one chart, heat table or list of it: `chart` is its name."""
    found, asked = _kind(kind), Asked(request.GET, request.membership)
    if asked.errors:
        return _refused(request, found, asked)
    with one_moment():
        report = found.of(asked)
    wanted = request.GET.get("chart", "")
    for sheet in sheets(report.sections):
        if sheet.name == wanted or not wanted:
            text = as_csv(sheet).encode("utf-8", "replace")
            return send_file(text, CSV, filename(f"{found.slug}-{sheet.name}", asked, "csv"))
    raise Http404


def _kind(slug: str) -> Kind:
    for one in KINDS:
        if one.slug == slug:
            return one
    raise Http404


def _refused(request: MemberRequest, kind: Kind, asked: Asked) -> HttpResponse:
    context = {"page": ReportPage(kind, asked), "asked": asked}
    return render(request, "reports/report.html", context, status=422)


def send_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept under a name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
