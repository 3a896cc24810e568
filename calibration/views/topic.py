"""One topic: its lines, how they ended and how differently; rename, merge, split, move."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from calibration import stats
from calibration.forms import GroupingForm, LinesAsked, MergeForm, NameForm
from calibration.models import BestPractice
from calibration.steps import recounted, steps_of
from calibration.topicsessions import sessions_of
from calibration.views.grouping import (
    attempt,
    carry_out,
    notice,
    problem,
    step_told,
    with_step,
)
from calibration.workbench import found_of
from escalations.actions import topics
from escalations.models import Escalation, Topic, TopicStep
from escalations.querysets import EscalationQuerySet
from people.access import MemberRequest, member_page

STEPS = 10
WAYS = 12
"""Ways of resolving that are listed; the commonest."""


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="group_topics")
def topic(request: MemberRequest, slug: str) -> HttpResponse:
    """One topic; POST moves some of its lines. One that was merged leads to where it is now."""
    found = _topic(request, slug)
    if request.method == "POST":
        return _group(request, found)
    if found.slug != slug:
        return redirect("topic", p=request.program.slug, slug=found.slug)
    return _page(request, found)


@require_POST
@member_page("group_topics")
def topic_rename(request: MemberRequest, slug: str) -> HttpResponse:
    """Give a topic another name; its address stays."""
    found, form, by = _topic(request, slug), NameForm(request.POST), request.membership

    def renamed() -> TopicStep:
        said = form.cleaned_data
        return topics.rename(found, said["name"], by=by, key=said["key"])

    return _gone_to(request, attempt(request, form, "rename-problem", renamed))


@require_POST
@member_page("group_topics")
def topic_merge(request: MemberRequest, slug: str) -> HttpResponse:
    """Put all of a topic under another one, whose page is shown then."""
    found, by = _topic(request, slug), request.membership
    form = MergeForm(request.POST, program=request.program)

    def merged() -> TopicStep:
        assert form.topic is not None  # noqa: S101
        return topics.merge(found, form.topic, by=by, key=form.cleaned_data["key"])

    return _gone_to(request, attempt(request, form, "merge-problem", merged))


def _gone_to(request: MemberRequest, step: TopicStep | HttpResponse) -> HttpResponse:
    """The page of the topic a step was about, which tells of it."""
    if isinstance(step, HttpResponse):
        return step
    assert step.topic is not None  # noqa: S101
    page = reverse("topic", kwargs={"p": request.program.slug, "slug": step.topic.slug})
    url = with_step(page, step)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _group(request: MemberRequest, found: Topic) -> HttpResponse:
    form = GroupingForm(request.POST, program=request.program)
    step = carry_out(form, _lines(request, found), request, found)
    is_fragment = request.headers.get("HX-Request")
    if step is None:
        if is_fragment:
            return problem(request, form, "bulk-problem", form.status)
        return _page(request, found, form, status=form.status)
    if not is_fragment:
        return redirect(with_step(request.get_full_path(), step))
    said = notice(request, step, len(form.numbers) - step.lines)
    answer = _page(request, found, said=said)
    answer["HX-Trigger"] = "grouped"
    return answer


def _page(
    request: MemberRequest,
    found: Topic,
    form: GroupingForm | None = None,
    *,
    said: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; for htmx what changes of it."""
    asked, member = LinesAsked(request.GET), request.membership
    lines = _lines(request, found)
    if asked.said("status"):
        lines = lines.with_status(asked.said("status"))
    context = {"topic": found, "asked": asked, "pile": found_of(lines, asked, member)}
    context |= {"form": form or GroupingForm(None, program=request.program), "key": uuid.uuid4()}
    context |= {"facts": stats.facts(found, request.program), "ways": WAYS, "notice": said}
    context["answer"] = BestPractice.objects.visible_to(member).answer_to(found)
    context["held"] = sessions_of(found, member)
    context["steps"] = recounted(steps_of(member, found)[:STEPS], member)
    if request.headers.get("HX-Request"):
        return render(request, "calibration/topic.html#answer", context, status=status)
    context["told"] = step_told(request)
    return render(request, "calibration/topic.html", context, status=status)


def _lines(request: MemberRequest, found: Topic) -> EscalationQuerySet:
    return Escalation.objects.visible_to(request.membership).filter(topic=found)


def _topic(request: MemberRequest, slug: str) -> Topic:
    """The live topic an address leads to, in the member's own program; else Http404."""
    found = Topic.objects.at(slug, request.program)
    if found is None:
        raise Http404
    return found
