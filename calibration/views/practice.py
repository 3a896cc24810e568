"""One best practice: read and acknowledged, put in force, retired."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from calibration.actions import practices as actions
from calibration.actions.practice_steps import standing_before
from calibration.models import BestPractice, PracticeRead, PracticeUse
from calibration.models.ladder import GIVES, WHOSE, needs_word
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page

USES = 12


@require_safe
@member_page("read_practices")
def practice(request: MemberRequest, n: int) -> HttpResponse:
    """The card, where it comes from, what it replaced, and how it was of use."""
    card, member = practice_of(request, n), request.membership
    context: dict[str, Any] = {"card": card, "whose": WHOSE[card.authority]}
    context["read"] = PracticeRead.objects.filter(practice=card, user=member.user_id).first()
    context["mine_to_write"] = member.may("write_practices") and member.may(GIVES[card.authority])
    visible = BestPractice.objects.visible_to(member)
    context["replaced"] = visible.filter(successors=card).first()
    context["by_now"] = visible.filter(supersedes=card).exclude(state="draft").last()
    if card.can_become("in_force") and context["mine_to_write"]:
        before = standing_before(card)
        context["before"] = before
        context["needs_word"] = bool(before and needs_word(before.authority, card.authority))
    if member.may("read_log"):
        context["uses"] = uses_of(request, card)
        context["counts"] = visible.with_uses().get(pk=card.pk)
        context["readers"] = PracticeRead.objects.visible_to(member).filter(practice=card).count()
    return render(request, "calibration/practice.html", context)


@require_POST
@member_page("write_practices")
def practice_publish(request: MemberRequest, n: int) -> HttpResponse:
    """Put it in force (`version`, `replacing`: the number of what it replaces; `reason`)."""
    said = request.POST.get("replacing", "")
    replacing = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
    card = actions.publish(
        practice_of(request, n),
        version=version_of(request),
        replacing=replacing or None,
        reason=request.POST.get("reason", "").replace("\0", ""),
        by=request.membership,
    )
    messages.success(request, f"“{card.title}” is in force from now on.")
    return redirect("practice", p=request.program.slug, n=card.number)


@require_POST
@member_page("write_practices")
def practice_retire(request: MemberRequest, n: int) -> HttpResponse:
    """End it, with a `reason`; a draft is discarded (`version`)."""
    card = actions.retire(
        practice_of(request, n),
        version=version_of(request),
        reason=request.POST.get("reason", "").replace("\0", ""),
        by=request.membership,
    )
    messages.success(request, f"“{card.title}” is retired. It can be brought back from its page.")
    return redirect("practice", p=request.program.slug, n=card.number)


@require_POST
@member_page("read_practices")
def practice_acknowledge(request: MemberRequest, n: int) -> HttpResponse:
    """Note that the member has read it; then the next one that waits to be read."""
    card = practice_of(request, n)
    actions.acknowledge(card, by=request.membership)
    messages.success(request, f"You have read “{card.title}”.")
    if request.POST.get("back") == "list":
        return redirect("practices", p=request.program.slug)
    return redirect("practice", p=request.program.slug, n=card.number)


def practice_of(request: MemberRequest, n: int) -> BestPractice:
    """The practice of a number as the member may see it; raises Http404."""
    visible = BestPractice.objects.visible_to(request.membership)
    people = ("written_by", "published_by", "ended_by")
    return get_object_or_404(visible.select_related("topic", "item__forwarding", *people), number=n)


def uses_of(request: MemberRequest, card: BestPractice) -> list[PracticeUse]:
    """The newest uses of a card, with their lines."""
    uses = PracticeUse.objects.visible_to(request.membership).standing().filter(practice=card)
    return list(uses.select_related("escalation", "by")[:USES])
