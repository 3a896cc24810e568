"""What can be asked about people: chainable, read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from people.models import (  # noqa: F401
        Agent,
        CaptainAppointment,
        ContactPoint,
        Invitation,
        Membership,
    )


def folded(text: str) -> Func:
    """Words in the form of a search column: lower case, without accents."""
    return Func(Value(text), function="tala_folded", output_field=TextField())


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def active(self) -> Self:
        """Those with at least one role, of people who may sign in."""
        return self.exclude(roles=[]).filter(user__is_active=True)

    def visible_to(self, membership: Membership) -> Self:
        """The memberships of the member's program, for who may manage them; else none."""
        if not membership.may("manage_people"):
            return self.none()
        return self.filter(program=membership.program_id)

    def called(self, text: str) -> Self:
        """Those whose name, username or address has every word of `text`."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(user__name__icontains=word)
                | Q(user__username__icontains=word)
                | Q(user__email__icontains=word)
            )
        return found

    def by_name(self) -> Self:
        """By name, those who hold no role any more last."""
        roleless = ExpressionWrapper(Q(roles=[]), output_field=BooleanField())
        return self.order_by(roleless, Lower("user__name"), "pk")

    def with_captaincy(self) -> Self:
        """Annotate `is_captain`, so that no row asks for itself."""
        from people.models import CaptainAppointment

        current = CaptainAppointment.objects.current().filter(
            user=OuterRef("user"), program=OuterRef("program")
        )
        return self.annotate(is_captain=Exists(current))

    def of(self, user: models.Model) -> Self:
        """One person's memberships with their programs, ready for `abilities`, by name."""
        return (
            self.active()
            .filter(user=user)
            .select_related("program", "program__client")
            .with_captaincy()
            .order_by("program__name", "pk")
        )


class AppointmentQuerySet(models.QuerySet["CaptainAppointment"]):
    """Captain appointments."""

    def current(self) -> Self:
        """Begun, not ended, and not past their planned end."""
        now = timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=now)).filter(
            starts_at__lte=now, ended_at__isnull=True
        )


class AgentQuerySet(models.QuerySet["Agent"]):
    """The roster."""

    def visible_to(self, membership: Membership) -> Self:
        """The agents of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def on_the_floor(self) -> Self:
        """Agents who have not left."""
        return self.filter(left_on__isnull=True)

    def by_name(self) -> Self:
        """In the order of the roster: by name, case and accents aside, then ID."""
        return self.order_by("search_text", "pk")

    def after(self, search_text: str, pk: int) -> Self:
        """Those that come after a row of `by_name()`; its keyset."""
        return self.filter(Q(search_text=search_text, pk__gt=pk) | Q(search_text__gt=search_text))

    def named(self, text: str) -> Self:
        """Agents whose name or employee ID has every word of `text`, in the roster's order."""
        found = self
        for word in text.replace("/", " ").split():
            found = found.filter(search_text__contains=folded(word))
        return found.by_name()

    def suggested(self, text: str, most: int = 12) -> list[Agent]:
        """What to offer while `text` is typed: whose name begins with it, then whose ID or a
        later name does, then who has all its words.

        Three questions at most, each of an index.
        """
        first = text.partition("/")[0].strip() or text.strip(" /")
        found = list(self.filter(search_text__startswith=folded(first)).by_name()[:most])
        if len(first) > 1:
            later = self.filter(search_text__contains=folded(f" {first}"))
            found += _others(later, found, most)
        if len(text.strip()) > 2:
            found += _others(self.named(text), found, most)
        return found


def _others(agents: AgentQuerySet, found: list[Agent], most: int) -> list[Agent]:
    """Those of `agents` that are not found yet, as many as still fit."""
    if len(found) >= most:
        return []
    known = [agent.pk for agent in found]
    return list(agents.exclude(pk__in=known).by_name()[: most - len(found)])


class ContactQuerySet(models.QuerySet["ContactPoint"]):
    """Contact points."""

    def visible_to(self, membership: Membership) -> Self:
        """The contact points of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def current(self) -> Self:
        """Those that were not removed, in calling order."""
        return self.filter(removed_at__isnull=True).order_by("tier", "name", "pk")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def visible_to(self, membership: Membership) -> Self:
        """Those to the member's program, for who may invite; else none."""
        if not membership.may("manage_people"):
            return self.none()
        return self.filter(program=membership.program_id)

    def waiting(self) -> Self:
        """Neither accepted nor revoked; the expired are among them, to be sent again."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)
