"""What can be asked of promised call-backs that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Membership

if TYPE_CHECKING:
    from escalations.models import FollowUp  # noqa: F401  named by the class below


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    """Calls to customers who were promised one."""

    def visible_to(self, membership: Membership) -> Self:
        """The calls of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)
