"""What can be asked of saved views: chainable, read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from people.models import Membership

if TYPE_CHECKING:
    from reports.models import SavedView  # noqa: F401


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views of reports under their names."""

    def visible_to(self, membership: Membership) -> Self:
        """The member's own and the shared ones of the program, for who reads reports; else none."""
        if not membership.may("read_reports"):
            return self.none()
        mine_or_shared = Q(owner=membership.user_id) | Q(is_shared=True)
        return self.filter(mine_or_shared, program=membership.program_id)

    def current(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)

    def by_name(self) -> Self:
        """As they are listed."""
        return self.order_by(Lower("name"), "pk")
