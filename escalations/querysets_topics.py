"""What can be asked of topics and of the steps by which lines were grouped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Membership, Program

if TYPE_CHECKING:
    from escalations.models import Topic, TopicStep  # noqa: F401  named by the classes below


class TopicQuerySet(models.QuerySet["Topic"]):
    """The topics of programs."""

    def visible_to(self, membership: Membership) -> Self:
        """The topics of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def live(self) -> Self:
        """Those that lines can belong to: neither merged away nor withdrawn."""
        return self.filter(merged_into=None, withdrawn_at=None)

    def at(self, slug: str, program: Program) -> Topic | None:
        """The topic a slug leads to today: the one it was merged into, if it was; None if none."""
        found = self.filter(program=program, slug=slug.replace("\0", "")).first()
        while found and found.merged_into_id:
            found = self.filter(pk=found.merged_into_id).first()
        return found if found and found.is_live else None


class TopicStepQuerySet(models.QuerySet["TopicStep"]):
    """Steps of grouping."""

    def visible_to(self, membership: Membership) -> Self:
        """The steps in the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(undone_at=None)
