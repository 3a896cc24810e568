"""The sessions of a program, and preparing one: which lines, whose answers, until when."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from calibration.actions import preparing
from calibration.actions import sessions as actions
from calibration.forms import LinesAsked
from calibration.forms_sessions import NewSessionForm, PreparedForm, local_wall, usual_deadline
from calibration.models import Session, SessionState
from calibration.sessionlist import answerers, done, due_from, going_on
from calibration.workbench import found_of
from escalations.models import Escalation, Status, Topic
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing

OPENED = "Open. Everybody asked is told by mail and on screen."


@require_safe
@member_page("read_log")
def sessions(request: MemberRequest) -> HttpResponse:
    """What goes on, what waits for one's own answers, what was concluded."""
    member = request.membership
    context = {"due": due_from(member), "going_on": going_on(member), "done": done(member)}
    return render(request, "calibration/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("run_sessions")
def session_new(request: MemberRequest) -> HttpResponse:
    """Choose lines of the topic `topic` (a slug) as cases; POST prepares the session."""
    topic = Topic.objects.at(request.GET.get("topic", "")[:80], request.program)
    data = request.POST if request.method == "POST" else None
    if topic is None:
        status, context = 200 if data is None else 422, {"topics": _topics(request)}
        return render(request, "calibration/session_topic.html", context, status=status)
    form = NewSessionForm(data, program=request.program, members=_members(request))
    if data is None:
        return _new(request, topic, form)
    if not form.is_valid():
        return _new(request, topic, form, status=422)
    lines = Escalation.objects.visible_to(request.membership).filter(number__in=form.numbers)
    said = form.cleaned_data
    try:
        made = preparing.prepare(
            topic, lines, form.people, deadline=said["deadline"], key=said["key"],
            by=request.membership,
        )  # fmt: skip
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _new(request, topic, form, status=422 if isinstance(refused, KeyReused) else 409)
    messages.success(request, "Prepared. Read the cases once more, then open it.")
    return redirect("session_prepare", p=request.program.slug, n=made.number)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("run_sessions")
def session_prepare(request: MemberRequest, n: int) -> HttpResponse:
    """A prepared session's cases, people and deadline; POST saves them (`version`).

    With `put=open` it saves them and opens the session, or does neither.
    """
    found, data = session_of(request, n), request.POST if request.method == "POST" else None
    if found.state != SessionState.PREPARED and data is None:
        return redirect("session", p=request.program.slug, n=n)
    form = _form(request, found, data)
    if data is None or not form.is_valid():
        return _prepared(request, found, form, status=422 if data is not None else 200)
    is_opening = data.get("put") == "open"
    step = actions.save_and_open if is_opening else preparing.change
    try:
        step(found, by=request.membership, **form.said())
    except StaleVersion as stale:
        return _stale(request, stale.theirs)
    except VersionMissing:
        raise
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return _prepared(request, session_of(request, n), form, status=409)
    messages.success(request, OPENED if is_opening else "Saved.")
    return redirect("session" if is_opening else "session_prepare", p=request.program.slug, n=n)


def _form(request: MemberRequest, found: Session, data: Any) -> PreparedForm:
    cases = list(found.cases.order_by("order"))
    return PreparedForm(data, session=found, cases=cases, members=_members(request))


def _stale(request: MemberRequest, theirs: Any) -> HttpResponse:
    """What was typed beside what somebody saved meanwhile, to be saved over it or not."""
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    form = _form(request, theirs, data)
    form.add_error(None, "It was saved meanwhile. Yours is below; save again to keep it.")
    for words in form.words_gone():
        form.add_error(None, f"Left out meanwhile: the case “{words[:80]}”.")
    return _prepared(request, theirs, form, status=409, is_stale=True)


def session_of(request: MemberRequest, n: int) -> Session:
    """The session of a number as the member may see it; raises Http404."""
    visible = Session.objects.visible_to(request.membership)
    people = ("topic", "first_round", "prepared_by")
    found = get_object_or_404(visible.select_related(*people), number=n)
    found.program = request.program
    return found


def _new(
    request: MemberRequest, topic: Topic, form: NewSessionForm, status: int = 200
) -> HttpResponse:
    asked, member = LinesAsked(request.GET), request.membership
    lines = Escalation.objects.visible_to(member).filter(topic=topic).exclude(status=Status.VOID)
    found = found_of(lines, asked, member)
    shown: list[Any] = list(found.page.lines)
    known = {line.number for line in shown}
    shown += lines.filter(number__in=[n for n in form.numbers if n not in known])
    context = {"topic": topic, "lines": shown, "pile": found, "asked": asked, "form": form}
    context |= _who(request, form.people if form.is_bound else None)
    context["deadline"] = local_wall(usual_deadline(request.program), request.program)
    return render(request, "calibration/session_new.html", context, status=status)


def _prepared(
    request: MemberRequest,
    found: Session,
    form: PreparedForm,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> HttpResponse:
    asked = set(found.participants.values_list("user", flat=True))
    saved = [m for m in form.members if m.user_id in asked]
    chosen = form.people if form.is_bound else saved
    context = {"session": found, "form": form, **_who(request, chosen)}
    context |= {"theirs": saved if is_stale else None, "cases": found.cases.order_by("order")}
    context["deadline"] = form.data.get("deadline") or local_wall(found.deadline, request.program)
    return render(request, "calibration/session_prepare.html", context, status=status)


def _who(request: MemberRequest, chosen: list[Any] | None) -> dict[str, Any]:
    members = _members(request)
    ticked = {m.pk for m in (members if chosen is None else chosen)}
    return {"members": members, "chosen": ticked}


def _members(request: MemberRequest) -> list[Any]:
    """Who may be asked; read once a request."""
    if not hasattr(request, "answerers"):
        request.answerers = answerers(request.program)  # type: ignore[attr-defined]
    return request.answerers  # type: ignore[attr-defined,no-any-return]


def _topics(request: MemberRequest) -> Any:
    return Topic.objects.visible_to(request.membership).live().order_by("name", "pk")[:200]
