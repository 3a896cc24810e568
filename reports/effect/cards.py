"""Did it work: what best practices changed, from the log and the call volumes to a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calibration.effect.baseline import FEWEST, spells
from calibration.effect.card import Card, Per, card
from calibration.effect.days import Day, total
from calibration.effect.verdict import FEWEST_AFTER, LONGEST, Finding, Verdict
from calibration.models import BestPractice
from escalations.models import Topic
from people.models import Program
from reports.counting.counter import one_moment
from reports.effect.answers import Answers
from reports.effect.counts import Floor, read_floor
from reports.effect.span import ONE_DAY, Span, spans

NEWS = timedelta(days=14)
"""For so long a verdict that could not be told before is something to look at."""
MOST_DUE = 12


@dataclass(frozen=True)
class Beside:
    """An untouched topic: its escalations in the days compared, before and after."""

    topic: Topic
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """A best practice and what is known of its effect; without a `card`, `because` says why.

    `topic` is the live one its lines belong to; `ungrouped` counts days at the end that are left
    out as few of their lines have a topic yet; `earlier` are the answers that were in force before
    it; `untouched` the topics beside it, if it is judged by calls; `floor` what was counted.
    """

    practice: BestPractice
    because: str = ""
    topic: Topic | None = None
    span: Span | None = None
    card: Card | None = None
    verdict: Verdict | None = None
    ungrouped: int = 0
    earlier: tuple[BestPractice, ...] = ()
    untouched: tuple[Topic, ...] = ()
    floor: Floor | None = None

    @property
    def beside(self) -> list[Beside]:
        """The untouched topics with their escalations in the days compared, the largest first."""
        if not (self.card and self.floor):
            return []
        spells_, per = self.card.spells, self.card.per
        found = []
        for topic in self.untouched:
            counts = (
                total(self.floor.days([topic.pk], spell[0].on, spell[-1].on, per)).events
                if spell
                else 0
                for spell in (spells_.before, spells_.after)
            )
            found.append(Beside(topic, *counts))
        return sorted(found, key=lambda one: (-one.before, one.topic.name))

    @property
    def without_topic(self) -> tuple[float | None, float | None]:
        """Which share of all lines before and after has no topic."""
        if not (self.card and self.floor):
            return None, None
        spells_, share = self.card.spells, self.floor.share_without_topic
        before, after = (
            share(spell[0].on, spell[-1].on) if spell else None
            for spell in (spells_.before, spells_.after)
        )
        return before, after

    @property
    def volumes(self) -> tuple[int, int]:
        """How many of the days compared have a call volume, and of how many."""
        if not (self.card and self.floor):
            return 0, 0
        days = [*self.card.spells.before, *self.card.spells.after]
        return sum(1 for day in days if self.floor.calls.get(day.on)), len(days)


TECHNIQUE = "A technique belongs to no topic, so nothing can be counted before and after it."
DRAFT = (
    "Here its topic’s escalations before and after will stand once the draft is in force, and "
    "two weeks later the first verdict."
)
DISCARDED = "It was discarded as a draft and never in force: there is nothing to judge."
NO_LINES = "Its topic was taken back, and no line belongs to it any more."


def effects(
    practices: Sequence[BestPractice], program: Program, *, today: date | None = None
) -> list[Effect]:
    """What is known of each of a program's practices, in their order; the same few statements.

    `today` is the shift day that goes on. The practices come with `item__forwarding`.
    """
    today = today or program.current_shift()
    with one_moment():
        answers = Answers(program)
        topics = {one.pk: answers.live(one.topic_id) for one in practices}
        reasons = {one.pk: _why_none(one, topics[one.pk]) for one in practices}
        judged = [one for one in practices if not reasons[one.pk]]
        spanned = spans(judged, program, today)
        floor = None
        if spanned:
            first = min(span.first for span in spanned.values())
            floor = read_floor(program, first, max(span.last for span in spanned.values()))
    return [
        _judge(one, topic, spanned[one.pk], floor, answers, today)
        if floor and one.pk in spanned and (topic := topics[one.pk])
        else Effect(one, because=reasons[one.pk])
        for one in practices
    ]


def due_to_ask(program: Program, today: date | None = None) -> list[Effect]:
    """The answers in force of which it can be told since at most two weeks whether they worked.

    Of the newest `MOST_DUE` that are in force for two weeks and not much over a year.
    """
    today = today or program.current_shift()
    youngest = program.shift_bounds(today - FEWEST_AFTER * ONE_DAY)[1]
    oldest = program.shift_bounds(today - LONGEST * ONE_DAY - NEWS)[0]
    answers = BestPractice.objects.filter(program=program, effective_from__gte=oldest)
    answers = answers.in_force().answers().filter(effective_from__lt=youngest)
    newest = answers.select_related("topic", "item__forwarding").order_by("-effective_from", "-pk")
    found = effects(list(newest[:MOST_DUE]), program, today=today)
    return [one for one in found if _tells(one.verdict) and not _tells(_verdict_then(one, today))]


def _tells(verdict: Verdict | None) -> bool:
    early = (Finding.TOO_EARLY, Finding.NOTHING_BEFORE)
    return verdict is not None and verdict.finding not in early


def _verdict_then(one: Effect, today: date) -> Verdict | None:
    """What could be told before `NEWS`."""
    if not (one.card and one.span):
        return None
    spells_ = one.card.spells
    then = today - ONE_DAY - NEWS
    days = [day for spell in (spells_.before, spells_.left_out, spells_.after) for day in spell]
    before = card(
        [day for day in days if day.on <= then],
        per=one.card.per,
        triggered_on=one.span.triggered_on,
        in_force_on=one.span.in_force_on,
        until=then,
    )
    return before.verdict


def _why_none(one: BestPractice, topic: Topic | None) -> str:
    """Why there is no card; "" if there is one."""
    if not one.is_answer:
        return TECHNIQUE
    if one.is_draft:
        return DRAFT
    if not one.effective_from:
        return DISCARDED
    return "" if topic else NO_LINES


def _judge(
    one: BestPractice, topic: Topic, span: Span, floor: Floor, answers: Answers, today: date
) -> Effect:
    until = floor.grouped_until(span.first, span.in_force_on, span.until)
    left = (span.until - until).days
    span = replace(span, until=until, is_over=span.is_over and not left)
    per = _per(floor, topic, span)
    days = _days(floor, topic, span, per)
    compared = days[0].on if days else span.in_force_on
    untouched = answers.untouched(span, compared, floor) if per is Per.CALLS else []
    made = card(
        days,
        per=per,
        triggered_on=span.triggered_on,
        in_force_on=span.in_force_on,
        until=span.until,
        untouched=floor.days([t.pk for t in untouched], compared, span.last, per),
    )
    return Effect(
        practice=one,
        topic=topic,
        span=span,
        card=made,
        verdict=_said(made.verdict, span, today),
        ungrouped=left,
        earlier=answers.before(one, topic, compared, span),
        untouched=tuple(untouched),
        floor=floor,
    )


def _per(floor: Floor, topic: Topic, span: Span) -> Per:
    """Calls, if four weeks before have a volume, or all there are, and half of the days after."""
    if not floor.calls:
        return Per.ALL
    calls, every = (
        spells(
            _days(floor, topic, span, per),
            triggered_on=span.triggered_on,
            in_force_on=span.in_force_on,
        )
        for per in (Per.CALLS, Per.ALL)
    )
    before, after = total(calls.before), total(calls.after)
    enough = min(FEWEST, total(every.before).days)
    return Per.CALLS if before.days >= enough and after.days >= after.without else Per.ALL


def _days(floor: Floor, topic: Topic, span: Span, per: Per) -> list[Day]:
    """The days of a topic, from the first with a denominator on: there were no lines before it."""
    days = floor.days([topic.pk], span.first, span.last, per)
    begins = next((n for n, day in enumerate(days) if day.base or day.on >= span.in_force_on), 0)
    return days[begins:]


def _said(found: Verdict, span: Span, today: date) -> Verdict:
    """What is said of an answer that has ended, and never to ask again on a day that is past."""
    if found.finding is not Finding.TOO_EARLY or found.ask_again_on is None:
        return found
    if span.is_over:
        return Verdict(Finding.TOO_SHORT)
    return replace(found, ask_again_on=max(found.ask_again_on, today + ONE_DAY))
