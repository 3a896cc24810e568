"""What can be asked about people: chainable, read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from people.models import Membership


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def active(self) -> Self:
        """Those with at least one role, of people who may sign in."""
        return self.exclude(roles=[]).filter(user__is_active=True)

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
            .select_related("program", "program__client", "user")
            .with_captaincy()
            .order_by("program__name", "pk")
        )


class AppointmentQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Captain appointments."""

    def current(self) -> Self:
        """Begun, not ended, and not past their planned end."""
        now = timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=now)).filter(
            starts_at__lte=now, ended_at__isnull=True
        )


class AgentQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """The roster."""

    def visible_to(self, membership: Membership) -> Self:
        """The agents of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def on_the_floor(self) -> Self:
        """Agents who have not left."""
        return self.filter(left_on__isnull=True)

    def named(self, text: str) -> Self:
        """Agents whose name or employee ID has every word of `text`, prefix of a name first."""
        found = self
        for word in text.replace("/", " ").split():
            found = found.filter(Q(name__icontains=word) | Q(employee_id__icontains=word))
        return found.order_by(Lower("name"), "pk")


class ContactQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Contact points."""

    def visible_to(self, membership: Membership) -> Self:
        """The contact points of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)
