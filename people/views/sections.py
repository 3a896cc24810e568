"""The sections of the people page: what each shows, as a fragment or within the whole page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from people.access import MemberRequest
from people.callnow import name_topics, topic_names
from people.forms.contacts import ContactForm
from people.forms.members import AppointForm, InviteForm
from people.forms.roster import AgentForm, PasteForm
from people.models import Agent, CaptainAppointment, ContactPoint, Invitation, Membership

PAGE = 20
MOST_COUNTED = 10_000
MOST_MEMBERS = 200
MOST_APPOINTMENTS = 10
SALT = "people.roster"


def roster(request: MemberRequest) -> dict[str, Any]:
    """One page of the roster: `q` searches, `left` shows who left too, `cursor` goes on."""
    q, left = request.GET.get("q", "").replace("\0", "")[:120], bool(request.GET.get("left"))
    everyone = Agent.objects.visible_to(request.membership)
    if not left:
        everyone = everyone.on_the_floor()
    found = everyone.named(q).select_related("user")
    counted = everyone.values("pk")[: MOST_COUNTED + 1].count()
    cursor = request.GET.get("cursor", "")
    if after := _cursor(cursor):
        found = found.after(*after)
    agents = list(found[: PAGE + 1])
    last = agents[PAGE - 1] if len(agents) > PAGE else None
    return {
        "q": q,
        "left": left,
        "agents": agents[:PAGE],
        "counted": counted if counted <= MOST_COUNTED else None,
        "next_cursor": signing.dumps([last.search_text, last.pk], salt=SALT) if last else "",
        "is_later_page": bool(after),
        "agent_form": AgentForm(),
        "paste_form": PasteForm(),
    }


def _cursor(text: str) -> tuple[str, int] | None:
    try:
        search_text, pk = signing.loads(text, salt=SALT)
        return str(search_text), int(pk)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def members(request: MemberRequest) -> dict[str, Any]:
    """The members by name, those without a role last; `who` searches."""
    who = request.GET.get("who", "").replace("\0", "")[:120]
    found = (
        Membership.objects.visible_to(request.membership)
        .called(who)
        .select_related("user", "program")
        .with_captaincy()
        .by_name()
    )
    people = list(found[: MOST_MEMBERS + 1])
    return {
        "who": who,
        "members": people[:MOST_MEMBERS],
        "members_cut": MOST_MEMBERS if len(people) > MOST_MEMBERS else 0,
        "role_choices": Membership.Role.choices,
    }


def invitations(request: MemberRequest) -> dict[str, Any]:
    """Who was invited and has not joined yet."""
    waiting = Invitation.objects.visible_to(request.membership).waiting()
    found = waiting.select_related("invited_by", "message")[:MOST_MEMBERS]
    return {"invitations": found, "invite_form": InviteForm(), "now": timezone.now()}


def captain(request: MemberRequest) -> dict[str, Any]:
    """Who is captain, the form to appoint one, and who was."""
    appointments = list(
        CaptainAppointment.objects.filter(program=request.program)
        .select_related("user", "appointed_by", "ended_by")
        .order_by("-starts_at", "-pk")[:MOST_APPOINTMENTS]
    )
    now = timezone.now()
    current = next(
        (a for a in appointments if not a.ended_at and (a.until is None or a.until > now)), None
    )
    return {
        "appointments": [a for a in appointments if a is not current],
        "captain": current,
        "appoint_form": AppointForm(program=request.program),
    }


def contacts(request: MemberRequest) -> dict[str, Any]:
    """Whom to call, in calling order."""
    found = list(ContactPoint.objects.visible_to(request.membership).current()[:MOST_MEMBERS])
    name_topics(found, topic_names(request.program))
    return {"contacts": found, "contact_form": ContactForm(program=request.program)}


SECTIONS: dict[str, Callable[[MemberRequest], dict[str, Any]]] = {
    "roster": roster,
    "members": members,
    "invitations": invitations,
    "captain": captain,
    "contacts": contacts,
}


def whole_page(request: MemberRequest, status: int = 200, **given: Any) -> HttpResponse:
    """The people page with all its sections; `given` replaces what a section would show."""
    context: dict[str, Any] = {}
    for build in SECTIONS.values():
        context |= build(request)
    return render(request, "people/people.html", context | given, status=status)


def show(
    request: MemberRequest, section: str, *, fragment: str = "", status: int = 200, **given: Any
) -> HttpResponse:
    """A section as it is now: for htmx itself (or a smaller `fragment`), else within the page."""
    if not request.headers.get("HX-Request"):
        return whole_page(request, status=status, **given)
    context = given if fragment else SECTIONS[section](request) | given
    name = f"people/{section}.html#{fragment or section}"
    return render(request, name, context, status=status)


def done(
    request: MemberRequest, section: str, said: str, *, fragment: str = "", **given: Any
) -> HttpResponse:
    """After a change: say it and show the section again; without htmx back to the page."""
    if request.headers.get("HX-Request"):
        return show(request, section, fragment=fragment, said=said, **given)
    messages.success(request, said)
    return redirect(reverse("people", kwargs={"p": request.program.slug}) + f"#{section}")
