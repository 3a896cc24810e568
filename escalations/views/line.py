"""One line: its page, editing it in place, void and undo."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations import actions
from escalations.actions.masking import marks_said
from escalations.feedbacklist import with_notes
from escalations.forms.line import EditForm, said_by
from escalations.history import label_of, story_of
from escalations.lineletters import letters_of
from escalations.models import Escalation, Status
from escalations.rights import can_undo, check_may_edit, may_edit
from escalations.sheet import dress
from escalations.topicstory import with_topics
from escalations.views.fragments import fragment, saved
from escalations.views.posted import line_of, version_of
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion

EDIT = "escalations/sheet/edit.jinja"
COMPARED: tuple[str, ...] = (
    "time",
    "agent",
    "concern",
    "resolution",
    "status",
    "requires_feedback",
    "severity",
)
COMPARED += ("offered", "refused_because", "wanted", "customer_ref", "callback_at", "shift")


@dataclass(frozen=True)
class Difference:
    """One field two people set differently: both texts, as typed."""

    name: str
    label: str
    theirs: str
    mine: str


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="edit_own")
def line(request: MemberRequest, n: int) -> HttpResponse:
    """One escalation: facts and history; POST edits it and carries `version`."""
    found = line_of(request, n)
    if request.method == "POST":
        return _edit(request, found)
    return _record(request, found)


@require_safe
@member_page("read_log")
def line_row(request: MemberRequest, n: int) -> HttpResponse:
    """The line as a row of the sheet, what leaving an edit shows; without htmx its page."""
    found = line_of(request, n)
    if not request.headers.get("HX-Request"):
        return redirect("line", p=request.program.slug, n=n)
    return _row(request, found)


@require_safe
@member_page("edit_own")
def line_edit(request: MemberRequest, n: int) -> HttpResponse:
    """The row of the sheet with its fields open; without htmx the line's page."""
    found = line_of(request, n)
    check_may_edit(found, by=request.membership)
    if not request.headers.get("HX-Request"):
        return redirect("line", p=request.program.slug, n=n)
    dress([found], request.membership)
    return fragment(request, EDIT, line=found, form=EditForm(line=found))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("void")
def line_void(request: MemberRequest, n: int) -> HttpResponse:
    """GET asks for the reason in the row; POST (`reason`, `version`) marks the line void."""
    found = line_of(request, n)
    if request.method == "POST":
        return _void(request, found)
    if not request.headers.get("HX-Request"):
        return redirect("line", p=request.program.slug, n=n)
    return _ask_why(request, found)


@require_POST
@member_page("edit_own")
def line_undo(request: MemberRequest, n: int) -> HttpResponse:
    """Take the last change of a line back (`version` says which)."""
    found = actions.undo(line_of(request, n), version=version_of(request), by=request.membership)
    return _done(request, found, f"Taken back on line {found.number}.")


def _void(request: MemberRequest, found: Escalation) -> HttpResponse:
    """Mark it void; in its row, one that somebody changed meanwhile is shown to be read again."""
    reason = request.POST.get("reason", "").replace("\0", "")
    try:
        now = actions.void(
            found,
            reason=reason,
            version=version_of(request),
            by=request.membership,
            masked=marks_said(request.POST.getlist("masked")),
        )
    except StaleVersion:
        if not request.headers.get("HX-Request"):
            raise
        return _ask_why(request, line_of(request, found.number), reason=reason, status=409)
    return _done(request, now, f"Line {now.number} is void.")


def _ask_why(
    request: MemberRequest, found: Escalation, reason: str = "", status: int = 200
) -> HttpResponse:
    dress([found], request.membership)
    context = {"line": found, "reason": reason, "is_stale": status == 409}
    return render(request, "escalations/log_edit.html#void", context, status=status)


def _edit(request: MemberRequest, found: Escalation) -> HttpResponse:
    """Save what was sent; show the form again, or both versions when somebody was faster."""
    form = EditForm(request.POST, line=found)
    check_may_edit(found, by=request.membership)
    if not form.is_valid():
        return _again(request, found, form)
    try:
        now = actions.save_edit(
            found,
            form.changes(),
            agent=form.cleaned_data["agent"] if "agent" in request.POST else None,
            rename_agent=form.renames_agent,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            masked=form.masked,
            by=request.membership,
        )
    except StaleVersion as stale:
        return _conflict(request, stale.theirs, form)  # type: ignore[arg-type]
    return _done(request, now, f"Line {now.number} saved.")


def _again(request: MemberRequest, found: Escalation, form: EditForm) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return _record(request, found, form, status=422)
    dress([found], request.membership)
    return fragment(request, EDIT, line=found, form=form, status=422)


def _conflict(request: MemberRequest, theirs: Escalation, form: EditForm) -> HttpResponse:
    """Both versions side by side, field by field; choosing posts with the new version.

    An outbox that sends again what stands there already is told that it is saved.
    """
    now_said = said_by(theirs)
    differences = [
        Difference(name, label_of(name), str(now_said[name]), str(form.data[name]))
        for name in COMPARED
        if name in form.data and str(form.data[name]).strip() != str(now_said[name]).strip()
    ]
    if not differences and "X-Tala-Outbox" in request.headers:  # its first answer was lost
        return _done(request, theirs, f"Line {theirs.number} saved.")
    dress([theirs], request.membership)
    context = {"line": theirs, "differences": differences, "version": theirs.version}
    context["last"] = story_of(theirs)[0]
    fragment = "#conflict" if request.headers.get("HX-Request") else ""
    page = "escalations/log_edit.html#conflict" if fragment else "escalations/conflict.html"
    return render(request, page, context, status=409)


def _record(
    request: MemberRequest, found: Escalation, form: EditForm | None = None, status: int = 200
) -> HttpResponse:
    dress([found], request.membership)
    with_notes([found], request.membership)
    context: dict[str, Any] = {"line": found, "form": None, "story": story_of(found)}
    context["masked_numbers"] = found.masked  # type: ignore[attr-defined]
    context["may_edit"] = may_edit(found, by=request.membership)
    if context["may_edit"] and found.status != Status.VOID:
        context["form"] = form or EditForm(line=found)
    since = context["story"][0].at
    context["letters"] = letters_of(found, context["story"])
    context["key"] = uuid.uuid4()  # of a further letter
    context["story"] = with_topics(context["story"], found)
    context["can_undo"] = context["may_edit"] and can_undo(found, since, by=request.membership)
    return render(request, "escalations/line.html", context, status=status)


def _row(request: MemberRequest, found: Escalation, notice: str = "") -> HttpResponse:
    dress([found], request.membership)
    return saved(request, found, words=notice)


def _done(request: MemberRequest, found: Escalation, notice: str) -> HttpResponse:
    """The row as it is now, with a notice that can take it back; without htmx, its page."""
    if not request.headers.get("HX-Request"):
        messages.success(request, notice)
        return redirect("line", p=request.program.slug, n=found.number)
    response = _row(request, found, notice)
    response["HX-Trigger"] = "sheet-changed"
    return response
