"""One case of a session: a participant's blind answer, the captain's groups and ruling."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from calibration.actions import positions, rulings
from calibration.forms_sessions import AnswerForm, RulingForm
from calibration.models import Case, Position, Ruling, Session, SessionState
from calibration.sessionlist import Asked, asked_of, next_open
from calibration.views.sessions import session_of
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion
from people.typed import number_said

ANSWER = ("disposition", "how", "why")
RULING = ("disposition", "how", "reason", "dissent")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("give_position")
def session_answer(request: MemberRequest, n: int, case: int) -> HttpResponse:
    """One case like an exam paper: what happened, and one's own answer; POST saves it."""
    found = session_of(request, n)
    asked_for = get_object_or_404(found.cases.select_related("session"), order=case)
    asked = found.participants.filter(user=request.membership.user_id).exists()
    if request.method == "POST":
        if not asked:
            raise PermissionDenied("You are not asked in this session.")
        return _answer(request, found, asked_for)
    if found.state != SessionState.OPEN or not asked:
        return redirect("session", p=request.program.slug, n=n)
    return _paper(request, found, case)


@require_POST
@member_page("run_sessions")
def session_ruling(request: MemberRequest, n: int, case: int) -> HttpResponse:
    """Rule on a case (`disposition`, `how`, `reason`, `dissent`, `key`, `version`)."""
    found = session_of(request, n)
    ruled = get_object_or_404(found.cases.select_related("session"), order=case)
    form = RulingForm(request.POST, session=found, order=case)
    if not form.is_valid():
        return _ruling(request, ruled, form, status=422)
    try:
        made = rulings.rule(ruled, by=request.membership, **form.said())
    except StaleVersion as stale:
        return _ruling(request, ruled, form, theirs=stale.theirs, status=409)
    messages.success(request, f"Ruled on case {case}.")
    page = reverse("session", args=[request.program.slug, n])  # another address: it loads anew
    return redirect(f"{page}?ruled={case}.{made.version}#case-{case}")


@require_POST
@member_page("run_sessions")
def session_groups(request: MemberRequest, n: int, case: int) -> HttpResponse:
    """Say which answers to a case are equal: `group-<position>` is its group's number."""
    found = session_of(request, n)
    grouped = get_object_or_404(found.cases.select_related("session"), order=case)
    said = {
        number_said(name.removeprefix("group-"), 15): number_said(str(value))
        for name, value in request.POST.items()
        if name.startswith("group-")
    }
    known = {key: group for key, group in said.items() if key is not None and group is not None}
    rulings.group(grouped, known, by=request.membership)
    return redirect(reverse("session", args=[request.program.slug, n]) + f"#case-{case}")


def _answer(request: MemberRequest, found: Session, case: Case) -> HttpResponse:
    form = AnswerForm(request.POST, session=found)
    if found.state == SessionState.OPEN and not form.is_valid():
        return _paper(request, found, case.order, form, status=422)
    said = form.said() if form.is_valid() else dict.fromkeys((*ANSWER, "key", "version"), "")
    try:
        positions.answer(case, by=request.membership, **said)
    except StaleVersion as stale:
        return _paper(request, found, case.order, form, theirs=stale.theirs, status=409)
    left = next_open(asked_of(found, request.membership), case.order)
    if left is None:
        messages.success(request, "All cases are answered. You can change them until the reveal.")
        return redirect("session", p=request.program.slug, n=found.number)
    return redirect("session_answer", p=request.program.slug, n=found.number, case=left.case.order)


def _paper(
    request: MemberRequest,
    found: Session,
    order: int,
    form: AnswerForm | None = None,
    *,
    theirs: Any = None,
    status: int = 200,
) -> HttpResponse:
    cases = asked_of(found, request.membership, order)
    here: Asked = next(one for one in cases if one.is_here)
    mine: Position | None = theirs or here.mine
    context = {"session": found, "cases": cases, "here": here, "form": form, "theirs": theirs}
    context["said"] = _said(form, mine, ANSWER)
    context["key"] = (form or AnswerForm(session=found)).shown_key
    context["version"] = mine.version if mine else 0
    return render(request, "calibration/session_answer.html", context, status=status)


def _ruling(
    request: MemberRequest, case: Case, form: RulingForm, *, theirs: Any = None, status: int
) -> HttpResponse:
    """The ruling on a page of its own: what is missing, or both versions."""
    made = theirs or Ruling.objects.visible_to(request.membership).filter(case=case).first()
    context = {"session": case.session, "case": case, "form": form, "theirs": theirs}
    context["said"] = _said(form, made, RULING)
    context["key"] = form.shown_key
    context["version"] = made.version if made else 0
    return render(request, "calibration/session_ruling.html", context, status=status)


def _said(form: Any, row: Any, names: tuple[str, ...]) -> dict[str, str]:
    """What stands in the fields: what was typed just now, or what is saved."""
    if form is not None:
        return {name: form.data.get(name, "") for name in names}
    return {name: getattr(row, name, "") if row else "" for name in names}
