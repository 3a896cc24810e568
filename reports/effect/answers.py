"""When each topic of a program had an answer: what was in force before, and what nobody touched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calibration.models import BestPractice
from escalations.models import Topic
from people.models import Program
from reports.effect.counts import NO_TOPIC, Floor
from reports.effect.span import ONE_DAY, Span

KNOWN = ("program", "number", "title", "topic", "effective_from", "effective_until")
"""What is read of an answer: its words are long."""


@dataclass(frozen=True)
class _InForce:
    """An answer to a live topic, and the shift days on which it came into force and ended."""

    answer: BestPractice
    topic: int
    since: date
    ended: date | None


class Answers:
    """The topics of a program and all answers that were ever in force; two queries."""

    def __init__(self, program: Program) -> None:
        self._topics = {topic.pk: topic for topic in Topic.objects.filter(program=program)}
        answers = BestPractice.objects.filter(program=program, effective_from__isnull=False)
        day_of = program.shift_day_of
        self._all = [
            _InForce(
                answer=one,
                topic=live.pk if (live := self.live(one.topic_id)) else NO_TOPIC,
                since=day_of(one.effective_from),
                ended=day_of(one.effective_until) if one.effective_until else None,
            )
            for one in answers.answers().only(*KNOWN).order_by("effective_from", "number")
            if one.effective_from
        ]

    def live(self, topic_id: int | None) -> Topic | None:
        """The topic that the lines of a topic belong to today; None if there is none any more."""
        topic = self._topics.get(topic_id or 0)
        while topic and topic.merged_into_id:
            topic = self._topics.get(topic.merged_into_id)
        return topic if topic and topic.is_live else None

    def before(
        self, answer: BestPractice, topic: Topic, first: date, span: Span
    ) -> tuple[BestPractice, ...]:
        """The other answers to a topic that were in force from `first` on, the oldest first."""
        return tuple(
            one.answer
            for one in self._all
            if one.answer.pk != answer.pk
            and one.topic == topic.pk
            and one.since < span.in_force_on
            and (one.ended is None or one.ended >= first)
        )

    def untouched(self, span: Span, first: date, floor: Floor) -> list[Topic]:
        """Topics with lines before, to which no answer came into force or ended since `first`."""
        until = max(span.last, span.in_force_on)
        touched = {
            one.topic
            for one in self._all
            if any(day and first <= day <= until for day in (one.since, one.ended))
        }
        last = span.in_force_on - ONE_DAY
        return [
            self._topics[pk]
            for pk, days in floor.lines.items()
            if pk in self._topics
            and pk not in touched
            and any(first <= day <= last for day in days)
        ]
