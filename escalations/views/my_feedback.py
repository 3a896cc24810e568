"""The agent's own page: what I was told, what is new since last shift, my answer to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from escalations.actions import feedback as actions
from escalations.brief import brief_for, notes_told
from escalations.forms.feedback import AcknowledgeForm
from escalations.models import FeedbackNote
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion


@require_safe
@member_page("see_own_feedback")
def my_feedback(request: MemberRequest) -> HttpResponse:
    """What is to read on top, then what I answered, a page at a time (`cursor`)."""
    return _page(request)


@require_POST
@member_page("see_own_feedback")
def my_feedback_answer(request: MemberRequest, n: int) -> HttpResponse:
    """Acknowledge one's own feedback on line `n`: `words`, `helped`, `version`."""
    told = FeedbackNote.objects.told_to(request.membership).select_related("escalation")
    note = get_object_or_404(told, escalation__number=n)
    form = AcknowledgeForm(request.POST)
    if not form.is_valid() and form["version"].value():
        return _again(request, note, form, status=422)
    said = form.cleaned_data
    try:
        note = actions.acknowledge(
            note,
            words=said.get("words", ""),
            helped=form.has_helped if form.is_valid() else None,
            version=said.get("version"),
            by=request.membership,
            masked=form.masked,
        )
    except StaleVersion:
        return _again(request, note, form, status=409)
    if not request.headers.get("HX-Request"):
        messages.success(request, "Thank you. Your SME sees what you wrote.")
        return redirect("my_feedback", p=request.program.slug)
    note = told.select_related("given_by").get(pk=note.pk)
    return render(request, "escalations/my_feedback_note.html", {"note": note, "is_new": True})


def _page(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    membership = request.membership
    context = {"brief": brief_for(membership), "form": AcknowledgeForm()}
    context |= notes_told(membership, request.GET.get("cursor", "")[:300])
    return render(request, "escalations/my_feedback.html", context | more, status=status)


def _again(
    request: MemberRequest, note: FeedbackNote, form: AcknowledgeForm, status: int
) -> HttpResponse:
    """The note with what was typed and why it was not saved."""
    if not request.headers.get("HX-Request"):
        return _page(request, status=status, failed=form, failed_pk=note.pk)
    note = FeedbackNote.objects.select_related("escalation", "given_by").get(pk=note.pk)
    context = {"note": note, "failed": form, "failed_pk": note.pk, "form": form}
    return render(request, "escalations/my_feedback_note.html", context, status=status)
