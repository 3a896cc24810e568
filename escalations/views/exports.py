"""The rows a query string shows, as a file: CSV or a workbook."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from escalations.exports import as_csv, as_xlsx
from escalations.exportslot import in_turn
from escalations.filters import SheetFilter
from people.access import MemberRequest, member_page

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@member_page("read_log")
def export_csv(request: MemberRequest) -> HttpResponseBase:
    """All lines of the query string as CSV, sent while it is read."""
    asked = SheetFilter(request.GET, request.program)
    if asked.errors:
        return _refused(request, asked)
    lines = asked.rows(request.membership)
    pieces = as_csv(lines, by=request.membership, is_whole=not asked.is_narrowed)
    response = StreamingHttpResponse(in_turn(lines, pieces), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{_name(request, asked)}.csv"'
    return response


@require_safe
@member_page("read_log")
def export_xlsx(request: MemberRequest) -> HttpResponseBase:
    """All lines of the query string as a workbook, sent while it is read."""
    asked = SheetFilter(request.GET, request.program)
    if asked.errors:
        return _refused(request, asked)
    lines = asked.rows(request.membership)
    pieces = as_xlsx(lines, by=request.membership, is_whole=not asked.is_narrowed)
    response = StreamingHttpResponse(in_turn(lines, pieces), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_name(request, asked)}.xlsx"'
    return response


def _name(request: MemberRequest, asked: SheetFilter) -> str:
    """A file name that says which program and, for one shift, which day."""
    day = asked.span.day
    return f"{request.program.slug}-log" + (f"-{day.isoformat()}" if day else "")


def _refused(request: MemberRequest, asked: SheetFilter) -> HttpResponse:
    """Say what is wrong with the query string instead of sending an empty file."""
    reason = " ".join(str(words) for errors in asked.errors.values() for words in errors)
    return render(request, "422.html", {"reason": reason}, status=422)
