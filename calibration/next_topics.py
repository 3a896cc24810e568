"""What to calibrate next, and why: each reason is said, the topics with most reasons first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from calibration.models import BestPractice, PracticeUse, Session
from calibration.stats import DAYS, TopicNumbers, numbers
from people.models import Membership

SHOWN = 6
LARGE = 10
"""Percent of all lines from which a topic's volume is a reason."""
FEW_ALIKE = 60
"""Percent of resolutions below which they are told apart as differing."""
GAPS, MOST_GAPS = 5, 500
LEAST = 5
"""Resolutions before their spread says anything."""


@dataclass
class Next:
    """A topic that could be calibrated, and why."""

    topic: TopicNumbers
    reasons: list[str]
    session: Session | None = None


def what_next(member: Membership) -> list[Next]:
    """The topics with at least one reason, most reasons first, then most lines.

    Topics in a session that goes on come last: somebody is at it.
    """
    counted = _Counted(member)
    found = [
        Next(topic, reasons, counted.sessions.get(topic.pk or 0))
        for topic in numbers(member.program).topics
        if topic.recent and (reasons := counted.reasons(topic))
    ]
    found.sort(key=lambda n: (n.session is not None, -len(n.reasons), -n.topic.recent))
    return found[:SHOWN]


def gaps_of(member: Membership) -> dict[str, Any]:
    """Lines for which nothing was known: the newest, and how many up to a cap; misfits lately."""
    gaps = PracticeUse.objects.visible_to(member).gaps().select_related("escalation")
    newest = list(gaps.order_by("-at", "-pk")[:GAPS])
    counted = gaps.order_by().values("pk")[:MOST_GAPS].count()
    since = timezone.now() - timedelta(days=DAYS)
    misfits = PracticeUse.objects.visible_to(member).standing().filter(outcome="did_not_fit")
    return {
        "gaps": newest,
        "gap_count": counted,
        "gaps_cut": counted == MOST_GAPS,
        "misfits": misfits.filter(at__gte=since).values("practice").distinct().count(),
    }


class _Counted:
    """What is known of all topics of a program beside their lines; four queries."""

    def __init__(self, member: Membership) -> None:
        since = timezone.now() - timedelta(days=DAYS)
        answers = BestPractice.objects.visible_to(member).in_force().answers()
        self.answered = set(answers.values_list("topic", flat=True))
        uses = PracticeUse.objects.visible_to(member).filter(at__gte=since)
        misfits = uses.standing().filter(outcome="did_not_fit", practice__kind="answer")
        self.misfits = _per(misfits, "practice__topic")
        self.unknown = _per(uses.gaps(), "escalation__topic")
        going_on = Session.objects.visible_to(member).going_on().order_by("number")
        self.sessions = {session.topic_id: session for session in going_on}

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


def _per(uses: Any, name: str) -> dict[int, int]:
    counted = uses.order_by().values(name).annotate(n=Count("pk"))
    return dict(counted.values_list(name, "n"))
