"""Writing a best practice: a new one, one in another's place, one from a letter; a draft again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from calibration.actions import practices as actions
from calibration.actions.practice_steps import standing_before
from calibration.actions.practice_ways import answer_from_letter, put_in_force
from calibration.forms_practices import PracticeForm, said_by
from calibration.models import BestPractice
from calibration.views.practice import practice_of
from escalations.models import ForwardedItem, Forwarding, Topic
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused, KeyReused, StaleVersion
from people.typed import number_said


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("write_practices")
def practice_new(request: MemberRequest) -> HttpResponse:
    """A new card; `topic` (a slug) or `revises` (a number) of the query say what about.

    POST keeps a draft, or with `put=force` puts it in force at once.
    """
    revises = _revised(request)
    form = _form(request, _begun(request, revises))
    if request.method != "POST":
        return _show(request, form, revises=revises)
    if not form.is_valid():
        return _show(request, form, revises=revises, status=422)
    said = form.cleaned_data
    facts = {"authority": said["authority"], "words": form.words, "source": said["source"]}
    facts |= {"topic": form.chosen_topic, "revises": revises, "key": said["key"]}
    try:
        if request.POST.get("put") == "force":
            more = {"replacing": said["replacing"] or None, "reason": said["reason"]}
            return _done(request, put_in_force(**facts, **more, by=request.membership))
        return _done(request, actions.draft(**facts, by=request.membership))
    except ActionRefused as refused:
        return _show(request, form, revises=revises, status=_refused(form, refused))


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("write_practices")
def practice_edit(request: MemberRequest, n: int) -> HttpResponse:
    """Word a draft anew (`version`); what is no draft any more is shown instead."""
    card = practice_of(request, n)
    form = _form(request, said_by(card))
    form.fields["topic"].disabled = True
    if request.method != "POST" and not card.is_draft:
        return redirect("practice", p=request.program.slug, n=n)
    if request.method != "POST":
        return _show(request, form, card=card)
    if not form.is_valid() and form["version"].value():
        return _show(request, form, card=card, status=422)
    words, said = form.words, form.cleaned_data
    to = {"version": said.get("version"), "authority": said.get("authority")}
    try:
        card = actions.edit(card, words=words, by=request.membership, **to)
    except StaleVersion as stale:
        form.add_error(None, "Somebody changed this draft meanwhile. Their words are below yours.")
        return _show(request, form, card=stale.theirs, status=409, theirs=stale.theirs)
    return _done(request, card)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("rule_practices")
def practice_from_letter(request: MemberRequest, n: int, position: int) -> HttpResponse:
    """The client's answer to question `position` of letter `n`, put in force by its own word."""
    letters = Forwarding.objects.visible_to(request.membership)
    letter = get_object_or_404(letters, number=n)
    item = get_object_or_404(
        letter.items.select_related("escalation__topic", "forwarding"), position=position
    )
    form = _form(request, _answered(item))
    for name in ("authority", "source"):
        form.fields[name].disabled = True
    form.fields["topic"].required = True
    if request.method != "POST":
        return _show(request, form, item=item)
    if not form.is_valid():
        return _show(request, form, item=item, status=422)
    key, replacing = form.cleaned_data["key"], form.cleaned_data["replacing"] or None
    facts = {"words": form.words, "topic": form.chosen_topic, "replacing": replacing, "key": key}
    try:
        return _done(request, answer_from_letter(item, by=request.membership, **facts))
    except ActionRefused as refused:
        return _show(request, form, item=item, status=_refused(form, refused))


def _form(request: MemberRequest, begun: dict[str, Any]) -> PracticeForm:
    data = request.POST if request.method == "POST" else None
    return PracticeForm(data, by=request.membership, initial=begun)


def _begun(request: MemberRequest, revises: BestPractice | None) -> dict[str, Any]:
    """What a new card says at first: what it revises, or its topic."""
    if revises:
        begun = said_by(revises)
        return {name: text for name, text in begun.items() if name not in ("authority", "source")}
    topic = Topic.objects.at(request.GET.get("topic", "")[:80].replace("\0", ""), request.program)
    return {"topic": topic.slug, "title": topic.name} if topic else {}


def _answered(item: ForwardedItem) -> dict[str, Any]:
    """What a card says at first of the client's answer."""
    answer = item.answers.last()
    if answer is None or answer.verdict == "need_more":
        raise ActionRefused("The client has not answered this yet.")
    topic = item.escalation.topic
    said = {"authority": "client", "title": topic.name if topic else item.concern[:120]}
    said |= {"topic": topic.slug if topic else "", "when": item.concern}
    said["source"] = f"Letter {item.forwarding.number}, question {item.position}: {answer.said_by}"
    if answer.verdict == "not_possible":
        more = f": {answer.text}" if answer.text else "."
        return {
            **said,
            "do": f"Explain that the client does not do this, and that it is final{more}",
        }
    return {**said, "do": answer.text}


def _revised(request: MemberRequest) -> BestPractice | None:
    said = request.GET.get("revises", "")
    if not said:
        return None
    return practice_of(request, number_said(said) or 0)


def _show(
    request: MemberRequest, form: PracticeForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "standing": _standing(request, form, more.get("revises")), **more}
    return render(request, "calibration/practice_write.html", context, status=status)


def _refused(form: PracticeForm, refused: ActionRefused) -> int:
    """Say at the form why; return the status of its answer."""
    form.add_error(None, str(refused))
    return 422 if isinstance(refused, KeyReused) else 409


def _standing(
    request: MemberRequest, form: PracticeForm, revises: BestPractice | None
) -> BestPractice | None:
    """What the card would replace as the form stands now."""
    topic = form.topics.get(str(form["topic"].value() or ""))
    if topic:
        return BestPractice.objects.visible_to(request.membership).answer_to(topic)
    if revises is None or revises.is_in_force:
        return revises
    return standing_before(revises)


def _done(request: MemberRequest, card: BestPractice) -> HttpResponse:
    said = "is in force from now on" if card.is_in_force else "is kept as a draft"
    messages.success(request, f"“{card.title}” {said}.")
    return redirect("practice", p=request.program.slug, n=card.number)
