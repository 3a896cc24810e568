"""What is known of a concern while it is typed: topic, answer in force, how similar lines ended."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from calibration.actions.uses import record_use
from calibration.knownanswers import answers_for
from calibration.likeness import similar
from calibration.models import BestPractice, Outcome, PracticeUse
from calibration.suggesting import Suggestion, suggest
from config.jinja import template
from escalations.models import Escalation, Topic
from escalations.rights import may_edit
from people.access import MemberRequest, member_page
from people.cards import mask
from people.typed import number_said

LONGEST = 600
"""Characters of a concern that are looked at: what tells it from others stands among them."""


@require_safe
@member_page("log")
def known(request: MemberRequest) -> HttpResponse:
    """The suggested topic and the lines most like `concern`; or those like line number `line`.

    With `topic`, the one chosen in the entry row, what is in force is that of this topic.
    """
    line = _line(request)
    concern = line.concern[:LONGEST] if line else _concern(request)
    context: dict[str, Any] = {"concern": concern, "line": line, "program": request.program}
    if concern:
        but = line.pk if line else None
        suggestion = context["suggestion"] = suggest(request.program, concern)
        context["likes"] = similar(request.membership, concern, but=but)
        chosen = line.topic if line else _chosen(request, suggestion)
        topic = context["topic"] = chosen or likeliest(suggestion)
        context["is_sure"] = bool(chosen) or suggestion.fits
        context["known"] = answers_for(request.program.pk, topic.pk if topic else None)
    if line:
        context |= _of_line(request, line)
    if request.headers.get("HX-Request"):
        context["shown_for"] = "line" if line else "entry"
        return HttpResponse(template("calibration/known.jinja").render(context))
    return render(request, "calibration/known.html", {**context, "shown_for": "page"})


@require_POST
@member_page("log")
def known_use(request: MemberRequest) -> HttpResponse:
    """Say of line `line` how best practice `practice` served: `outcome`, and `reason`."""
    said = request.POST
    line = _line(request)
    if line is None:
        raise Http404
    outcome, number = said.get("outcome", ""), said.get("practice", "")
    practice = None
    if number and outcome != Outcome.NOTHING:
        visible = BestPractice.objects.visible_to(request.membership)
        practice = get_object_or_404(visible, number=number_said(number) or 0)
    reason = said.get("reason", "").replace("\0", "")
    record_use(line, outcome=outcome, practice=practice, reason=reason, by=request.membership)
    messages.success(request, "Noted. It counts for the next review of best practices.")
    return redirect("line", p=request.program.slug, n=line.number)


def _of_line(request: MemberRequest, line: Escalation) -> dict[str, Any]:
    """What is shown of a line beside that: what the member said of it, and forms."""
    member = request.membership
    mine = {"escalation": line, "by": member.user_id}
    known: dict[str, Any] = {"use": PracticeUse.objects.filter(**mine).first()}
    known["csrf_token"] = get_token(request)
    if member.may("group_topics") or may_edit(line, by=member):
        known["key"] = uuid.uuid4()  # a suggested topic may be taken
    return known


def _concern(request: MemberRequest) -> str:
    """What was typed so far, card numbers masked, in one line."""
    said = request.GET.get("concern", "").replace("\0", "")[: 2 * LONGEST]
    return " ".join(mask(said, request.program.let_through).text.split())[:LONGEST]


def _chosen(request: MemberRequest, suggestion: Suggestion) -> Topic | None:
    """The topic (a slug) that stands in the entry row; it comes before what is suggested."""
    slug = request.GET.get("topic", "").replace("\0", "")[:80]
    if not slug:
        return None
    guessed = (guess.topic for guess in suggestion.guesses if guess.topic.slug == slug)
    return next(guessed, None) or Topic.objects.at(slug, request.program)


def likeliest(suggestion: Suggestion) -> Topic | None:
    """The topic whose answer is shown when none is chosen; whether it fits is said beside it."""
    return suggestion.guesses[0].topic if suggestion.guesses else None


def _line(request: MemberRequest) -> Escalation | None:
    """The line asked about; Http404 when there is none or it is not for this member."""
    number = request.POST.get("line", "") or request.GET.get("line", "")
    if not number:
        return None
    visible = Escalation.objects.visible_to(request.membership)
    found = visible.filter(number=number_said(number) or 0)
    line = found.select_related("topic").first()
    if line is None:
        raise Http404
    return line
