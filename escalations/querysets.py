"""What can be asked of the log: chainable, read aloud."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, Subquery

from people.models import Agent, Membership, Program, User

if TYPE_CHECKING:
    from escalations.models import Escalation  # noqa: F401  named by the class below


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Lines of the log."""

    def visible_to(self, membership: Membership) -> Self:
        """The lines of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def in_shift(self, program: Program, day: date) -> Self:
        """Lines of one shift day."""
        return self.between(*program.shift_bounds(day))

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """Lines that occurred in [start, end), either side open when None."""
        found = self
        if start:
            found = found.filter(occurred_at__gte=start)
        if end:
            found = found.filter(occurred_at__lt=end)
        return found

    def with_status(self, status: str) -> Self:
        """Lines in one status."""
        return self.filter(status=status)

    def with_feedback(self, feedback: str) -> Self:
        """Lines whose feedback has come so far; void lines owe none."""
        return self.filter(feedback=feedback).exclude(status="void")

    def in_no_letter(self) -> Self:
        """Lines nobody has put into a letter to the client, not even into a draft."""
        return self.filter(forwarded_items=None)

    def of_agent(self, employee_id: str, program: Program) -> Self:
        """Lines of one agent; the case of the ID decides only between two that differ by it."""
        agents = Agent.objects.filter(program=program, employee_id__iexact=employee_id)
        same = models.Case(models.When(employee_id=employee_id, then=0), default=1)
        return self.filter(agent=Subquery(agents.order_by(same, "pk").values("pk")[:1]))

    def logged_by_user(self, username: str) -> Self:
        """Lines one person logged."""
        user = User.objects.filter(username__iexact=username).values("pk")[:1]
        return self.filter(logged_by=Subquery(user))

    def promised(self) -> Self:
        """Lines with a call-back that was promised and not made yet, void ones left out."""
        waiting = self.filter(callback_at__isnull=False, called_back_at=None)
        return waiting.exclude(status="void")

    def ungrouped(self) -> Self:
        """Lines without a topic, void ones left out."""
        return self.filter(topic=None).exclude(status="void")

    def newest_first(self) -> Self:
        """As on the sheet."""
        return self.order_by("-occurred_at", "-pk")

    def paper_order(self) -> Self:
        """As on the paper form: oldest first."""
        return self.order_by("occurred_at", "pk")

    def totals(self) -> dict[str, int]:
        """`logged`, `unresolved`, `owed`: void lines count in none of them."""
        alive = ~Q(status="void")
        return self.aggregate(
            logged=Count("pk", filter=alive),
            unresolved=Count("pk", filter=Q(status="unresolved")),
            owed=Count("pk", filter=alive & Q(feedback="owed")),
        )

    def capped_count(self, cap: int) -> int:
        """How many, but never counting past `cap` + 1."""
        return self.order_by()[: cap + 1].count()
