"""Promised call-backs: what is due, overdue first, and what came of those that were made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations import unresolved
from escalations.actions import follow_ups as actions
from escalations.followlist import FollowUpFilter
from escalations.forms.follow_ups import FollowUpForm
from escalations.models import FollowUp
from escalations.navcounts import waiting_for
from escalations.views.posted import line_of, version_of
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion


@require_safe
@member_page("read_log")
def follow_ups(request: MemberRequest) -> HttpResponse:
    """What is due, the longest overdue first; `state` says overdue only or done, `by` narrows.

    Above what is due stand the unresolved lines that were given to whoever looks.
    """
    member = request.membership
    asked = FollowUpFilter(request.GET, member)
    context = {"asked": asked, "page": asked.page(), "waits": waiting_for(member)}
    context["mine"] = unresolved.mine(member) if asked.chosen == "due" else []
    context["form"] = FollowUpForm(program=request.program)
    status = 422 if asked.errors else 200
    return render(request, "escalations/follow_ups.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="log")
def follow_up(request: MemberRequest, n: int) -> HttpResponse:
    """One promised call-back: GET shows it with its form; POST says what came of the call."""
    line = line_of(request, n)
    if request.method != "POST":
        return _show(request, line)
    form = FollowUpForm(request.POST, program=request.program)
    if not form.is_valid() and form["version"].value():
        return _show(request, line, form, status=422)
    said = form.cleaned_data
    try:
        call = actions.do_follow_up(
            line,
            result=said.get("result", ""),
            satisfaction=said.get("satisfaction"),
            again_at=said.get("again_at"),
            key=said.get("key") or form.fresh_key,
            version=said.get("version"),
            by=request.membership,
            masked=form.masked,
        )
    except StaleVersion:
        return _show(request, line_of(request, n), form, status=409)
    return _done(request, call)


@require_POST
@member_page("log")
def follow_up_back(request: MemberRequest, n: int) -> HttpResponse:
    """Take back the last call noted on a line (`version` of the call): it is due again."""
    calls = FollowUp.objects.visible_to(request.membership).standing()
    call = get_object_or_404(calls.filter(escalation__number=n)[:1])
    actions.take_back(call, version=version_of(request), by=request.membership)
    if request.headers.get("HX-Request"):
        return _show(request, line_of(request, n))
    messages.success(request, f"Taken back. The call-back on line {n} is due again.")
    return redirect("follow_ups", p=request.program.slug)


def _show(
    request: MemberRequest, line: Any, form: FollowUpForm | None = None, status: int = 200
) -> HttpResponse:
    """The promise with its form open: as a row of the list for htmx, else as a page."""
    calls = FollowUp.objects.visible_to(request.membership).standing().filter(escalation=line)
    line.is_overdue = bool(line.callback_at and line.callback_at < timezone.now())
    context = {
        "line": line,
        "open": True,
        "form": form or FollowUpForm(program=request.program),
        "is_stale": status == 409,
        "calls": calls.select_related("done_by"),
    }
    if request.headers.get("HX-Request"):
        return render(request, "escalations/follow_up_row.html", context, status=status)
    return render(request, "escalations/follow_up.html", context, status=status)


def _done(request: MemberRequest, call: FollowUp) -> HttpResponse:
    """What came of the call, in its row; without htmx the list."""
    line = call.escalation
    said = f"The call-back on line {line.number} is noted."
    if not request.headers.get("HX-Request"):
        messages.success(request, said)
        return redirect("follow_ups", p=request.program.slug)
    undo = reverse("follow_up_back", kwargs={"p": request.program.slug, "n": line.number})
    context = {"line": line, "call": call, "just_done": True, "said": said, "undo_url": undo}
    context |= {"undo_target": f"#call-{line.number}"}
    return render(request, "escalations/follow_up_row.html", context)
