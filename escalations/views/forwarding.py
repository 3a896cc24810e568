"""Forwarding: unresolved lines as they wait, whose they are, and the letters to the client."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalations import unresolved
from escalations.actions import forwarding as actions
from escalations.actions.owning import give
from escalations.models import Escalation, Forwarding, Topic
from escalations.packs import waits_in, waits_of
from escalations.querysets import EscalationQuerySet
from people.access import MemberRequest, member_page
from people.models import Membership
from people.refusals import ActionRefused
from people.typed import number_said

MOST_LETTERS = 50
MOST_PEOPLE = 200


@require_safe
@member_page("forward")
def forwarding(request: MemberRequest) -> HttpResponse:
    """Unresolved lines, mine first, then by topic; or, with `topic` or `owner`, page by page."""
    member = request.membership
    context: dict[str, Any] = {**_letters(member), "people": _people(member), "key": uuid.uuid4()}
    if request.GET.get("topic") or request.GET.get("owner"):
        lines, said = _narrowed(request)
        page = unresolved.page_of(lines, request.GET.get("cursor", ""), member)
        context |= {"page": page, "said": said}
    else:
        found = unresolved.groups(member)
        context |= {"mine": unresolved.mine(member), "groups": found}
        context["is_cut"] = len(found) >= unresolved.MOST_GROUPS
    return render(request, "escalations/forwarding.html", context)


@require_POST
@member_page("forward")
def forwarding_write(request: MemberRequest) -> HttpResponse:
    """Begin a letter about the lines `line`, or add them to the draft `letter`."""
    lines = _chosen(request)
    if number := request.POST.get("letter", ""):
        visible = Forwarding.objects.visible_to(request.membership)
        draft = get_object_or_404(visible, number=number_said(number) or 0)
        letter = actions.add_lines(draft, lines, version=draft.version, by=request.membership)
    else:
        letter = actions.write(lines, key=_key(request), by=request.membership)
    return redirect("letter", p=request.program.slug, n=letter.number)


@require_POST
@member_page("forward")
def forwarding_give(request: MemberRequest) -> HttpResponse:
    """Give the lines `line` to `to`: a username, `me`, or nobody."""
    lines, name = _chosen(request), request.POST.get("to", "")
    to = None
    if name == "me":
        to = request.membership
    elif name:
        members = Membership.objects.active().filter(program=request.program)
        to = members.filter(user__username=name).select_related("user", "program").first()
        if to is None:
            raise ActionRefused("That person is no member any more. Reload.")
    count = give(lines, to, by=request.membership)
    whose = "nobody’s now" if to is None else ("yours now" if name == "me" else f"{to.user}’s now")
    messages.success(request, f"{count} line{'' if count == 1 else 's'}: {whose}.")
    return redirect("forwarding", p=request.program.slug)


def _chosen(request: MemberRequest) -> list[Escalation]:
    asked = [number_said(n) for n in request.POST.getlist("line")[:500]]
    numbers = [n for n in asked if n is not None]
    if not numbers:
        raise ActionRefused("Choose at least one line.")
    return list(Escalation.objects.visible_to(request.membership).filter(number__in=numbers))


def _key(request: MemberRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        raise ActionRefused("The form came without its key. Reload the page.") from None


def _narrowed(request: MemberRequest) -> tuple[EscalationQuerySet, str]:
    """The lines that `topic` (a slug, none) and `owner` (me, nobody) leave, and that in words."""
    lines, words = unresolved.with_places(unresolved.waiting(request.membership)), []
    if slug := request.GET.get("topic"):
        topic = None if slug == "none" else Topic.objects.at(slug, request.program)
        is_there = topic is not None or slug == "none"
        lines = lines.filter(topic=topic) if is_there else lines.none()
        without = "Without a topic" if is_there else "No such topic"
        words.append(topic.name if topic else without)
    if owner := request.GET.get("owner"):
        lines = lines.filter(owner=request.membership.user_id if owner == "me" else None)
        words.append("Mine" if owner == "me" else "Nobody’s")
    return lines, ", ".join(words)


def _letters(member: Membership) -> dict[str, Any]:
    """Letters by what they wait for: drafts, with the client, answered lately."""
    letters = Forwarding.objects.visible_to(member).select_related("contact").with_counts()
    now = timezone.now()
    waits = list(letters.waiting().order_by("due_at", "pk")[: MOST_LETTERS + 1])
    for letter in waits:
        shown: Any = letter
        shown.days, shown.late = letter.days_waiting(now), letter.is_overdue(now)
    return {
        "drafts": letters.filter(state=Forwarding.State.DRAFT)[:MOST_LETTERS],
        "letters": waits[:MOST_LETTERS],
        "letters_cut": len(waits) > MOST_LETTERS,
        "answered": letters.filter(state=Forwarding.State.ANSWERED)[:10],
        "waits": waits_of(member) if len(waits) > MOST_LETTERS else waits_in(waits),
        "promise_days": member.program.promise_days,
    }


def _people(member: Membership) -> list[Membership]:
    """Who a line can be given to."""
    found = Membership.objects.active().filter(program=member.program_id)
    found = found.filter(roles__overlap=["sme", "manager"]).exclude(user=member.user_id)
    return list(found.select_related("user").order_by("user__name", "pk")[:MOST_PEOPLE])
