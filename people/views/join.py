"""Joining a program by an invitation's link."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.actions.invitations import (
    LinkDead,
    account_of,
    join_as_known,
    join_as_new,
    open_invitation,
)
from people.attempts import is_within
from people.forms.accounts import JoinForm
from people.linkpage import link_page
from people.models import Invitation
from people.refusals import TooOften


@require_http_methods(["GET", "HEAD", "POST"])
@link_page
def join(request: HttpRequest, token: str) -> HttpResponse:
    """GET says who invites to what and changes nothing; POST joins."""
    if request.method == "POST" and not is_within(request, "join"):
        raise TooOften("That was tried too often.")
    try:
        invitation = open_invitation(token)
        account = account_of(invitation)
        if request.user.is_authenticated or account:
            return _join_as_known(request, token, invitation)
        return _join_as_new(request, token, invitation)
    except LinkDead:
        return render(request, "people/join_dead.html", status=404)


def _join_as_known(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Somebody who has an account: signed in with the invited address, or asked to."""
    user = request.user
    fits = user.is_authenticated and user.email.lower() == invitation.email.lower()
    if request.method != "POST" or not fits:
        context = {"invitation": invitation, "fits": fits}
        status = 200 if request.method != "POST" else 409
        return render(request, "people/join_known.html", context, status=status)
    join_as_known(token, user=user)  # type: ignore[arg-type]
    messages.success(request, f"You have joined {invitation.program}.")
    return redirect("home")


def _join_as_new(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    """Somebody new: a username and a password, then signed in."""
    form = JoinForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"invitation": invitation, "form": form}
        return render(request, "people/join.html", context, status=status)
    said = form.cleaned_data
    user = join_as_new(
        token, username=said["username"], name=said["name"], password=said["password"]
    )
    messages.success(request, f"Welcome to {invitation.program}.")
    return perform_login(request, user, email_verification="none", redirect_url="/")  # type: ignore[no-any-return]
