"""A session from its opening on: opened, revealed, concluded or called off; any captain goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from calibration.actions.preparing import ask, change, once_each
from calibration.actions.session_steps import (
    check_count,
    check_deadline,
    check_move,
    check_state,
    locked_session,
    save_session,
)
from calibration.models import Participant, Session, SessionState
from people.actions.messages import notify
from people.cardwords import one_line_without_cards
from people.history import told
from people.models import Membership, User
from people.refusals import ActionRefused
from people.retries import whole
from people.templatetags.tala import moment


@whole
def open_session(session: Session, *, version: int | None, by: Membership) -> Session:
    """Ask the participants, by mail and on screen; from now on each answers alone.

    The program's list of dispositions is fixed with it. Who may not answer any more is not asked.
    Raises PermissionDenied, VersionMissing, StaleVersion, or ActionRefused when it cannot be
    opened: the deadline is past, a count is off.
    """
    session = locked_session(session, version=version, by=by)
    check_move(session, SessionState.OPEN)
    check_deadline(session.deadline)
    check_count(session.cases.count())
    asked = list(session.participants.may_answer().select_related("user"))
    if not asked:
        raise ActionRefused("Choose who answers.")
    with told("opened", by=by):
        session.participants.exclude(pk__in=[one.pk for one in asked]).delete()
    to = {"state": SessionState.OPEN, "opened_at": timezone.now()}
    if session.round == 1:
        to["dispositions"] = once_each(by.program.dispositions)
    session = save_session(session, to, "opened", by=by)
    _invite(session, asked)
    return session


@whole
def save_and_open(
    session: Session,
    *,
    texts: Mapping[int, Mapping[str, str]],
    without: Collection[int] = (),
    people: Collection[Membership],
    deadline: datetime,
    version: int | None,
    by: Membership,
) -> Session:
    """Word a prepared session as `change` does and open it, or do neither; return it.

    The same again, when it is open by now, changes nothing. Raises what both raise.
    """
    session = change(
        session,
        texts=texts,
        without=without,
        people=people,
        deadline=deadline,
        version=version,
        by=by,
    )
    if session.state == SessionState.OPEN:
        return session
    return open_session(session, version=session.version, by=by)


@whole
def ask_further(
    session: Session,
    people: Collection[Membership],
    *,
    deadline: datetime,
    version: int | None,
    by: Membership,
) -> Session:
    """Ask more people in an open session, or give everybody another deadline; return it.

    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_state(session, SessionState.OPEN)
    check_deadline(deadline)
    new = ask(session, people, by=by) if people else []
    session = save_session(session, {"deadline": deadline}, "asked further", by=by)
    _invite(session, Participant.objects.filter(pk__in=[p.pk for p in new]).select_related("user"))
    return session


@whole
def remind(session: Session, *, version: int | None, by: Membership) -> int:
    """Tell those who have not answered every case once more; return how many were told.

    Once an hour for each; who may not answer any more is not missing. Raises PermissionDenied,
    VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_state(session, SessionState.OPEN)
    missing = list(session.participants.missing().select_related("user"))
    if not missing:
        raise ActionRefused("Nobody’s answers are missing.")
    hour = f"{timezone.now():%Y%m%d%H}"
    sentence = f"Your answers are still missing: calibration of {session.topic}"
    reminded = _tell(session, missing, "session_opened", sentence, once=f"remind:{hour}")
    session.participants.filter(user__in=reminded).update(reminded_at=timezone.now())
    return len(reminded)


@whole
def reveal(session: Session, *, version: int | None, by: Membership) -> Session:
    """Show everybody's answers to everybody; from now on none is given, changed or taken away.

    Waits for answers that are being saved at this moment, and refuses those that come after.
    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_move(session, SessionState.REVEALED)
    answered = session.participants.with_answered()
    if not any(one.answered for one in answered):  # type: ignore[attr-defined]
        raise ActionRefused("Nobody has answered yet: there is nothing to reveal.")
    to = {"state": SessionState.REVEALED, "revealed_at": timezone.now()}
    session = save_session(session, to, "revealed", by=by)
    sentence = f"The answers are revealed: calibration of {session.topic}"
    _tell(session, session.participants.select_related("user"), "session_revealed", sentence)
    return session


@whole
def conclude(session: Session, *, version: int | None, by: Membership) -> Session:
    """End a session whose every case has its ruling; a second round needs none.

    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_move(session, SessionState.CONCLUDED)
    left = session.cases.filter(ruling=None).count() if session.round == 1 else 0
    if left:
        raise ActionRefused(f"{left} case{'s' if left > 1 else ''} still without a ruling.")
    to = {"state": SessionState.CONCLUDED, "concluded_at": timezone.now()}
    return save_session(session, to, "concluded", by=by)


@whole
def cancel(session: Session, *, reason: str, version: int | None, by: Membership) -> Session:
    """Call a session off, with the reason.

    What was answered blind stays blind; what was revealed and ruled can be read as before.
    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_move(session, SessionState.CANCELLED)
    reason = one_line_without_cards(reason, by.program)
    if not reason:
        raise ActionRefused("Say why it is called off.")
    were_asked = session.opened_at is not None
    to = {"state": SessionState.CANCELLED, "cancelled_at": timezone.now(), "reason": reason}
    session = save_session(session, to, "called off", by=by, reason=reason)
    if were_asked:
        sentence = f"The calibration of {session.topic} is called off: {reason}"
        _tell(session, session.participants.select_related("user"), "session_cancelled", sentence)
    return session


@whole
def note_attendance(
    session: Session, attended: Mapping[int, bool], *, version: int | None, by: Membership
) -> Session:
    """Note who was there when it was talked over: by the user's key, yes or no.

    Raises PermissionDenied, VersionMissing, StaleVersion, ActionRefused.
    """
    session = locked_session(session, version=version, by=by)
    check_state(session, SessionState.REVEALED, SessionState.CONCLUDED)
    with told("noted who was there", by=by):
        for one in session.participants.filter(user__in=attended):
            one.attended = attended[one.user_id]
            one.save(update_fields=["attended"])
    return save_session(session, {}, "noted who was there", by=by)


def _invite(session: Session, asked: Iterable[Participant]) -> None:
    until = moment(session.deadline, session.program)
    again = ", once more after the session" if session.round == 2 else ""
    sentence = f"Your answers are asked for until {until}: calibration of {session.topic}{again}"
    invited = _tell(session, asked, "session_opened", sentence)
    session.participants.filter(user__in=invited).update(invited_at=timezone.now())


def _tell(
    session: Session, asked: Iterable[Participant], kind: str, sentence: str, once: str = ""
) -> list[int]:
    """Tell participants one sentence with the session's page; return the users told, by key."""
    users: list[User | Membership] = [one.user for one in asked]
    link = reverse("session", kwargs={"p": session.program.slug, "n": session.number})
    notices = notify(
        users,
        kind,
        sentence,
        link,
        program=session.program,
        once=f"session:{session.pk}:{once}",
        about=f"session:{session.pk}",
    )
    return [notice.user_id for notice in notices]
