"""What can be asked about messages: the queue, and what a person is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.messagekinds import kinds_for

if TYPE_CHECKING:
    from people.models import Membership, Message, Notice  # noqa: F401

LATE = timedelta(minutes=15)


class MessageQuerySet(models.QuerySet["Message"]):
    """Mails."""

    def visible_to(self, membership: Membership) -> Self:
        """The mails of the member's program, for who may manage its people; else none."""
        if not membership.may("manage_people"):
            return self.none()
        return self.filter(program=membership.program_id)

    def queued(self) -> Self:
        """Those that are to be sent, the next one first."""
        return self.filter(state="queued").order_by("due_at", "pk")

    def late(self) -> bool:
        """Whether some mail has been due, or tried in vain, for longer than LATE."""
        since = timezone.now() - LATE
        waiting = self.filter(state="queued")
        return waiting.filter(Q(due_at__lt=since) | Q(first_tried_at__lt=since)).exists()

    def failed(self) -> Self:
        """Those that nobody tries to send any more, the last one first."""
        return self.filter(state="failed").order_by("-created_at", "-pk")

    def sent(self) -> Self:
        """Those that a mail server took, the last one first."""
        return self.filter(state="sent").order_by("-sent_at", "-pk")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """What people are told on screen."""

    def of(self, memberships: Iterable[Membership]) -> Self:
        """One person's notices on screen: of programs and kinds their memberships still allow."""
        allowed = Q(pk__in=[])
        for member in memberships:
            kinds = list(kinds_for(member.abilities))
            allowed |= Q(user=member.user_id, program=member.program_id, kind__in=kinds)
        return self.filter(allowed, on_screen=True)

    def unread(self) -> Self:
        """Those that were not read yet."""
        return self.filter(read_at__isnull=True)
