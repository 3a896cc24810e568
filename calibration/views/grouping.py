"""What the workbench and a topic's page have in common: lines are moved, and the answer says so."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from calibration.forms import GroupingForm
from calibration.steps import notice_for
from escalations.actions import topics
from escalations.models import Escalation, Topic, TopicStep
from escalations.querysets import EscalationQuerySet
from people.access import MemberRequest
from people.refusals import ActionRefused, KeyReused
from people.typed import number_said


def carry_out(
    form: GroupingForm, lines: EscalationQuerySet, request: MemberRequest, of: Topic | None = None
) -> TopicStep | None:
    """Do with those of `lines` that the form names what it says; None when it was refused.

    Why stands at the form then, whose `status` is 409 or 422. A line that is not among `lines`
    any more was grouped by somebody meanwhile and stays there.
    """
    if not form.is_valid():
        return None
    named = list(lines.filter(number__in=form.numbers))
    try:
        return _carried_out(form, named, request, of)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        form.status = 422 if isinstance(refused, KeyReused) else 409
        return None


def _carried_out(
    form: GroupingForm, lines: list[Escalation], request: MemberRequest, of: Topic | None
) -> TopicStep:
    by, key = request.membership, form.cleaned_data["key"]
    was_done = TopicStep.objects.filter(by=by.user, key=key).exists()  # sent twice
    if not lines and not was_done:
        raise ActionRefused("These lines were moved meanwhile. Reload to see what is left.")
    if form.verb == "new" and of is not None:
        return topics.split(of, lines, form.name, by=by, key=key)
    if form.verb == "new":
        return topics.create(form.name, lines, by=by, key=key)
    return topics.move(lines, form.topic, by=by, key=key)


def problem(
    request: MemberRequest, form: forms.Form, where: str, status: int = 422
) -> HttpResponse:
    """What is wrong, at the place `where` (an id) of the page, which stays as it is."""
    if not request.headers.get("HX-Request"):
        reason = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, f"{status}.html", {"reason": reason}, status=status)
    answer = render(request, "calibration/problem.html", {"form": form}, status=status)
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#{where}", "innerHTML"
    return answer


def attempt(
    request: MemberRequest, form: forms.Form, where: str, action: Callable[[], TopicStep]
) -> TopicStep | HttpResponse:
    """Do it if the form is right; else, or when it is refused, say why at the place `where`."""
    if not form.is_valid():
        return problem(request, form, where)
    try:
        return action()
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return problem(request, form, where, 422 if isinstance(refused, KeyReused) else 409)


def done(request: MemberRequest, step: TopicStep) -> HttpResponse:
    """Say what was done, with its Undo; the page reads itself again. Without htmx: a page."""
    if not request.headers.get("HX-Request"):
        bench = reverse("topics", kwargs={"p": request.program.slug})
        return redirect(with_step(bench, step))
    answer = render(request, "calibration/said.html", {"notice": notice(request, step)})
    answer["HX-Trigger"] = "topics-changed"
    return answer


def notice(request: MemberRequest, step: TopicStep, left: int = 0) -> dict[str, str]:
    """The words of a notice about a step, with its Undo; `left` lines were not moved."""
    words = notice_for(step)
    if left == 1:
        words += " 1 line had been moved meanwhile and stays there."
    elif left > 1:
        words += f" {left} lines had been moved meanwhile and stay there."
    undo = reverse("topic_undo", kwargs={"p": request.program.slug, "pk": step.pk})
    return {"words": words, "undo_url": undo}


def with_step(url: str, step: TopicStep) -> str:
    """The same address, where the page also tells of a step."""
    path, _, query = url.partition("?")
    said = [(name, value) for name, value in parse_qsl(query) if name != "step"]
    return f"{path}?{urlencode([*said, ('step', step.pk)])}"


def step_told(request: MemberRequest) -> dict[str, str] | None:
    """The notice about the step that the address names, if it still stands."""
    said = number_said(request.GET.get("step", ""), digits=14)
    if said is None:
        return None
    steps = TopicStep.objects.visible_to(request.membership).standing()
    steps = steps.filter(by=request.membership.user_id)
    step = steps.select_related("topic", "other").filter(pk=said).first()
    return notice(request, step) if step else None
