"""An SME's own answer to a case: given and changed alone, until the reveal."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from calibration.actions.session_steps import held_open, texts_of
from calibration.models import Case, Participant, Position, SessionState
from calibration.models.positions import LONGEST
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole


@whole
def answer(
    case: Case,
    *,
    disposition: str,
    how: str,
    why: str,
    key: uuid.UUID,
    version: int | None,
    by: Membership,
) -> Position:
    """Give one's own answer to a case, or change it; return it.

    `version` is 0 for the first. The same answer again changes nothing. At the moment of a reveal
    it is either in, before it, or refused. Raises PermissionDenied, KeyReused, VersionMissing,
    StaleVersion, or ActionRefused when the session is not open or the answer is not whole.
    """
    if not by.may("give_position"):
        raise PermissionDenied("Answers are given by SMEs.")
    state = held_open(case.session_id)
    session = case.session
    asked = Participant.objects.filter(session=session, user=by.user)
    is_asked = asked.select_for_update(of=("self",)).first() is not None  # own answers in turn
    if session.program_id != by.program_id or not is_asked:
        raise PermissionDenied("You are not asked in this session.")
    mine = Position.objects.own(by).select_for_update(of=("self",))
    given = mine.filter(case=case).first()
    said = texts_of({"how": how, "why": why}, by=by, longest=LONGEST)
    said["disposition"] = disposition
    if given and all(getattr(given, name) == text for name, text in said.items()):
        return given
    if state != SessionState.OPEN:
        now = SessionState(state).label.lower()
        raise ActionRefused(f"This session is {now}: answers are not taken any more.")
    if disposition not in session.dispositions:
        raise ActionRefused("Choose what you would do from the list.")
    if not said["how"]:
        raise ActionRefused("Say how you would resolve it.")
    if given:
        return _change(given, said, version=version, by=by)
    return _give(case, said, key=key, version=version, by=by)


def _give(
    case: Case, said: dict[str, str], *, key: uuid.UUID, version: int | None, by: Membership
) -> Position:
    if version:
        raise ActionRefused("The answer this was to change is not there. Reload.")
    if Position.objects.filter(by=by.user, key=key).exists():  # in whatever program
        raise KeyReused("This form was saved before for another case. Reload the page.")
    return Position.objects.create(case=case, by=by.user, key=key, **said)


def _change(
    given: Position, said: dict[str, str], *, version: int | None, by: Membership
) -> Position:
    check_version(given, version)
    for name, text in said.items():
        setattr(given, name, text)
    given.changed_at, given.version = timezone.now(), given.version + 1
    with told("changed an answer", by=by):
        given.save(update_fields=[*said, "changed_at", "version"])
    return given
