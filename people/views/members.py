"""Members and their roles, and invitations."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from people import mail
from people.access import MemberRequest, member_page
from people.actions.invitations import fresh_link, invite, revoke, send_again
from people.actions.members import set_roles
from people.forms.members import InviteForm, RolesForm
from people.models import Invitation, Membership
from people.refusals import ActionRefused, StaleVersion, TooOften
from people.roles import ROLE_NAMES
from people.views.sections import captain, done, show


@require_POST
@member_page("manage_people")
def member_roles(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a member exactly the ticked `roles`; it counts from their next request on."""
    member = _member(request, pk)
    form = RolesForm(request.POST)
    if not form.is_valid():
        raise ActionRefused("That is not a role.")
    roles, version = form.cleaned_data["roles"], form.cleaned_data["version"]
    try:
        set_roles(member, roles, version=version, by=request.membership)
    except StaleVersion:
        mine = ", ".join(ROLE_NAMES[role] for role in roles) or "no role"
        given = {"member": _member(request, pk), "mine": mine, "stale": pk}
        return show(request, "members", fragment="row", status=409, **given, **_roles())
    member = _member(request, pk)
    held = ", ".join(member.role_names) or "no role any more"
    said = f"{member.user}: {held}."
    given = {"member": member, "with_captain": True, **_roles(), **captain(request)}
    return done(request, "members", said, fragment="row", **given)


@require_POST
@member_page("manage_people")
def invite_person(request: MemberRequest) -> HttpResponse:
    """Invite by `email`, `name` and `roles`; the worker mails the link."""
    form = InviteForm(request.POST)
    if form.is_valid():
        _not_too_often(request)
        try:
            invitation = invite(**form.cleaned_data, by=request.membership)
        except ActionRefused as refusal:
            form.add_error("email", str(refusal))
    if not form.is_valid():
        return show(request, "invitations", status=422, invite_form=form, inviting=True)
    return done(request, "invitations", f"{invitation.email} is invited.", inviting=True)


@require_POST
@member_page("manage_people")
def invitation_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Mail a new link; the former one stops working."""
    _not_too_often(request)
    invitation = send_again(_invitation(request, pk), by=request.membership)
    said = f"A new link is on its way to {invitation.email}; the former one no longer works."
    return done(request, "invitations", said)


@require_POST
@member_page("manage_people")
def invitation_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a fresh link once, to hand over; the mailed one stops working."""
    _not_too_often(request)
    invitation = _invitation(request, pk)
    token = fresh_link(invitation, by=request.membership)
    given: dict[str, Any] = {"link": mail.join_link(token), "link_for": invitation}
    response = show(request, "invitations", **given)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@member_page("manage_people")
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back: its link stops working."""
    invitation = revoke(_invitation(request, pk), by=request.membership)
    return done(request, "invitations", f"The invitation of {invitation.email} is taken back.")


def _member(request: MemberRequest, pk: int) -> Membership:
    found = Membership.objects.visible_to(request.membership).select_related("user", "program")
    return get_object_or_404(found.with_captaincy(), pk=pk)


def _invitation(request: MemberRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.membership), pk=pk)


def _roles() -> dict[str, object]:
    return {"role_choices": Membership.Role.choices}


def _not_too_often(request: MemberRequest) -> None:
    if not ratelimit.consume(request, action="invite", user=request.user):
        raise TooOften("That are many invitations for one hour.")
