"""Sessions in lists: what goes on, who is missing, what is asked of oneself, who may be asked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from calibration.models import Case, Participant, Position, Session, SessionState
from people.models import Membership, Program

MOST = 50


@dataclass
class Listed:
    """A session in a list, with who has not answered everything (the captain's alone to see)."""

    session: Session
    missing: list[Participant] = field(default_factory=list)

    @property
    def is_late(self) -> bool:
        """Whether its deadline is past and answers are missing."""
        return self.session.is_late(timezone.now())


@dataclass(frozen=True)
class Due:
    """An open session that waits for one's own answers."""

    session: Session
    answered: int
    asked: int

    @property
    def left(self) -> int:
        """Cases without one's answer."""
        return self.asked - self.answered

    @property
    def is_late(self) -> bool:
        """Whether the deadline is past."""
        return self.session.is_late(timezone.now())


def going_on(member: Membership) -> list[Listed]:
    """Sessions that wait for somebody, the newest first; for a captain with who is missing."""
    found = Session.objects.visible_to(member).going_on().with_counts()
    listed = [Listed(one) for one in found.select_related("topic")[:MOST]]
    if member.may("run_sessions"):
        missing: dict[int, list[Participant]] = defaultdict(list)
        some = Participant.objects.filter(session__in=[one.session for one in listed])
        for one in some.missing().select_related("user"):
            missing[one.session_id].append(one)
        for row in listed:
            row.missing = missing[row.session.pk]
    return listed


def done(member: Membership) -> list[Session]:
    """Sessions that were concluded or called off, the newest first."""
    found = Session.objects.visible_to(member).with_counts().select_related("topic")
    return list(found.filter(state__in=[SessionState.CONCLUDED, SessionState.CANCELLED])[:MOST])


def due_from(member: Membership) -> list[Due]:
    """Open sessions in which the member has not answered every case, the nearest deadline first."""
    if not member.may("give_position"):
        return []
    mine = Participant.objects.filter(user=member.user_id, session__program=member.program_id)
    found = mine.missing().select_related("session", "session__topic")
    return [
        Due(one.session, one.answered, one.asked)  # type: ignore[attr-defined]
        for one in found.order_by("session__deadline", "pk")[:MOST]
    ]


def answerers(program: Program) -> list[Membership]:
    """Who may be asked: the program's members who give positions, by name."""
    members = Membership.objects.active().filter(program=program)
    found = members.select_related("user", "program").with_captaincy().by_name()
    return [member for member in found if member.may("give_position")]


@dataclass(frozen=True)
class Asked:
    """One case as one participant sees it before the reveal: its words, one's own answer."""

    case: Case
    mine: Position | None
    is_here: bool = False


def asked_of(session: Session, member: Membership, here: int = 0) -> list[Asked]:
    """The cases in order, each with the member's own answer; nobody else's is asked for."""
    own = Position.objects.own(member).filter(case__session=session)
    given = {position.case_id: position for position in own}
    return [
        Asked(case, given.get(case.pk), case.order == here)
        for case in session.cases.order_by("order")
    ]


def next_open(cases: list[Asked], after: int = 0) -> Asked | None:
    """The next case without an answer after this one, then from the first; None when all have."""
    left = [one for one in cases if one.mine is None]
    return next((one for one in left if one.case.order > after), left[0] if left else None)
