"""What can be asked of best practices, of who read them and how they were of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from people.models import Membership

if TYPE_CHECKING:
    from calibration.models import (  # noqa: F401  named by the classes below
        BestPractice,
        PracticeRead,
        PracticeUse,
    )
    from escalations.models import Topic


class PracticeQuerySet(models.QuerySet["BestPractice"]):
    """Best practices."""

    def visible_to(self, membership: Membership) -> Self:
        """Those of the member's program: in force for who reads practices, all for the log's."""
        if not membership.may("read_practices"):
            return self.none()
        mine = self.filter(program=membership.program_id)
        return mine if membership.may("read_log") else mine.in_force()

    def in_force(self) -> Self:
        """Those people are to go by now."""
        return self.filter(state="in_force")

    def drafts(self) -> Self:
        """Those still being written."""
        return self.filter(state="draft")

    def past(self) -> Self:
        """Superseded or retired."""
        return self.filter(state__in=["superseded", "retired"])

    def answers(self) -> Self:
        """Answers to topics."""
        return self.filter(kind="answer")

    def techniques(self) -> Self:
        """How to calm a caller."""
        return self.filter(kind="technique")

    def guiding(self) -> Self:
        """The steps and questions of the guide, in their order."""
        return self.exclude(guide="").order_by("guide", "guide_place", "number")

    def answer_to(self, topic: Topic) -> BestPractice | None:
        """The answer in force to a topic, if any."""
        return self.in_force().answers().filter(topic=topic).first()

    def saying(self, words: str) -> Self:
        """Those that say every one of these words somewhere."""
        found = self
        for word in words.split()[:8]:
            anywhere = Q(title__icontains=word) | Q(topic__name__icontains=word)
            for part in ("when", "do", "say", "dont", "who_may"):
                anywhere |= Q(**{f"{part}__icontains": word})
            found = found.filter(anywhere)
        return found

    def unread_by(self, membership: Membership) -> Self:
        """Those the member has not acknowledged."""
        from calibration.models import PracticeRead

        read = PracticeRead.objects.filter(practice=OuterRef("pk"), user=membership.user_id)
        return self.filter(~Exists(read))

    def with_uses(self) -> Self:
        """Each with `used` and `did_not_fit`: how often lines that are not void said so."""
        alive = ~Q(uses__escalation__status="void")
        return self.annotate(
            used=Count("uses", filter=alive & Q(uses__outcome="used")),
            did_not_fit=Count("uses", filter=alive & Q(uses__outcome="did_not_fit")),
        )

    def most_in_need(self) -> Self:
        """For a review: what did not fit most often first, then what is in force longest."""
        return self.with_uses().order_by("-did_not_fit", "effective_from", "number")


class PracticeReadQuerySet(models.QuerySet["PracticeRead"]):
    """Acknowledgements."""

    def visible_to(self, membership: Membership) -> Self:
        """Those of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(practice__program=membership.program_id)


class PracticeUseQuerySet(models.QuerySet["PracticeUse"]):
    """Uses."""

    def visible_to(self, membership: Membership) -> Self:
        """Those of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def standing(self) -> Self:
        """Those of lines that are not void."""
        return self.exclude(escalation__status="void")

    def gaps(self) -> Self:
        """Lines for which nothing was known, as long as their topic has no answer in force."""
        from calibration.models import BestPractice

        answered = BestPractice.objects.in_force().answers()
        answered = answered.filter(topic=OuterRef("escalation__topic"))
        return self.standing().filter(~Exists(answered), outcome="nothing")
