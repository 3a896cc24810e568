"""What can be asked of feedback notes and quick texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from people.models import Membership

if TYPE_CHECKING:
    from escalations.models import FeedbackNote, QuickText  # noqa: F401  named by the classes below


class FeedbackNoteQuerySet(models.QuerySet["FeedbackNote"]):
    """What agents are told."""

    def visible_to(self, membership: Membership) -> Self:
        """The notes of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def told_to(self, membership: Membership) -> Self:
        """Those to the member as an agent, on lines that are not void; none of other agents."""
        if not membership.may("see_own_feedback"):
            return self.none()
        mine = self.filter(
            program=membership.program_id, escalation__agent__user=membership.user_id
        )
        return mine.exclude(escalation__status="void").standing()

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at=None)


class QuickTextQuerySet(models.QuerySet["QuickText"]):
    """Texts kept at hand."""

    def visible_to(self, membership: Membership) -> Self:
        """The texts of the member's program, for who gives feedback; else none."""
        if not membership.may("give_feedback"):
            return self.none()
        return self.filter(program=membership.program_id)

    def current(self) -> Self:
        """Those that were not removed, in the order they were added."""
        return self.filter(removed_at=None).order_by("pk")
