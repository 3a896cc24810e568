"""Feedback: what is owed, given and acknowledged; giving it in place; the printed slip."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations.actions import feedback as actions
from escalations.feedbacklist import FeedbackFilter, with_notes
from escalations.forms.feedback import GiveForm
from escalations.models import Escalation, FeedbackNote, QuickText
from escalations.owed import owing_in
from escalations.views.posted import line_of, version_of
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused, StaleVersion


@require_safe
@member_page("give_feedback")
def feedback(request: MemberRequest) -> HttpResponse:
    """What is owed (mine first), given or acknowledged, by `state`, `agent` and `by`."""
    asked = FeedbackFilter(request.GET, request.membership)
    page = asked.page()
    context = {"asked": asked, "page": page}
    if asked.chosen == "owed":
        context |= {"owing": owing_in(request.membership), **_form(request)}
    return render(
        request, "escalations/feedback.html", context, status=422 if asked.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("give_feedback")
def feedback_give(request: MemberRequest, n: int) -> HttpResponse:
    """One line's feedback: GET shows it, with the form where it is owed; POST gives it.

    `text`, `in_person`, `key`, `version`; `back` says "list" when it is given on the list.
    """
    line = line_of(request, n)
    if request.method != "POST":
        return _show(request, line)
    form = GiveForm(request.POST)
    if not form.is_valid() and form["version"].value():
        return _show(request, line, form, status=422)
    said = form.cleaned_data
    try:
        actions.give(
            line,
            text=said.get("text", ""),
            in_person=bool(said.get("in_person")),
            key=said.get("key") or form.fresh_key,
            version=said.get("version"),
            by=request.membership,
            masked=form.masked,
        )
    except StaleVersion:
        return _show(request, line_of(request, n), form, status=409)
    return _given(request, n)


@require_POST
@member_page("give_feedback")
def feedback_waive(request: MemberRequest, n: int) -> HttpResponse:
    """Feedback is not owed on this line after all (`version`, `reason`)."""
    reason = request.POST.get("reason", "").replace("\0", "")
    version = version_of(request)
    line = line_of(request, n)
    line = actions.waive(line, version=version, reason=reason, by=request.membership)
    messages.success(request, f"No feedback is owed on line {line.number}.")
    return redirect("feedback", p=request.program.slug)


@require_POST
@member_page("give_feedback")
def feedback_back(request: MemberRequest, n: int) -> HttpResponse:
    """Take back what was given on a line (`version` of the note): it is owed again."""
    note = standing_note(request, line_of(request, n))
    actions.take_back(note, version=version_of(request), by=request.membership)
    if request.headers.get("HX-Request"):
        return _show(request, line_of(request, n))
    messages.success(request, f"Taken back. Feedback on line {n} is owed again.")
    return redirect("feedback_give", p=request.program.slug, n=n)


@require_safe
@member_page("give_feedback")
def feedback_slip(request: MemberRequest, n: int) -> HttpResponse:
    """What the agent is told, on paper, with room for the answer."""
    line = line_of(request, n)
    context = {"line": line, "note": standing_note(request, line)}
    return render(request, "escalations/feedback_slip.html", context)


def standing_note(request: MemberRequest, line: Escalation) -> FeedbackNote:
    """The note of a line that was not taken back; ActionRefused when there is none."""
    notes = FeedbackNote.objects.visible_to(request.membership).standing()
    note = notes.filter(escalation=line).select_related("given_by", "acknowledged_by").first()
    if note is None:
        raise ActionRefused("No feedback was given on this line yet.")
    return note


def _form(request: MemberRequest, form: GiveForm | None = None) -> dict[str, Any]:
    texts = QuickText.objects.visible_to(request.membership).current()
    return {"form": form or GiveForm(), "quick_texts": texts}


def _show(
    request: MemberRequest, line: Escalation, form: GiveForm | None = None, status: int = 200
) -> HttpResponse:
    """The line with the form open: as a row of the list for htmx, else as a page."""
    with_notes([line], request.membership)
    context = {"line": line, "open": True, "is_stale": status == 409, **_form(request, form)}
    if request.headers.get("HX-Request"):
        return render(request, "escalations/feedback_row.html", context, status=status)
    return render(request, "escalations/feedback_give.html", context, status=status)


def _given(request: MemberRequest, n: int) -> HttpResponse:
    """What was given, in its row; without htmx back to where it was given."""
    line = line_of(request, n)
    said = f"Feedback on line {n} is given."
    if not request.headers.get("HX-Request"):
        messages.success(request, said)
        if request.POST.get("back") == "list":
            return redirect("feedback", p=request.program.slug)
        return redirect("line", p=request.program.slug, n=n)
    with_notes([line], request.membership)
    undo = reverse("feedback_back", kwargs={"p": request.program.slug, "n": n})
    context = {"line": line, "just_given": True, "said": said, "undo_url": undo}
    context |= {"undo_target": f"#told-{n}"}
    return render(request, "escalations/feedback_row.html", context)
