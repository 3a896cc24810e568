"""What can be asked about imports and their rows: chainable, read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from people.models import Membership


class ImportQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Sheets brought in."""

    def visible_to(self, membership: Membership) -> Self:
        """The imports of the member's program, for who may import; else none."""
        if not membership.may("import"):
            return self.none()
        return self.filter(program=membership.program_id)

    def kept(self) -> Self:
        """Those whose lines are in the log."""
        return self.filter(state="done")

    def listed(self) -> Self:
        """Without the sheet itself, with the people who did it: for lists."""
        return self.defer("source").select_related("by", "confirmed_by", "undone_by")


class ImportRowQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows of a sheet brought in."""

    def to_add(self) -> Self:
        """Those that will become lines."""
        return self.filter(outcome="add")

    def unreadable(self) -> Self:
        """Those that cannot become lines as they are."""
        return self.filter(outcome="unreadable")
