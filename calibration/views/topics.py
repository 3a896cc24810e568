"""The topic workbench: the ungrouped lines, the topics, and what is proposed."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calibration.actions import proposals
from calibration.forms import GroupingForm, LinesAsked, NameForm
from calibration.models import Proposals
from calibration.suggesting import suggest_many
from calibration.views.grouping import (
    attempt,
    carry_out,
    done,
    notice,
    problem,
    step_told,
    with_step,
)
from calibration.workbench import gap_lines, read_workbench, still_proposed
from escalations.models import Escalation, TopicStep
from people.access import MemberRequest, member_page
from people.typed import number_said


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="group_topics")
def topics(request: MemberRequest) -> HttpResponse:
    """The workbench, or with `gaps` its gaps; POST puts lines of the pile under a topic."""
    if request.method == "POST":
        return _group(request)
    return _bench(request)


def _group(request: MemberRequest) -> HttpResponse:
    form = GroupingForm(request.POST, program=request.program)
    asked, member = LinesAsked(request.GET), request.membership
    ungrouped = Escalation.objects.visible_to(member).ungrouped()
    lines = gap_lines(member) if asked.is_gaps else ungrouped
    step = carry_out(form, lines, request)
    is_fragment = request.headers.get("HX-Request")
    if step is None:
        if is_fragment:
            return problem(request, form, "bulk-problem", form.status)
        return _bench(request, form, status=form.status)
    if not is_fragment:
        return redirect(with_step(request.get_full_path(), step))
    answer = _bench(request, said=notice(request, step, len(form.numbers) - step.lines))
    answer["HX-Trigger"] = "grouped"
    return answer


def _bench(
    request: MemberRequest,
    form: GroupingForm | None = None,
    *,
    said: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; for htmx what changes of it."""
    bench = read_workbench(LinesAsked(request.GET), request.membership)
    form = form or GroupingForm(None, program=request.program)
    context = {"bench": bench, "form": form, "key": uuid.uuid4(), "notice": said}
    context["rows"] = bench.pile.page.lines
    if "suggest" in request.GET:
        context["guesses"] = _guesses(request, [line.pk for line in bench.pile.page.lines])
    if request.headers.get("HX-Request"):
        return render(request, "calibration/topics.html#answer", context, status=status)
    context["told"] = step_told(request)
    return render(request, "calibration/topics.html", context, status=status)


@require_safe
@member_page("read_log")
def topic_suggestions(request: MemberRequest) -> HttpResponse:
    """The suggested topics of the lines `n`, each for its own row."""
    if not request.headers.get("HX-Request"):
        return redirect("topics", p=request.program.slug)
    asked = [number_said(n) for n in request.GET.getlist("n")[:50]]
    numbers = [n for n in asked if n is not None]
    lines = Escalation.objects.visible_to(request.membership).filter(number__in=numbers)
    found = list(lines.order_by("-occurred_at", "-pk"))
    said = suggest_many(request.program, [line.concern for line in found])
    context = {"guesses": list(zip(found, said, strict=True))}
    return render(request, "calibration/suggestions.html", context)


def _guesses(request: MemberRequest, pks: list[int]) -> dict[int, object]:
    """The suggestions of lines by their number."""
    lines = list(Escalation.objects.visible_to(request.membership).filter(pk__in=pks))
    said = suggest_many(request.program, [line.concern for line in lines])
    return {line.number: one for line, one in zip(lines, said, strict=True)}


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("read_log", post="group_topics")
def topic_proposals(request: MemberRequest) -> HttpResponse:
    """The proposed new topics; POST has them looked for again."""
    if request.method == "POST":
        proposals.look(by=request.membership)
    if not request.headers.get("HX-Request"):
        return redirect("topics", p=request.program.slug)
    kept = Proposals.objects.filter(program=request.program).first()
    groups = still_proposed(kept, request.membership)
    context = {"proposals": kept, "groups": groups, "key": uuid.uuid4()}
    return render(request, "calibration/proposals.html", context)


@require_POST
@member_page("group_topics")
def topic_accept(request: MemberRequest) -> HttpResponse:
    """Make a topic of a proposed group, under the name it was given."""
    form = NameForm(request.POST)
    group, by = request.POST.get("group", ""), request.membership

    def accepted() -> TopicStep:
        said = form.cleaned_data
        return proposals.accept(said["group"], said["name"], by=by, key=said["key"])

    where = f"problem-{group}" if group.isalnum() else "notice"
    step = attempt(request, form, where, accepted)
    return done(request, step) if isinstance(step, TopicStep) else step
