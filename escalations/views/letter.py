"""One letter to the client: written, looked at as it will be read, sent, and what came back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations.actions import forwarding as actions
from escalations.actions.letter_steps import CAN_GO, check_whole
from escalations.actions.replying import record
from escalations.forms.letter import ExtendForm, LetterForm
from escalations.forms.reply import ReplyForm
from escalations.letters import TOKEN_IN_PREVIEW, letter_of, look_of, promised_at, rendered_letter
from escalations.models import (
    ClientAnswer,
    ClientContact,
    Escalation,
    ForwardedItem,
    Forwarding,
)
from escalations.packs import earlier_rounds
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.mail import without_secret
from people.refusals import ActionRefused, KeyReused, StaleVersion
from people.typed import number_said


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("forward")
def letter(request: MemberRequest, n: int) -> HttpResponse:
    """A draft with its fields, or a sent letter with its answers; POST saves the draft."""
    found = _letter(request, n)
    items = actions.items_of(found)
    if found.state != Forwarding.State.DRAFT and request.method != "POST":
        return _sent(request, found, items)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        letter=found,
        items=items,
        by=request.membership,
    )
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    return _draft(request, found, form, status=422 if request.method == "POST" else 200)


@require_safe
@member_page("forward")
def letter_preview(request: MemberRequest, n: int) -> HttpResponse:
    """Exactly what will be sent, but for the link's secret; `as=html` is the mail's HTML."""
    found = _letter(request, n)
    if found.state != Forwarding.State.DRAFT:
        return redirect("letter", p=request.program.slug, n=n)
    items = actions.items_of(found)
    found.sent_by = request.membership.user  # not saved: as it will be signed
    found.due_at = promised_at(timezone.now(), request.program.promise_days, request.program)
    bodies = rendered_letter(letter_of(found, items), TOKEN_IN_PREVIEW)
    if request.GET.get("as") == "html":
        return HttpResponse(bodies.html)
    missing = ""
    try:
        check_whole(found, items)
    except ActionRefused as refused:
        missing = str(refused)
    seen = look_of(found, items)
    context = {"letter": found, "text": bodies.text, "missing": missing, "seen": seen}
    return render(request, "escalations/letter_preview.html", context)


@require_POST
@member_page("forward")
def letter_send(request: MemberRequest, n: int) -> HttpResponse:
    """Send a draft as it was previewed (`version` says which, `seen` how it read)."""
    version, seen = version_of(request), request.POST.get("seen", "")
    sent = actions.send(_letter(request, n), version=version, seen=seen, by=request.membership)
    return _done(request, sent, f"Letter {sent.number} is on its way to {sent.contact}.")


@require_POST
@member_page("forward")
def letter_again(request: MemberRequest, n: int) -> HttpResponse:
    """Send a letter once more, perhaps to another `contact`; the former link dies."""
    found, to = _letter(request, n), None
    if pk := request.POST.get("contact", ""):
        visible = ClientContact.objects.visible_to(request.membership).current()
        to = get_object_or_404(visible, pk=number_said(pk, digits=18) or 0)
    sent = actions.send_again(found, version=version_of(request), to=to, by=request.membership)
    return _done(request, sent, f"Letter {sent.number} is sent again to {sent.contact}.")


@require_POST
@member_page("forward")
def letter_recall(request: MemberRequest, n: int) -> HttpResponse:
    """Take a letter back, with `reason`: its link dies, unanswered lines are unresolved again."""
    reason = request.POST.get("reason", "").replace("\0", "")
    found = actions.recall(
        _letter(request, n), reason=reason, version=version_of(request), by=request.membership
    )
    return _done(request, found, f"Letter {found.number} is recalled; its link is dead.")


@require_POST
@member_page("forward")
def letter_extend(request: MemberRequest, n: int) -> HttpResponse:
    """Give the client until the end of the day `until`."""
    found, form = _letter(request, n), ExtendForm(request.POST, program=request.program)
    if not form.is_valid():
        return _sent(request, found, actions.items_of(found), extend_form=form, status=422)
    until = form.cleaned_data["until"]
    found = actions.extend(found, until, version=version_of(request), by=request.membership)
    return _done(request, found, f"Letter {found.number} has more time.")


@require_POST
@member_page("forward")
def letter_discard(request: MemberRequest, n: int) -> HttpResponse:
    """Lay a draft aside; its lines stay unresolved."""
    found = _letter(request, n)
    actions.discard(found, version=version_of(request), by=request.membership)
    messages.success(request, f"Draft {found.number} is laid aside; its lines are as they were.")
    return redirect("forwarding", p=request.program.slug)


@require_POST
@member_page("forward")
def letter_record(request: MemberRequest, n: int) -> HttpResponse:
    """Write down what the client said on the phone or in a mail."""
    found = _letter(request, n)
    items = actions.items_of(found)
    form = ReplyForm(request.POST, items=items)
    if not form.is_valid():
        return _sent(request, found, items, reply_form=form, status=422)
    said = form.cleaned_data
    try:
        record(found, form.replies(), name=said["name"], key=said["key"], by=request.membership)
    except KeyReused as reused:
        return _sent(request, found, items, reply_form=form.anew(str(reused)), status=422)
    return _done(request, found, "The client’s answer is written down.")


def _save(request: MemberRequest, found: Forwarding, form: LetterForm) -> HttpResponse:
    try:
        saved = actions.change(
            found,
            form.changes(),
            form.texts(),
            without=form.left_out(),
            facts=form.facts(),
            version=form.cleaned_data["version"],
            by=request.membership,
        )
    except StaleVersion as stale:
        return _stale(request, found, form, stale.theirs)
    if "preview" in request.POST:
        return redirect("letter_preview", p=request.program.slug, n=saved.number)
    return _done(request, saved, f"Draft {saved.number} is saved.")


def _stale(
    request: MemberRequest, found: Forwarding, form: LetterForm, theirs: Any
) -> HttpResponse:
    """What was typed, again, with the versions of now: the letter or a line is another by now."""
    data = request.POST.dict()
    if isinstance(theirs, Escalation):
        words = f"Somebody changed line {theirs.number} meanwhile. Yours is below; save again."
        items = actions.items_of(found)
        data |= {f"line-version-{item.position}": str(item.escalation.version) for item in items}
    else:
        words = "Somebody saved this letter meanwhile. Yours is below; save again."
        data["version"], found = str(theirs.version), theirs
    form.add_error(None, words)
    form.data = data
    return _draft(request, found, form, status=409)


def _draft(
    request: MemberRequest, found: Forwarding, form: LetterForm, status: int = 200
) -> HttpResponse:
    context = {"letter": found, "form": form, "earlier": earlier_rounds(form.items)}
    return render(request, "escalations/letter_draft.html", context, status=status)


def _sent(
    request: MemberRequest,
    found: Forwarding,
    items: list[ForwardedItem],
    *,
    status: int = 200,
    extend_form: ExtendForm | None = None,
    reply_form: ReplyForm | None = None,
) -> HttpResponse:
    form = reply_form or ReplyForm(items=items, name=str(found.contact))
    context = {
        "letter": found,
        "asked": _asked(items, form),
        "earlier": earlier_rounds(items),
        "text": without_secret(found.message).text if found.message else "",
        "form": form,
        "extend_form": extend_form or ExtendForm(program=request.program),
        "contacts": ClientContact.objects.visible_to(request.membership).current(),
        "is_recording": reply_form is not None,
        "late": found.is_overdue(timezone.now()),
        "days": found.days_waiting(timezone.now()),
    }
    return render(request, "escalations/letter.html", context, status=status)


def _asked(items: list[ForwardedItem], form: ReplyForm) -> list[dict[str, Any]]:
    """Each item with its answers, the oldest first, and the fields to write one down."""
    given: dict[int, list[ClientAnswer]] = {}
    for one in ClientAnswer.objects.filter(item__in=items).select_related("recorded_by"):
        given.setdefault(one.item_id, []).append(one)
    return [
        {
            "item": item,
            "answers": given.get(item.pk, []),
            "fields": form.fields_of(item),
            "may_again": not item.is_open and item.escalation.status in CAN_GO,
            "key": uuid.uuid4(),
        }
        for item in items
    ]


def _letter(request: MemberRequest, n: int) -> Forwarding:
    visible = Forwarding.objects.visible_to(request.membership)
    people = ("contact", "written_by", "sent_by", "message", "program")
    return get_object_or_404(visible.select_related(*people), number=n)


def _done(request: MemberRequest, found: Forwarding, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("letter", p=request.program.slug, n=found.number)
