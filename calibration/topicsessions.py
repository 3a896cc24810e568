"""The sessions of one topic, one after the other: how far they agreed, and what changed between."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from calibration.agreement import Agreement, Difference, agreement, apart
from calibration.models import Case, Position, Session
from calibration.sessionview import table_of
from escalations.models import Topic
from people.models import Membership, User

MOST = 6


@dataclass(frozen=True)
class Held:
    """A session of the topic; what it agreed on once revealed, and since the one before it."""

    session: Session
    agreement: Agreement | None
    since: Difference | None = None


def sessions_of(topic: Topic, member: Membership) -> list[Held]:
    """The topic's newest sessions that the member may see, newest first; four queries at most.

    AC1 is compared between sessions that could both be measured; a second round is compared on
    its own page, since it has the cases of its first.
    """
    visible = Session.objects.visible_to(member).filter(topic=topic)
    newest = list(visible.exclude(state="cancelled").order_by("-number")[:MOST])
    found = _agreements([one for one in newest if one.is_revealed], member)
    held: list[Held] = []
    before = None
    for session in reversed(newest):
        here = found.get(session.pk)
        since = None
        if session.round == 1 and here and here.ac1:
            since = apart(before, here.ac1) if before else None
            before = here.ac1
        held.append(Held(session, here, since))
    return held[::-1]


def _agreements(sessions: list[Session], member: Membership) -> dict[int, Agreement]:
    if not sessions:
        return {}
    cases: dict[int, list[Case]] = defaultdict(list)
    for case in Case.objects.filter(session__in=sessions).order_by("order"):
        cases[case.session_id].append(case)
    given: dict[int, list[Position]] = defaultdict(list)
    seen = Position.objects.visible_to(member).filter(case__session__in=sessions)
    for position in seen.select_related("by", "case").order_by("pk"):
        given[position.case.session_id].append(position)
    return {
        one.pk: agreement(
            table_of(cases[one.pk], given[one.pk], _people(given[one.pk])), one.dispositions
        )
        for one in sessions
    }


def _people(given: list[Position]) -> list[User]:
    return list({position.by_id: position.by for position in given}.values())
