"""What can be asked about imports and their rows: chainable, read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Subquery, Value, When

if TYPE_CHECKING:
    from escalations.models import Import
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

    def between(self, first: int, last: int) -> Self:
        """Those from one row number to another, both included."""
        return self.filter(number__range=(first, last))

    def settle(self, batch: Import) -> int:
        """Point each row at its line, found by fingerprint; a line of another origin is a
        duplicate. Returns how many rows found one.
        """
        from escalations.models import Escalation

        there = Escalation.objects.filter(
            program=batch.program_id, fingerprint=OuterRef("fingerprint")
        )
        # The index of fingerprints leaves empty ones out, and is used only if the question does.
        ours = there.filter(imported_by=batch).exclude(fingerprint="").values("pk")
        line = Subquery(ours, output_field=models.BigIntegerField())
        found = self.annotate(own=line)
        return found.update(
            line=F("own"),
            outcome=Case(When(own__isnull=False, then=Value("added")), default=Value("duplicate")),
        )

    def unreadable(self) -> Self:
        """Those that cannot become lines as they are."""
        return self.filter(outcome="unreadable")
