"""What every step of a session asks: whose it is, which version, whether it makes sense now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from calibration.models import Session, SessionState
from calibration.models.sessions import FEWEST_CASES, MOST_CASES
from people.cardwords import without_cards
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, check_version

_LOCK = 0x5E5510
"""The first half of the advisory lock under which a program numbers its sessions."""

_WORDS = """
angel april art august baby bill boy chase cherry chip dawn dear dela del drew faith frank grace
grant guy hope iris jack joy june king lane long love mark max may miles nick pat pearl penny ray
rich rob rose ruby rusty sale san star stew sue sunny sunshine tan the van von wade will win young
"""
WORDS_TOO = frozenset(_WORDS.split())
"""Parts of names that stand in a concern as words of their own."""


def check_runs(by: Membership) -> None:
    """Raise PermissionDenied for who does not run sessions."""
    if not by.may("run_sessions"):
        raise PermissionDenied("Sessions are run by the SME Captain.")


def locked_session(session: Session, *, version: int | None, by: Membership) -> Session:
    """The session, locked and fresh, if `version` is still its version.

    Raises PermissionDenied, VersionMissing, StaleVersion.
    """
    fresh = held_session(session, by=by)
    check_version(fresh, version)
    return fresh


def held_session(session: Session, *, by: Membership) -> Session:
    """The session, locked and fresh, whatever its version; raises PermissionDenied.

    Whoever gives an answer holds the row's share lock meanwhile.
    """
    check_runs(by)
    found = Session.objects.visible_to(by).select_for_update(of=("self",))
    fresh = found.select_related("topic", "first_round").get(pk=session.pk)
    fresh.program = by.program
    return fresh


def check_state(session: Session, *states: str) -> None:
    """Raise ActionRefused unless the session is in one of these states."""
    if session.state not in states:
        raise ActionRefused(f"This session is {session.get_state_display().lower()}.")


def check_deadline(deadline: datetime) -> None:
    """Raise ActionRefused for a deadline that is past; `deadline` is an aware instant."""
    if deadline <= timezone.now():
        raise ActionRefused("The deadline is past. Give them some time.")


def check_count(cases: int) -> None:
    """Raise ActionRefused for too few or too many cases."""
    if not FEWEST_CASES <= cases <= MOST_CASES:
        raise ActionRefused(f"A session has {FEWEST_CASES} to {MOST_CASES} cases.")


def check_move(session: Session, to: str) -> None:
    """Raise ActionRefused for a move that the table does not have."""
    if not session.can_become(to):
        now = session.get_state_display().lower()
        raise ActionRefused(
            f"This session is {now}: it cannot become {SessionState(to).label.lower()}."
        )


def save_session(
    session: Session, to: Mapping[str, Any], action: str, *, by: Membership, reason: str = ""
) -> Session:
    """Set these fields of a locked session; one version on."""
    for name, value in to.items():
        setattr(session, name, value)
    session.version += 1
    with told(action, by=by, reason=reason):
        session.save(update_fields=[*to, "version"])
    return session


def next_number(by: Membership) -> int:
    """The program's next number of a session; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, by.program_id])
    mine = Session.objects.filter(program=by.program_id)
    return int(mine.aggregate(last=Max("number"))["last"] or 0) + 1


def held_open(session_pk: int) -> str:
    """Hold a session for an answer, so that no reveal comes between; return its state.

    A share lock: answers do not wait for each other, a reveal waits for them, and an answer that
    comes after it sees that it came late.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state FROM calibration_session WHERE id = %s FOR SHARE", [session_pk]
        )
        (state,) = cursor.fetchone()
    return str(state)


def texts_of(words: Mapping[str, str], *, by: Membership, longest: int) -> dict[str, str]:
    """Typed texts as they are stored: no NUL, no card number; ActionRefused when too long."""
    said = {
        name: text.replace("\0", "").replace("\r\n", "\n").strip() for name, text in words.items()
    }
    said = without_cards(said, by.program)
    for text in said.values():
        if len(text) > longest:
            raise ActionRefused(f"That is too long: at most {longest:,} characters.")
    return said


def without_names(text: str, agent: str, employee_id: str, customer_ref: str) -> str:
    """A line's text with the agent's name and ID and the customer's reference taken out.

    A name is looked for whole and by each of its parts, however it is written; a part that is a
    word as well only with a capital, so that Bill goes and his bill stays. What else may tell who
    it was, the captain takes out by hand.
    """
    text = _gone(text, employee_id, "[agent]", re.IGNORECASE)
    text = _gone(text, customer_ref, "[customer]", re.IGNORECASE)
    text = _gone(text, agent, "[agent]", re.IGNORECASE)
    for part in agent.split():
        if len(part) > 2:
            is_word = part.lower() in WORDS_TOO
            written = part.capitalize() if is_word else part
            text = _gone(text, written, "[agent]", 0 if is_word else re.IGNORECASE)
    return text


def _gone(text: str, what: str, instead: str, flags: int) -> str:
    if not what.strip():
        return text
    return re.sub(rf"(?<!\w){re.escape(what.strip())}(?!\w)", instead, text, flags=flags)
