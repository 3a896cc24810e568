"""An invitation to join a program: a link, kept as a hash."""

from datetime import datetime, timedelta

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from people.models.membership import Membership
from people.models.messages import Message
from people.models.program import Program
from people.models.user import User
from people.querysets import InvitationQuerySet
from people.roles import ROLE_NAMES, STORED_ROLES

VALID_FOR = timedelta(days=7)


def default_expiry() -> datetime:
    """Seven days from now."""
    return timezone.now() + VALID_FOR


@pghistory.track(
    pghistory.InsertEvent("invited"),
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    exclude=["token_hash"],
)
class Invitation(models.Model):
    """A manager's invitation by e-mail; its link is 256 random bits, stored hashed."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail")
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=10, choices=Membership.Role))
    token_hash = models.CharField(max_length=64, blank=True, default="")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=default_expiry)
    message = models.ForeignKey(
        Message,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        help_text="The mail with the valid link; none when the link was handed over.",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"],
                name="invitation_token_once",
                condition=~models.Q(token_hash=""),
            ),
            models.CheckConstraint(
                name="invitation_roles_known",
                condition=models.Q(roles__contained_by=list(STORED_ROLES)) & ~models.Q(roles=[]),
            ),
            models.CheckConstraint(
                name="invitation_accepted_pair",
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.program}"

    @property
    def role_names(self) -> list[str]:
        """The roles as people say them."""
        return [ROLE_NAMES[role] for role in self.roles]

    @property
    def matter(self) -> str:
        """What its mails are about."""
        return f"invitation:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Neither accepted nor revoked nor expired."""
        return not (self.accepted_at or self.revoked_at) and self.expires_at > timezone.now()
