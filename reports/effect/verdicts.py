"""All answers in force and whether each worked, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from calibration.effect.card import Card, Per
from calibration.effect.steps import moments
from calibration.models import BestPractice
from escalations.charts.drawing import Spark
from escalations.charts.lines import sparkline
from people.models import Membership
from people.typed import number_said
from reports.effect.cards import Effect, effects
from reports.effect.page import Told, in_words, shown_rate, shown_ratio

PAGE = 30


@dataclass(frozen=True)
class Line:
    """An answer with its verdict, its rate before and after, and its weeks as a small line."""

    practice: BestPractice
    effect: Effect
    since: date | None = None
    verdict: Told | None = None
    per: str = ""
    before: str = ""
    after: str = ""
    times: str = ""
    spark: Spark | None = None


class EffectList:
    """The lines of a page; raises Http404 for a page that there is not."""

    def __init__(self, member: Membership, page: str) -> None:
        answers = _answers(member)
        self.count = answers.count()
        self.pages = max(1, -(-self.count // PAGE))
        self.page = number_said(page) or 0 if page else 1
        if not 1 <= self.page <= self.pages:
            raise Http404
        first = (self.page - 1) * PAGE
        found = effects(list(answers[first : first + PAGE]), member.program)
        self.lines = [_line(one) for one in found]

    @property
    def newer(self) -> int:
        """The page before; 0 for none."""
        return self.page - 1

    @property
    def older(self) -> int:
        """The page after; 0 for none."""
        return self.page + 1 if self.page < self.pages else 0


def _answers(member: Membership) -> QuerySet[BestPractice]:
    visible = BestPractice.objects.visible_to(member).in_force().answers()
    newest = visible.order_by("-effective_from", "-number")
    return newest.select_related("topic", "item__forwarding")


def _line(effect: Effect) -> Line:
    card = effect.card
    if card is None:
        return Line(effect.practice, effect)
    return Line(
        practice=effect.practice,
        effect=effect,
        since=card.in_force_on,
        verdict=in_words(effect.verdict or card.verdict),
        per="per 1,000 calls" if card.per is Per.CALLS else "of all",
        before=shown_rate(card.before, card.per),
        after=shown_rate(card.after, card.per),
        times=shown_ratio(card.judged) if card.judged else "",
        spark=_spark(card),
    )


def _spark(card: Card) -> Spark | None:
    """The rate by whole weeks before and after, the weeks left out missing."""
    weeks = moments(card.spells, card.in_force_on)
    if len(weeks) < 2:
        return None
    after = sum(1 for week in weeks if week.is_after)
    words = f"By week: {len(weeks) - after} before, {after} after."
    return sparkline([w.events / w.base if w.base else None for w in weeks], words)
