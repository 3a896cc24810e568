"""What can be asked of sessions; the answers in them are withheld here until the reveal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from people.models import Membership
from people.roles import ROLES, STORED_ROLES

if TYPE_CHECKING:
    from calibration.models import Participant, Position, Ruling, Session  # noqa: F401


GIVERS = [role for role in STORED_ROLES if "give_position" in ROLES[role]]
"""The roles whose holders answer in sessions."""


class SessionQuerySet(models.QuerySet["Session"]):
    """Calibration sessions."""

    def visible_to(self, membership: Membership) -> Self:
        """The sessions of the member's program, for who may read its log; else none.

        One that was never opened is the captain's alone.
        """
        if not membership.may("read_log"):
            return self.none()
        found = self.filter(program=membership.program_id)
        return found if membership.may("run_sessions") else found.exclude(opened_at=None)

    def going_on(self) -> Self:
        """Those that wait for somebody: prepared, open or revealed."""
        return self.filter(state__in=["prepared", "open", "revealed"])

    def with_counts(self) -> Self:
        """Each with `case_count` and `asked_count`."""
        return self.annotate(
            case_count=Count("cases", distinct=True),
            asked_count=Count("participants", distinct=True),
        )


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Who is asked in sessions."""

    def with_answered(self) -> Self:
        """Each with `answered`: to how many cases they gave an answer, and never which."""
        from calibration.models import Position

        given = Position.objects.filter(
            case__session=OuterRef("session"), by=OuterRef("user")
        ).order_by()
        counted = given.values("by").annotate(n=Count("pk")).values("n")
        return self.annotate(answered=Coalesce(Subquery(counted), 0))

    def may_answer(self) -> Self:
        """Those who still give answers in their session's program: not who left or was moved."""
        members = Membership.objects.active().filter(roles__overlap=GIVERS)
        here = members.filter(user=OuterRef("user"), program=OuterRef("session__program"))
        return self.filter(Exists(here))

    def missing(self) -> Self:
        """Those in open sessions who may answer and have not answered every case.

        Each with `asked` beside `answered`.
        """
        from calibration.models import Case

        cases = Case.objects.filter(session=OuterRef("session")).order_by()
        counted = cases.values("session").annotate(n=Count("pk")).values("n")
        found = self.may_answer().with_answered().annotate(asked=Coalesce(Subquery(counted), 0))
        return found.filter(session__state="open", answered__lt=F("asked"))


class PositionQuerySet(models.QuerySet["Position"]):
    """Answers to cases: the one place where they are withheld."""

    def visible_to(self, membership: Membership) -> Self:
        """One's own; others' once their session is revealed, for who may read the program's log."""
        seen = Q(by=membership.user_id) if membership.may("give_position") else Q(pk__in=[])
        if membership.may("read_log"):
            seen |= Q(case__session__revealed_at__isnull=False)
        return self.filter(seen, case__session__program=membership.program_id)

    def own(self, membership: Membership) -> Self:
        """The member's own, whatever the session's state."""
        return self.visible_to(membership).filter(by=membership.user_id)


class RulingQuerySet(models.QuerySet["Ruling"]):
    """Rulings on cases."""

    def visible_to(self, membership: Membership) -> Self:
        """Those of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(case__session__program=membership.program_id)
