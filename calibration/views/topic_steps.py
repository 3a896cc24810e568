"""The history of grouping, and taking a step back."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from calibration.steps import recounted, steps_of, words_for
from escalations.actions import topics
from escalations.models import Topic, TopicStep
from people.access import MemberRequest, member_page
from people.typed import number_said

PAGE = 50
FOUND = 50


@require_safe
@member_page("read_log")
def topic_steps(request: MemberRequest) -> HttpResponse:
    """Every step of grouping, newest first; `before` (a step) goes on."""
    before = number_said(request.GET.get("before", ""), digits=14)
    found = list(steps_of(request.membership, before=before or 0)[: PAGE + 1])
    is_later = before is not None
    context = {"steps": recounted(found[:PAGE], request.membership), "is_later": is_later}
    context["older"] = found[PAGE - 1].pk if len(found) > PAGE else None
    return render(request, "calibration/topic_steps.html", context)


@require_POST
@member_page("read_log")
def topic_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one step back: one's own, or any for who groups topics; twice is like once."""
    steps = TopicStep.objects.visible_to(request.membership)
    step = get_object_or_404(steps.select_related("topic", "other"), pk=pk)
    words = f"Taken back: {words_for(step)}."
    topics.undo(step, by=request.membership)
    if not request.headers.get("HX-Request"):
        return redirect(_back(request))
    answer = render(request, "calibration/said.html", {"notice": {"words": words}})
    answer["HX-Trigger"] = "topics-changed"
    return answer


@require_safe
@member_page("read_log")
def topics_find(request: MemberRequest) -> JsonResponse:
    """JSON for a combo box: the live topics whose name has `q` in it, those that begin so first."""
    q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:80]
    live = Topic.objects.visible_to(request.membership).live()
    found = list(live.filter(name__icontains=q)[:FOUND])
    found.sort(key=lambda topic: not topic.name.casefold().startswith(q.casefold()))
    answer = [{"value": topic.name, "label": topic.name} for topic in found]
    return JsonResponse(answer, safe=False)


def _back(request: MemberRequest) -> str:
    """The page of this program that the form names, else the workbench."""
    back, here = request.POST.get("back", ""), f"/p/{request.program.slug}/calibration/"
    if back.startswith(here) and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return f"{here}topics/"
