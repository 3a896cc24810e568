"""The roster of agents: add, paste, edit in place, leave and return; the combo box's answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.access import MemberRequest, member_page
from people.actions.roster import add_agent, apply_roster, change_agent, come_back, leave
from people.agentwords import membership_roster
from people.forms.roster import AgentEditForm, AgentForm, PasteForm
from people.models import Agent
from people.refusals import StaleVersion
from people.rosterwords import read_roster
from people.views.compare import compared, difference
from people.views.sections import done, show

LABELS = {"name": "Name", "team": "Team", "user": "Login"}


@require_safe
@member_page("read_log")
def agents(request: MemberRequest) -> HttpResponse:
    """JSON for a combo box: at most twelve agents on the floor that fit `q`."""
    q = request.GET.get("q", "").replace("\0", "")[:120]
    found = membership_roster(request.membership, q) if q.strip(" /") else []
    answer = [
        {
            "value": f"{agent.name} / {agent.employee_id}",
            "label": agent.name,
            "note": " · ".join(filter(None, (agent.employee_id, agent.team))),
        }
        for agent in found
    ]
    return JsonResponse(answer, safe=False)


@require_POST
@member_page("manage_people")
def roster_add(request: MemberRequest) -> HttpResponse:
    """Put one agent on the roster."""
    form = AgentForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        known = Agent.objects.visible_to(request.membership).filter(
            employee_id__iexact=said["employee_id"]
        )
        if other := known.first():
            form.add_error("employee_id", f"{other} has this ID already.")
    if not form.is_valid():
        return show(request, "roster", status=422, agent_form=form, adding=True)
    agent = add_agent(**form.cleaned_data, by=request.membership)
    return done(request, "roster", f"{agent} is on the roster.", agents=[agent], adding=True)


@require_POST
@member_page("manage_people")
def roster_paste(request: MemberRequest) -> HttpResponse:
    """Show what pasted rows would do; with the `digest` of that preview, do it."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return show(request, "roster", status=422, paste_form=form, pasting=True)
    plan = read_roster(form.cleaned_data["pasted"], request.program)
    digest = form.cleaned_data["digest"]
    if digest and digest == plan.digest and not plan.is_empty:
        count = apply_roster(plan, by=request.membership)
        return done(request, "roster", f"{count:,} agents added or changed.")
    given: dict[str, Any] = {
        "plan": plan,
        "paste_form": form,
        "pasting": True,
        "moved_on": bool(digest),
    }
    return show(request, "roster", status=409 if digest else 200, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("manage_people")
def agent_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """GET opens the fields of one agent; POST saves them (`name`, `team`, `user`, `version`)."""
    agent = _agent(request, pk)
    if request.method != "POST":
        return _editor(request, agent, AgentEditForm(agent=agent))
    form = AgentEditForm(request.POST, agent=agent)
    if not form.is_valid():
        return _editor(request, agent, form, status=422)
    said = {name: form.cleaned_data[name] for name in LABELS if name in request.POST}
    said["version"] = form.cleaned_data["version"]
    try:
        agent = change_agent(agent, by=request.membership, **said)
    except StaleVersion as stale:
        return _conflict(request, stale.theirs, form)  # type: ignore[arg-type]
    return done(request, "roster", f"{agent} saved.", fragment="row", agent=agent)


@require_safe
@member_page("manage_people")
def agent_row(request: MemberRequest, pk: int) -> HttpResponse:
    """One agent as a row: what leaving the editor shows."""
    agent = _agent(request, pk)
    return show(request, "roster", fragment="row", agent=agent, agents=[agent])


@require_POST
@member_page("manage_people")
def agent_leave(request: MemberRequest, pk: int) -> HttpResponse:
    """The agent is off the floor from today; the lines about them stay."""
    agent = leave(_agent(request, pk), by=request.membership)
    undo = {
        "undo_url": reverse("agent_return", kwargs={"p": request.program.slug, "pk": pk}),
        "undo_target": f"#agent-{pk}",
    }
    said = f"{agent} has left the floor."
    return done(request, "roster", said, fragment="row", agent=agent, **undo)


@require_POST
@member_page("manage_people")
def agent_return(request: MemberRequest, pk: int) -> HttpResponse:
    """The agent is back on the floor."""
    agent = come_back(_agent(request, pk), by=request.membership)
    return done(request, "roster", f"{agent} is back.", fragment="row", agent=agent)


def _agent(request: MemberRequest, pk: int) -> Agent:
    found = Agent.objects.visible_to(request.membership).select_related("user")
    return get_object_or_404(found, pk=pk)


def _editor(
    request: MemberRequest, agent: Agent, form: AgentEditForm, status: int = 200
) -> HttpResponse:
    fragment = "#editor" if request.headers.get("HX-Request") else ""
    context = {"agent": agent, "form": form}
    return render(request, f"people/agent.html{fragment}", context, status=status)


def _conflict(request: MemberRequest, theirs: Agent, form: AgentEditForm) -> HttpResponse:
    """Both versions side by side; choosing posts with the version that is there now."""
    rows = [
        difference(name, label, getattr(theirs, name), form.cleaned_data[name])
        for name, label in LABELS.items()
        if name in request.POST
    ]
    context = {"agent": theirs, **compared(rows)}
    fragment = "#conflict" if request.headers.get("HX-Request") else ""
    return render(request, f"people/agent_conflict.html{fragment}", context, status=409)
