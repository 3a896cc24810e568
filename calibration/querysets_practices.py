"""What can be asked of best practices, of who read them and how they were of use."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from people.models import Membership

if TYPE_CHECKING:
    from calibration.models import (  # noqa: F401  named by the classes below
        BestPractice,
        PracticeRead,
        PracticeUse,
    )
    from escalations.models import Topic

DAYS = 28
"""Days of which uses are counted, wherever they are."""

FAMILY = """
    WITH RECURSIVE family AS (
        SELECT %s::bigint AS id UNION SELECT merged.id
        FROM escalations_topic AS merged JOIN family ON merged.merged_into_id = family.id
    ) SELECT id FROM family
"""
"""A topic and those that were merged into it, however often."""

ANSWERED = """
    WITH RECURSIVE place AS (
        SELECT topic_id AS id FROM calibration_bestpractice
        WHERE kind = 'answer' AND state = 'in_force'
        UNION SELECT topic.merged_into_id
        FROM escalations_topic AS topic JOIN place ON topic.id = place.id
        WHERE topic.merged_into_id IS NOT NULL
    ) SELECT id FROM place
"""
"""The topics with an answer in force, of their own or of one that was merged into them."""

CHAIN = """
    WITH RECURSIVE chain AS (
        SELECT id, supersedes_id FROM calibration_bestpractice WHERE id = %s
        UNION SELECT other.id, other.supersedes_id
        FROM calibration_bestpractice AS other JOIN chain ON other.id = chain.supersedes_id
        OR (other.supersedes_id = chain.id AND other.effective_from IS NOT NULL)
    ) SELECT id FROM chain
"""
"""A technique, those it came after, and those that were ever in force after any of these."""


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

    def guiding(self) -> Self:
        """The steps and questions of the guide, in their order."""
        return self.exclude(guide="").order_by("guide", "guide_place", "number")

    def answers_to(self, topic: Topic) -> Self:
        """The answers in force to a live topic and to those merged into it, which may have theirs.

        The highest word comes first, of equal ones the newest: it is the one people go by.
        """
        from calibration.models.ladder import LADDER

        ranks = [When(authority=word, then=Value(rank)) for rank, word in enumerate(LADDER)]
        family = RawSQL(FAMILY, [topic.pk])  # noqa: S611
        found = self.in_force().answers().filter(topic__in=family)
        return found.order_by(Case(*ranks).desc(), "-effective_from", "-number")

    def answer_to(self, topic: Topic) -> BestPractice | None:
        """The answer in force to a live topic, if any."""
        return self.answers_to(topic).first()

    def beside(self, technique: BestPractice) -> Self:
        """The techniques in force that stand where this one does, itself not among them.

        Those of its chain, and at its place of the guide.
        """
        there = Q(pk__in=RawSQL(CHAIN, [technique.pk]))  # noqa: S611
        if technique.guide:
            there |= Q(guide=technique.guide, guide_place=technique.guide_place)
        mine = self.in_force().filter(there, program=technique.program_id, kind="technique")
        return mine.exclude(pk=technique.pk).order_by("-effective_from", "-number")

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
        """Each with `used` and `did_not_fit`: how often it was said of the lines of late."""
        return self.annotate(used=_said("used"), did_not_fit=_said("did_not_fit"))

    def most_in_need(self) -> Self:
        """For a review: by what did not fit of late, then by what was used, then the oldest."""
        order = ("-did_not_fit", "-used", "effective_from", "number")
        return self.with_uses().order_by(*order)


def _said(outcome: str) -> Coalesce:
    """How many uses of late of a practice have this outcome."""
    from calibration.models import PracticeUse

    uses = PracticeUse.objects.lately().standing().filter(practice=OuterRef("pk"), outcome=outcome)
    counted = uses.order_by().values("practice").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


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

    def lately(self) -> Self:
        """Those of the last DAYS days."""
        return self.filter(at__gte=timezone.now() - timedelta(days=DAYS))

    def gaps(self) -> Self:
        """Lines for which nothing was known, as long as their topic has no answer in force."""
        answered = RawSQL(ANSWERED, [])  # noqa: S611
        return self.standing().filter(outcome="nothing").exclude(escalation__topic__in=answered)
