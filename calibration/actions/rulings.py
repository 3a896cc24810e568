"""What the captain makes of the answers: which are equal, what is right, the practice of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from math import ceil

from django.utils import timezone

from calibration.actions.practices import draft
from calibration.actions.session_steps import (
    check_runs,
    check_state,
    held_open,
    held_session,
    texts_of,
)
from calibration.models import BestPractice, Case, Grouping, Position, Ruling, Session, SessionState
from calibration.models.positions import LONGEST
from calibration.twopages import LINES, WIDTH, shortened
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
from people.retries import whole

AFTER = (SessionState.REVEALED, SessionState.CONCLUDED)


@whole
def group(case: Case, groups: Mapping[int, int], *, by: Membership) -> None:
    """Say which answers to a case are equal: by position's key, the number of its group.

    Positions that are not named stay as they are. Raises PermissionDenied, or ActionRefused unless
    the session is revealed.
    """
    check_runs(by)
    _check_revealed(case)
    seen = Position.objects.visible_to(by).filter(case=case, pk__in=groups)
    for position in seen:
        to = {"group": max(1, min(groups[position.pk], 99)), "by": by.user}
        Grouping.objects.update_or_create(position=position, defaults=to)


@whole
def rule(
    case: Case,
    *,
    disposition: str,
    how: str,
    reason: str,
    dissent: str,
    key: uuid.UUID,
    version: int | None,
    by: Membership,
) -> Ruling:
    """Rule on a case of a revealed session, or change the ruling; return it.

    `version` is 0 for the first. The same again changes nothing. Raises PermissionDenied,
    KeyReused, VersionMissing, StaleVersion, or ActionRefused without a choice of the list or a
    reason, in a second round, and unless the session is revealed.
    """
    check_runs(by)
    session = _check_revealed(case)
    if session.round == 2:
        raise ActionRefused("The rulings are those of the first round.")
    if disposition not in session.dispositions:
        raise ActionRefused("Choose the ruling from the list.")
    words = {"how": how, "reason": reason, "dissent": dissent}
    said = {**texts_of(words, by=by, longest=LONGEST), "disposition": disposition}
    if not said["reason"]:
        raise ActionRefused("Say why: the floor will ask.")
    made = Ruling.objects.visible_to(by).filter(case=case).select_for_update(of=("self",)).first()
    if made is None:
        return _first(case, said, key=key, version=version, by=by)
    if all(getattr(made, name) == text for name, text in said.items()):
        return made
    check_version(made, version)
    for name, text in said.items():
        setattr(made, name, text)
    made.by, made.ruled_at, made.version = by.user, timezone.now(), made.version + 1
    with told("changed a ruling", by=by):
        made.save(update_fields=[*said, "by", "ruled_at", "version"])
    return made


@whole
def draft_practice(session: Session, *, key: uuid.UUID, by: Membership) -> BestPractice:
    """Draft the topic's answer from a session's rulings, authority calibrated; return it.

    What it says is a beginning, to be worded before it is put in force. The same key again: the
    same draft. Raises PermissionDenied, or ActionRefused before there is a ruling.
    """
    check_runs(by)
    session = held_session(session, by=by)
    check_state(session, *AFTER)
    rulings = Ruling.objects.visible_to(by).filter(case__session=session)
    ruled = list(rulings.select_related("case").order_by("case__order"))
    if not ruled:
        raise ActionRefused("Rule on the cases first: the practice is written from the rulings.")
    made = BestPractice.objects.filter(program=by.program_id, session=session.number)
    if standing := made.filter(state__in=["draft", "in_force"]).order_by("-number").first():
        return standing
    words = _card(session.topic.name, ruled)
    return draft(
        by=by,
        key=key,
        authority="calibrated",
        words=words,
        topic=session.topic,
        source=f"Session {session.number}, {len(ruled)} case{'s' if len(ruled) > 1 else ''}",
        session=session.number,
    )


def _first(
    case: Case, said: dict[str, str], *, key: uuid.UUID, version: int | None, by: Membership
) -> Ruling:
    if version:
        raise ActionRefused("The ruling this was to change is not there. Reload.")
    if Ruling.objects.filter(by=by.user, key=key).exists():
        raise KeyReused("This form was saved before for another case. Reload the page.")
    with told("ruled", by=by):
        return Ruling.objects.create(case=case, by=by.user, key=key, **said)


def _check_revealed(case: Case) -> Session:
    """The case's session, held, and the case; raises ActionRefused unless it is revealed."""
    state, session = held_open(case.session_id), case.session
    session.state = state
    check_state(session, SessionState.REVEALED)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # of two clicks one is first
    return session


def _card(title: str, ruled: list[Ruling]) -> dict[str, str]:
    """A practice's words: what each case was about, and what was ruled on it.

    The lines of its two pages are shared between the cases, so that it always fits.
    """
    each = (LINES - ceil(len(title) / WIDTH)) // len(ruled)
    about, done = min(3, each // 3), min(4, each - each // 3)
    when = "\n".join(shortened(f"– {one.case.concern}", about * WIDTH) for one in ruled)
    do = "\n".join(shortened(f"– {_said(one)}", done * WIDTH) for one in ruled)
    return {"title": title, "when": when, "do": do}


def _said(ruling: Ruling) -> str:
    choice = ruling.disposition.capitalize()
    return f"{choice}: {ruling.how or ruling.reason}"
