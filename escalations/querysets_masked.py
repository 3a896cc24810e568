"""What can be asked of the numbers that were masked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Membership

if TYPE_CHECKING:
    from escalations.models import MaskedNumber  # noqa: F401  named by the class below


class MaskedNumberQuerySet(models.QuerySet["MaskedNumber"]):
    """Numbers masked in lines."""

    def visible_to(self, membership: Membership) -> Self:
        """Those in lines of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def let_through(self) -> Self:
        """Those a captain said are no cards."""
        return self.filter(not_a_card_at__isnull=False)
