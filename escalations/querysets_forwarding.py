"""What can be asked of letters to the client, their items and the client's people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from people.models import Membership

if TYPE_CHECKING:
    from escalations.models import ClientContact, Forwarding  # noqa: F401  named below


class ClientContactQuerySet(models.QuerySet["ClientContact"]):
    """The client's people."""

    def visible_to(self, membership: Membership) -> Self:
        """Those of the member's program, for who forwards; else none."""
        if not membership.may("forward"):
            return self.none()
        return self.filter(program=membership.program_id)

    def current(self) -> Self:
        """Those who were not taken off the list."""
        return self.filter(removed_at=None)


class ForwardingQuerySet(models.QuerySet["Forwarding"]):
    """Letters to the client."""

    def visible_to(self, membership: Membership) -> Self:
        """The letters of the member's program, for who forwards; else none."""
        if not membership.may("forward"):
            return self.none()
        return self.filter(program=membership.program_id)

    def waiting(self) -> Self:
        """Sent, and at least one item without an answer."""
        return self.filter(state="sent")

    def with_people(self) -> Self:
        """Each with all that its words name: contact, program, who wrote and sent it."""
        return self.select_related("contact", "program", "written_by", "sent_by")

    def with_counts(self) -> Self:
        """Each with `item_count` and `open_count`."""
        return self.annotate(
            item_count=Count("items"), open_count=Count("items", filter=Q(items__is_open=True))
        )
