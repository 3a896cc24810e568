"""The log sheet: look at a shift, log a line."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escalations import actions
from escalations.actions.logging import already_logged, digest_of
from escalations.entryrow import entry_row
from escalations.filters import SheetFilter
from escalations.forms.line import EntryForm
from escalations.models import Escalation
from escalations.rows import rows_of
from escalations.sheet import dress, read_sheet
from escalations.typed import typed_instant
from escalations.views.fragments import fragment, saved
from people.access import MemberRequest, member_page

PRINTED = 3000
ENTRY = "escalations/sheet/entry.jinja"


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="log")
def log(request: MemberRequest) -> HttpResponse:
    """The log sheet of a shift or range; POST logs a line."""
    asked = SheetFilter(request.GET, request.program, request.membership)
    if request.method == "POST":
        return _log_line(request, asked)
    if request.headers.get("HX-Request"):
        return _refreshed(request, asked)
    return _page(request, asked, status=422 if asked.errors else 200)


def _log_line(request: MemberRequest, asked: SheetFilter) -> HttpResponse:
    """Log the posted line once, however often it is posted and however late it comes."""
    asked.now = typed_instant(request.POST, received=asked.now)
    day = _earlier_day(asked)
    form = EntryForm(request.POST, program=request.program, day=day, topics=lambda: asked.topics)
    if not form.is_valid():
        if line := _logged_before(request, form):
            return _saved(request, asked, line)
        if request.headers.get("HX-Request"):
            entry = entry_row(asked.topics, form)
            return fragment(request, ENTRY, status=422, asked=asked, **entry)
        return _page(request, asked, form, status=422)
    said = form.cleaned_data
    line = actions.log(
        form.new_line(),
        agent=said["agent"],
        key=said["key"],
        digest=digest_of(request.program, form.posted),
        by=request.membership,
        rename_agent=form.renames_agent,
        known=form.known_said,
    )
    return _saved(request, asked, line)


def _logged_before(request: MemberRequest, form: EntryForm) -> Escalation | None:
    """The line this key already logged: what is there is not asked about again."""
    key = form.posted_key
    if key is None:
        return None
    digest = digest_of(request.program, form.posted)
    return already_logged(key=key, digest=digest, by=request.membership)


def _saved(request: MemberRequest, asked: SheetFilter, line: Escalation) -> HttpResponse:
    """The new row and a fresh entry row; without htmx, back to the sheet the line is on."""
    if not request.headers.get("HX-Request"):
        messages.success(request, f"Saved as line {line.number}.")
        sheet, day = request.path, request.program.shift_day_of(line.occurred_at)
        return redirect(f"{sheet}?shift={day}#line-{line.number}")
    dress([line], request.membership)
    shown: Any = line
    is_here = asked.span.day == shown.shift_on
    words = "Saved." if is_here else f"Saved to the shift of {shown.shift_said}."
    entry: dict[str, Any] = {}
    if "X-Tala-Outbox" not in request.headers:
        entry = {**entry_row(asked.topics), "asked": asked}
    response = saved(request, line, words=words, is_here=is_here, is_new=True, status=201, **entry)
    response["HX-Trigger"] = "sheet-changed"
    return response


def _earlier_day(asked: SheetFilter) -> date | None:
    """The shift day of the sheet when that is not the current one."""
    return None if asked.span.is_current else asked.span.day


def _page(
    request: MemberRequest, asked: SheetFilter, form: EntryForm | None = None, status: int = 200
) -> HttpResponse:
    asked.read_topics(request.membership)
    sheet = read_sheet(asked, request.membership)
    entry = entry_row(asked.topics, form)
    context = {**entry, "sheet": sheet, "asked": asked, "again": False}
    return render(request, "escalations/log.html", context, status=status)


def _refreshed(request: MemberRequest, asked: SheetFilter) -> HttpResponse:
    """Rows, totals and pages again; 304 while nothing has changed."""
    context = {"sheet": read_sheet(asked, request.membership), "asked": asked, "again": True}
    response = render(request, "escalations/log.html#refreshed", context)
    tag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    response["ETag"] = tag
    return response


@require_safe
@member_page("read_log")
def log_print(request: MemberRequest) -> HttpResponse:
    """The same lines as the paper form: A4 landscape, oldest first."""
    asked = SheetFilter(request.GET, request.program)
    lines = rows_of(asked.rows(request.membership).paper_order()[: PRINTED + 1])
    is_cut, lines = len(lines) > PRINTED, lines[:PRINTED]
    dress(lines, request.membership)
    context = {"lines": lines, "asked": asked, "is_cut": is_cut, "limit": PRINTED}
    return render(request, "escalations/print.html", context)
