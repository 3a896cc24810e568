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
from calibration.querysets_practices import DAYS
from escalations.actions.topic_places import root_of
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.typed import number_said

USES = 12


@require_safe
@member_page("read_practices")
def practice(request: MemberRequest, n: int) -> HttpResponse:
    """The card, where it comes from, what it replaced, and how it was of use."""
    card, member = practice_of(request, n), request.membership
    context: dict[str, Any] = {"card": card, "whose": WHOSE[card.authority]}
    context["days"] = DAYS
    context["read"] = PracticeRead.objects.filter(practice=card, user=member.user_id).first()
    context["mine_to_write"] = member.may("write_practices") and member.may(GIVES[card.authority])
    visible = BestPractice.objects.visible_to(member)
    context["replaced"] = visible.filter(successors=card).first()
    context["by_now"] = by_now(card)
    if card.can_become("in_force") and context["mine_to_write"]:
        before = context["before"] = standing_before(card)
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
    card = actions.publish(
        practice_of(request, n),
        version=version_of(request),
        replacing=number_said(request.POST.get("replacing", "")) or None,
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
    """Note that the member has read it."""
    card = practice_of(request, n)
    actions.acknowledge(card, by=request.membership)
    messages.success(request, f"You have read “{card.title}”.")
    return redirect("practice", p=request.program.slug, n=card.number)


def practice_of(request: MemberRequest, n: int) -> BestPractice:
    """The practice of a number as the member may see it; raises Http404."""
    visible = BestPractice.objects.visible_to(request.membership)
    people = ("written_by", "published_by", "ended_by")
    item = ("item__forwarding", "item__escalation")
    return get_object_or_404(visible.select_related("topic", *item, *people), number=n)


def by_now(card: BestPractice) -> BestPractice | None:
    """What people go by in place of a card that is, or was, in force; None for a draft."""
    if card.effective_from is None:
        return None
    if card.is_in_force and card.topic:  # of a merged topic, whose own answer may stand above it
        first = BestPractice.objects.answer_to(root_of(card.topic))
        return first if first != card else None
    return None if card.is_in_force else standing_before(card)


def uses_of(request: MemberRequest, card: BestPractice) -> list[PracticeUse]:
    """The newest uses of a card, with their lines."""
    uses = PracticeUse.objects.visible_to(request.membership).standing().filter(practice=card)
    return list(uses.select_related("escalation", "by")[:USES])
