"""Inviting people to a program by a link of 256 random bits, kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.actions.messages import cancel, queue
from people.cards import mask
from people.history import told
from people.mail import join_link
from people.models import Invitation, Membership, Message, User
from people.models.invitation import default_expiry
from people.refusals import ActionRefused
from people.retries import whole
from people.roles import STORED_ROLES


class LinkDead(Exception):
    """The link of an invitation is unknown, used, revoked or expired: all the same outside."""


def hash_of(token: str) -> str:
    """What is stored of a token: SHA-256 over its purpose and itself, in hex."""
    return hashlib.sha256(b"invitation:" + token.encode("utf-8", "surrogatepass")).hexdigest()


@whole
def invite(*, email: str, name: str, roles: Iterable[str], by: Membership) -> Invitation:
    """Invite a person to the member's program; the worker mails the link.

    Raises ActionRefused for somebody who is a member, is invited already, or gets no role.
    """
    email, name = email.strip().lower(), mask(name, by.program.let_through).text
    wanted = [role for role in STORED_ROLES if role in set(roles)]
    if not wanted:
        raise ActionRefused("Choose at least one role.")
    if (
        Membership.objects.active()
        .filter(program=by.program_id, user__email__iexact=email)
        .exists()
    ):
        raise ActionRefused(f"{email} is a member already: change the roles in the list.")
    waiting = Invitation.objects.visible_to(by).waiting().select_for_update()
    if waiting.filter(email=email).exists():
        raise ActionRefused(f"{email} is invited already: send that invitation again.")
    invitation = Invitation(
        program=by.program, email=email, name=name.strip(), roles=wanted, invited_by=by.user
    )
    message = _mail(invitation)
    with told("invited", by=by):
        invitation.save(force_insert=True)
    Message.objects.filter(pk=message.pk).update(about=invitation.matter)
    return invitation


@whole
def send_again(invitation: Invitation, *, by: Membership) -> Invitation:
    """Mail a new link, good for another seven days; the former one stops working."""
    invitation = _waiting(invitation, by=by)
    cancel(invitation.matter, by=by)
    invitation.expires_at = default_expiry()
    _mail(invitation)
    with told("sent again", by=by):
        invitation.save(update_fields=["message", "token_hash", "expires_at"])
    return invitation


@whole
def fresh_link(invitation: Invitation, *, by: Membership) -> str:
    """Make a link to hand over and return its token, the only time it is known.

    The mailed one stops working, and a mail that is still queued is not sent.
    """
    invitation = _waiting(invitation, by=by)
    cancel(invitation.matter, by=by)
    token = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = hash_of(token), default_expiry()
    invitation.message = None
    with told("link handed over", by=by):
        invitation.save(update_fields=["message", "token_hash", "expires_at"])
    return token


@whole
def revoke(invitation: Invitation, *, by: Membership) -> Invitation:
    """Kill the link; raises ActionRefused when it was used."""
    invitation = _waiting(invitation, by=by)
    cancel(invitation.matter, by=by)
    invitation.revoked_at, invitation.token_hash = timezone.now(), ""
    with told("revoked", by=by):
        invitation.save(update_fields=["revoked_at", "token_hash"])
    return invitation


def open_invitation(token: str) -> Invitation:
    """The invitation a link belongs to; raises LinkDead for every reason why not. Only reads."""
    mark = hash_of(token)
    found = (
        Invitation.objects.filter(token_hash=mark)
        .select_related("program", "program__client", "invited_by")
        .first()
    )
    if found is None or not hmac.compare_digest(found.token_hash, mark) or not found.is_open:
        raise LinkDead
    return found


def account_of(invitation: Invitation) -> User | None:
    """Whoever signs in with the address that was invited."""
    return User.objects.filter(email__iexact=invitation.email).first()


@whole
def join_as_new(token: str, *, username: str, name: str, password: str) -> User:
    """Make the account a link invites to, with its membership; the link is used up.

    Raises LinkDead, or ActionRefused when the username or the address is taken meanwhile.
    """
    invitation = _locked_by(token)
    user = User(
        username=username, name=name.strip() or invitation.name, email=invitation.email.lower()
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise ActionRefused("Somebody took that username just now: choose another.") from error
    _accept(invitation, user)
    return user


@whole
def join_as_known(token: str, *, user: User) -> Membership:
    """Add the membership to the account that has the invited address; the link is used up.

    Raises LinkDead, or ActionRefused when the account has another address.
    """
    invitation = _locked_by(token)
    if user.email.lower() != invitation.email.lower():
        raise ActionRefused("This invitation is for another address than yours.")
    return _accept(invitation, user)


def _accept(invitation: Invitation, user: User) -> Membership:
    with told("joined", by=user):
        member, made = Membership.objects.select_for_update().get_or_create(
            user=user, program=invitation.program, defaults={"roles": invitation.roles}
        )
        if not made:
            both = {*member.roles, *invitation.roles}
            member.roles = [role for role in STORED_ROLES if role in both]
            member.version += 1
            member.save(update_fields=["roles", "version"])
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.token_hash = ""
        invitation.save(update_fields=["accepted_at", "accepted_by", "token_hash"])
    return member


def _locked_by(token: str) -> Invitation:
    found = open_invitation(token)
    again = Invitation.objects.select_for_update(of=("self",)).select_related("program")
    invitation = again.get(pk=found.pk)
    if invitation.token_hash != found.token_hash or not invitation.is_open:
        raise LinkDead
    return invitation


def _waiting(invitation: Invitation, *, by: Membership) -> Invitation:
    invitation = Invitation.objects.visible_to(by).select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise ActionRefused(f"{invitation.name} has joined already.")
    if invitation.revoked_at:
        raise ActionRefused("This invitation was taken back. Invite the person anew.")
    return invitation


def _mail(invitation: Invitation) -> Message:
    """Queue the mail with a new link, and note its hash and the mail on the unsaved invitation."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_of(token)
    invitation.message = queue(
        "invitation",
        to=invitation.email,
        to_name=invitation.name,
        subject=f"Join {invitation.program} on Tala",
        template="people/mail/invitation",
        context={"invitation": invitation, "link": join_link(token)},
        program=invitation.program,
        about=invitation.matter if invitation.pk else "",
        secret=token,
    )
    return invitation.message
