"""How allauth behaves here: nobody signs up by themselves, and nobody is locked out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from people.actions.accounts import end_sessions
from people.attempts import Tries, tried
from people.devices import device_of, remember_device
from people.models import User
from people.refusals import TooOften
from people.whoasks import person_at_once


class ClosedDoor(DefaultAccountAdapter):
    """Accounts come from a manager's invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this attempt before the password is looked at; TooOften when there were too many.

        Counted by browser for one that knows this person, else by address and by account; a
        success is taken off the count again.
        """
        login = (credentials.get("email") or credentials.get("username") or "").lower()
        device = device_of(request, login)
        place = device or ratelimit.get_ip(request)
        counts = [("sign_in", ""), ("login_failed", f"{login}@{place}")]
        if not device:
            counts.append(("login_account", login))
        failing = []
        for action, key in counts:
            if (tries := tried(request, action, key)) is None:
                raise TooOften("Too many attempts to sign in.")
            failing += tries.keys if action != "sign_in" else []
        self._login_failed_rl_usage = Tries(failing)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        login = request.POST.get("login")
        if login:
            remember_device(request, response, login)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """A new password signs the person out everywhere else."""
        super().set_password(user, password)
        here = self.request.session.session_key if self.request else None
        end_sessions(user, but=here)  # type: ignore[arg-type]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("preferences")


class OneLook(AuthenticationBackend):
    """Sign-in by username or e-mail with one look-up and one hash, whoever it is.

    allauth's own checks the password of a known address twice: an answer that takes longer.
    """

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """The person of a session, with the memberships every page asks for next."""
        user = person_at_once(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate(
        self, request: HttpRequest | None, **credentials: Any
    ) -> AbstractBaseUser | None:
        login = (credentials.get("email") or credentials.get("username") or "").strip().lower()
        found = User.objects.alias(lower_name=Lower("username"), lower_email=Lower("email"))
        both = found.filter(Q(lower_name=login) | Q(lower_email=login)).order_by("pk")[:2]
        people = sorted(both, key=lambda user: user.email.lower() != login) if login else []
        user = people[0] if people else None
        return self._check_password(user, credentials.get("password") or "")
