"""The sessions of a program, and preparing one: which lines, whose answers, until when."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from calibration.actions import preparing
from calibration.forms_sessions import NewSessionForm, PreparedForm, local_wall, usual_deadline
from calibration.models import Session, SessionState
from calibration.sessionlist import answerers, done, due_from, going_on
from escalations.models import Escalation, Topic
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused, StaleVersion

LINES = 60
"""Lines of a topic to choose cases from; the newest, or those with the words asked for."""


@require_safe
@member_page("read_log")
def sessions(request: MemberRequest) -> HttpResponse:
    """What goes on, what waits for one's own answers, what was concluded."""
    member = request.membership
    context = {"due": due_from(member), "going_on": going_on(member), "done": done(member)}
    context["topics"] = _topics(request) if member.may("run_sessions") else ()
    return render(request, "calibration/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("run_sessions")
def session_new(request: MemberRequest) -> HttpResponse:
    """Choose lines of the topic `topic` (a slug) as cases; POST prepares the session."""
    topic = Topic.objects.at(request.GET.get("topic", "")[:80], request.program)
    if topic is None:
        return render(request, "calibration/session_topic.html", {"topics": _topics(request)})
    if request.method != "POST":
        return _new(request, topic)
    form = NewSessionForm(request.POST, program=request.program, members=_members(request))
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
        return _new(request, topic, form, status=409)
    messages.success(request, "Prepared. Read the cases once more, then open it.")
    return redirect("session_prepare", p=request.program.slug, n=made.number)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("run_sessions")
def session_prepare(request: MemberRequest, n: int) -> HttpResponse:
    """A prepared session's cases, people and deadline; POST saves them (`version`)."""
    found = session_of(request, n)
    if found.state != SessionState.PREPARED and request.method != "POST":
        return redirect("session", p=request.program.slug, n=n)
    cases = list(found.cases.order_by("order"))
    data = request.POST if request.method == "POST" else None
    form = PreparedForm(data, session=found, cases=cases, members=_members(request))
    if data is None or not form.is_valid():
        return _prepared(request, found, form, status=422 if data is not None else 200)
    try:
        _change(request, found, form)
    except StaleVersion as stale:
        theirs: Any = stale.theirs
        form.add_error(None, "It was saved meanwhile. Yours is below; save again to keep it.")
        form.data = request.POST.copy()
        form.data["version"] = str(theirs.version)  # type: ignore[index]
        return _prepared(request, theirs, form, status=409)
    messages.success(request, "Saved.")
    return redirect("session_prepare", p=request.program.slug, n=n)


def _change(request: MemberRequest, found: Session, form: PreparedForm) -> Session:
    return preparing.change(
        found,
        texts=form.texts(),
        without=form.left_out(),
        people=form.people,
        deadline=form.cleaned_data["deadline"],
        version=form.cleaned_data["version"],
        by=request.membership,
    )


def session_of(request: MemberRequest, n: int) -> Session:
    """The session of a number as the member may see it; raises Http404."""
    visible = Session.objects.visible_to(request.membership)
    people = ("topic", "first_round", "prepared_by")
    found = get_object_or_404(visible.select_related(*people), number=n)
    found.program = request.program
    return found


def _new(
    request: MemberRequest, topic: Topic, form: NewSessionForm | None = None, status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:200]
    lines = Escalation.objects.visible_to(request.membership).filter(topic=topic)
    for word in words.split()[:8]:
        lines = lines.filter(concern__icontains=word)
    ticked = form.numbers if form else []
    found = list(lines.exclude(status="void").order_by("-occurred_at", "-pk")[:LINES])
    known = {line.number for line in found}
    rest = Escalation.objects.visible_to(request.membership).filter(topic=topic)
    found += list(rest.filter(number__in=[n for n in ticked if n not in known]))
    context = {"topic": topic, "lines": found, "ticked": ticked, "form": form, "q": words}
    context |= _who(request, form.people if form else None)
    context["deadline"] = local_wall(usual_deadline(request.program), request.program)
    context["key"] = (form.data.get("key") if form else "") or uuid.uuid4()
    return render(request, "calibration/session_new.html", context, status=status)


def _prepared(
    request: MemberRequest, found: Session, form: PreparedForm, status: int = 200
) -> HttpResponse:
    asked = set(found.participants.values_list("user", flat=True))
    members = form.members
    chosen = form.people if form.is_bound else [m for m in members if m.user_id in asked]
    context = {"session": found, "form": form, **_who(request, chosen)}
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
    if not request.membership.may("run_sessions"):
        raise Http404
    return Topic.objects.visible_to(request.membership).live().order_by("name", "pk")[:200]
