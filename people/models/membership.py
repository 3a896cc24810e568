"""Who holds which roles in which program, and who is captain."""

from __future__ import annotations

from collections.abc import Sequence

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from people import roles as role_table
from people.models.program import Program
from people.models.user import User
from people.querysets import AppointmentQuerySet, MembershipQuerySet


@pghistory.track(
    pghistory.InsertEvent("added"),
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("removed"),
)
class Membership(models.Model):
    """The roles of one person in one program; without a role the person is not a member."""

    class Role(models.TextChoices):
        AGENT = role_table.AGENT, role_table.ROLE_NAMES[role_table.AGENT]
        SME = role_table.SME, role_table.ROLE_NAMES[role_table.SME]
        MANAGER = role_table.MANAGER, role_table.ROLE_NAMES[role_table.MANAGER]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=10, choices=Role), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    unread_kinds: Sequence[str] = ()
    """Of their notices not read yet; known for who is asking only (people/whoasks.py)."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["program", "user"]
        constraints = [
            models.UniqueConstraint(fields=["user", "program"], name="membership_once"),
            models.CheckConstraint(
                name="membership_roles_known",
                condition=models.Q(roles__contained_by=list(role_table.STORED_ROLES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.program}"

    @cached_property
    def is_captain(self) -> bool:
        """Whether the person has a current appointment; annotated by `with_captaincy()`."""
        return self.program.captain_appointments.current().filter(user=self.user_id).exists()

    @property
    def all_roles(self) -> frozenset[str]:
        """The stored roles, and captain for an SME with a current appointment."""
        held = frozenset(self.roles)
        if role_table.SME in held and self.is_captain:
            held |= {role_table.CAPTAIN}
        return held

    @property
    def abilities(self) -> frozenset[str]:
        """What this person may do in this program (the ROLES table)."""
        return role_table.abilities_of(self.all_roles)

    @property
    def role_names(self) -> list[str]:
        """The roles as people say them, in the table's order."""
        return [role_table.ROLE_NAMES[r] for r in role_table.ROLES if r in self.all_roles]

    def may(self, ability: str) -> bool:
        """Whether the ROLES table gives this person `ability`."""
        return ability in self.abilities


@pghistory.track(
    pghistory.InsertEvent("appointed"), pghistory.UpdateEvent("changed", row=pghistory.Old)
)
class CaptainAppointment(models.Model):
    """An SME appointed captain by the Operations Manager; at most one is open per program."""

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="captain_appointments"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="captaincies")
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"],
                condition=models.Q(ended_at__isnull=True),
                name="captain_one_open_per_program",
            ),
            models.CheckConstraint(
                name="captain_ended_pair",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, captain of {self.program}"
