"""What to calibrate next, and why: each reason is said, the topics with most reasons first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left

from calibration.models import PracticeUse, Session
from calibration.querysets_practices import ANSWERED
from calibration.stats import TopicNumbers, numbers
from calibration.workbench import gap_lines
from escalations.models import Topic
from people.models import Membership

SHOWN = 6
LARGE = 10
"""Percent of all lines from which a topic's volume is a reason."""
FEW_ALIKE = 60
"""Percent of resolutions below which they are told apart as differing."""
GAPS, MOST_GAPS = 5, 500
SAID = 100
"""Characters of a gap's concern that are read."""
LEAST = 5
"""Resolutions before their spread says anything."""


@dataclass(frozen=True)
class Gap:
    """A line of which nothing is known: its number, and how its concern begins."""

    number: int
    concern: str


@dataclass
class Next:
    """A topic that could be calibrated, and why."""

    topic: TopicNumbers
    reasons: list[str]
    session: Session | None = None


@dataclass
class Dashboard:
    """What the captain begins with: topics to calibrate, gaps, and what fitted badly of late."""

    next: list[Next]
    gaps: list[Gap]
    gap_count: int
    misfits: int

    @property
    def gaps_cut(self) -> bool:
        """Whether there may be more gaps than were counted."""
        return self.gap_count == MOST_GAPS


def read_dashboard(member: Membership, going_on: Iterable[Session]) -> Dashboard:
    """Ask for all of it; `going_on` are the sessions that go on, the newest first."""
    counted = _Counted(member, going_on)
    gaps = _gaps(member)
    return Dashboard(_what_next(member, counted), gaps[:GAPS], len(gaps), counted.misfit_count)


def _what_next(member: Membership, counted: _Counted) -> list[Next]:
    """The topics with at least one reason, most reasons first, then most lines.

    Topics in a session that goes on come last: somebody is at it.
    """
    found = [
        Next(topic, reasons, counted.sessions.get(topic.pk or 0))
        for topic in numbers(member.program).topics
        if topic.recent and (reasons := counted.reasons(topic))
    ]
    found.sort(key=lambda n: (n.session is not None, -len(n.reasons), -n.topic.recent))
    return found[:SHOWN]


def _gaps(member: Membership) -> list[Gap]:
    """The lines of which nothing is known, the newest first, up to a cap; one query."""
    said = Left("concern", SAID)
    found = gap_lines(member).newest_first().values_list("number", said)
    return [Gap(number, concern) for number, concern in found[:MOST_GAPS]]


class _Counted:
    """What is known of all topics of a program beside their lines; three queries."""

    def __init__(self, member: Membership, going_on: Iterable[Session]) -> None:
        answered = Topic.objects.visible_to(member).filter(pk__in=RawSQL(ANSWERED, []))  # noqa: S611
        self.answered = dict(answered.values_list("pk", "merged_into"))
        uses = PracticeUse.objects.visible_to(member).lately()
        misfits = _per(
            uses.standing().filter(outcome="did_not_fit", practice__state="in_force"),
            "practice",
            "practice__topic",
        )
        self.misfit_count = len(misfits)
        self.misfits: dict[int | None, int] = defaultdict(int)
        for _, topic, n in misfits:
            self.misfits[self._today(topic)] += n
        self.unknown = dict(_per(uses.gaps(), "escalation__topic"))
        self.sessions: dict[int, Session] = {}
        for session in going_on:
            self.sessions.setdefault(session.topic_id, session)

    def _today(self, topic: int | None) -> int | None:
        """The topic that an answer's topic was merged into, or itself."""
        while topic and (into := self.answered.get(topic)):
            topic = into
        return topic

    def reasons(self, topic: TopicNumbers) -> list[str]:
        """Why this topic, in words; empty when nothing speaks for it."""
        said = []
        if topic.pk not in self.answered:
            said.append("no answer in force")
        if n := self.misfits.get(topic.pk or 0):
            said.append(f"its answer did not fit {n} time{'s' if n > 1 else ''}")
        if n := self.unknown.get(topic.pk or 0):
            said.append(f"nothing known {n} time{'s' if n > 1 else ''}")
        if topic.trend in ("rising", "new"):
            said.append(topic.trend)
        if topic.spread.lines >= LEAST and topic.spread.percent < FEW_ALIKE:
            ways, alike = len(topic.spread.ways), topic.spread.percent
            said.append(f"resolved in {ways} ways, {alike} % alike")
        if topic.percent >= LARGE:
            said.append(f"{topic.percent:.0f} % of all lines")
        return said


def _per(uses: Any, *names: str) -> list[tuple[Any, ...]]:
    """How many uses there are of each combination of values, the count last; one query."""
    counted = uses.order_by().values(*names).annotate(n=Count("pk"))
    return list(counted.values_list(*names, "n"))
