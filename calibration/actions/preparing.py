"""A session before it is open: its cases, their words, who is asked and until when."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone

from calibration.actions.session_steps import (
    check_runs,
    check_state,
    locked_session,
    next_number,
    save_session,
    texts_of,
    without_names,
)
from calibration.models import Case, Participant, Session, SessionState
from calibration.models.positions import LONGEST
from calibration.models.sessions import FEWEST_CASES, MOST_CASES
from escalations.models import Escalation, Topic
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused
from people.retries import whole

TEXTS = ("concern", "offered", "refused_because", "wanted", "resolution")
"""What a case says of its line; the last one not before the reveal."""


@whole
def prepare(
    topic: Topic,
    lines: Collection[Escalation],
    people: Collection[Membership],
    *,
    deadline: datetime,
    key: uuid.UUID,
    by: Membership,
) -> Session:
    """Prepare a session on a topic with these lines as cases; nobody is told yet.

    Names of the agent and references of the customer are taken out of the cases' words. The same
    key again: the same session. Raises PermissionDenied, KeyReused, or ActionRefused for lines of
    another topic, too few or too many of them, nobody who answers, a deadline that is past.
    """
    check_runs(by)
    if made := Session.objects.filter(prepared_by=by.user, key=key).first():
        if (made.program_id, made.topic_id) != (by.program_id, topic.pk):
            raise KeyReused("This form was saved before for another session. Reload the page.")
        return made
    if topic.program_id != by.program_id or not topic.is_live:
        raise ActionRefused("That topic is not there any more.")
    _check_deadline(deadline)
    found = Escalation.objects.visible_to(by).filter(pk__in=[line.pk for line in lines])
    fresh = list(found.filter(topic=topic).select_related("agent").order_by("occurred_at", "pk"))
    _check_count(len(fresh), len(lines))
    with told("prepared", by=by):
        session = Session.objects.create(
            program=by.program,
            number=next_number(by),
            key=key,
            topic=topic,
            deadline=deadline,
            dispositions=by.program.dispositions,
            prepared_by=by.user,
        )
        Case.objects.bulk_create(
            Case(session=session, escalation=line, order=order, **_words(line))
            for order, line in enumerate(fresh, start=1)
        )
    ask(session, people, by=by)
    return session


@whole
def change(
    session: Session,
    *,
    texts: Mapping[int, Mapping[str, str]],
    without: Collection[int] = (),
    people: Collection[Membership],
    deadline: datetime,
    version: int | None,
    by: Membership,
) -> Session:
    """Word the cases of a prepared session (`texts`, by order), leave some out, ask others.

    Raises PermissionDenied, VersionMissing, StaleVersion, or ActionRefused when it is no longer
    prepared, or would be left with too few cases or nobody who answers.
    """
    session = locked_session(session, version=version, by=by)
    check_state(session, SessionState.PREPARED)
    _check_deadline(deadline)
    cases = list(session.cases.order_by("order"))
    kept = [case for case in cases if case.order not in without]
    _check_count(len(kept), len(kept))
    with told("prepared", by=by):
        Case.objects.filter(pk__in=[c.pk for c in cases if c.order in without]).delete()
        for order, case in enumerate(kept, start=1):
            said = texts_of(_chosen(texts.get(case.order, {})), by=by, longest=LONGEST)
            if not said.get("concern", case.concern):
                raise ActionRefused(f"Say what the concern of case {case.order} is.")
            for name, text in said.items():
                setattr(case, name, text)
            case.order = order
            case.save(update_fields=[*said, "order"])
        stay = [member.user_id for member in people]
        session.participants.exclude(user__in=stay).delete()
    ask(session, people, by=by)
    return save_session(session, {"deadline": deadline}, "prepared", by=by)


@whole
def prepare_second_round(
    session: Session, *, deadline: datetime, key: uuid.UUID, by: Membership
) -> Session:
    """Prepare a second blind round: the same cases, list and participants; return it.

    The same key again: the same round. Raises PermissionDenied, or ActionRefused unless the first
    one is concluded and has no second round yet.
    """
    check_runs(by)
    if made := Session.objects.filter(prepared_by=by.user, key=key).first():
        return made
    first = Session.objects.visible_to(by).select_for_update(of=("self",)).get(pk=session.pk)
    check_state(first, SessionState.CONCLUDED)
    if first.round == 2:
        raise ActionRefused("This is a second round already. Prepare a new session.")
    if first.second_rounds.exclude(state=SessionState.CANCELLED).exists():
        raise ActionRefused("This session has its second round.")
    _check_deadline(deadline)
    with told("prepared", by=by):
        again = Session.objects.create(
            program=by.program,
            number=next_number(by),
            key=key,
            topic=first.topic,
            deadline=deadline,
            dispositions=first.dispositions,
            round=2,
            first_round=first,
            prepared_by=by.user,
        )
        for case in first.cases.order_by("order"):
            said = {name: getattr(case, name) for name in (*TEXTS, "order", "escalation_id")}
            Case.objects.create(session=again, **said)
        asked = first.participants.values_list("user", flat=True)
        Participant.objects.bulk_create(
            Participant(session=again, user_id=user) for user in asked.order_by("pk")
        )
    return again


def ask(session: Session, people: Collection[Membership], *, by: Membership) -> list[Participant]:
    """Have these members of the program among the participants; return who is new.

    Raises ActionRefused for nobody at all, or somebody who gives no answers.
    """
    if not people:
        raise ActionRefused("Choose who answers.")
    for member in people:
        if member.program_id != session.program_id or not member.may("give_position"):
            raise ActionRefused(f"{member.user} does not answer in sessions: only SMEs do.")
    known = set(session.participants.values_list("user", flat=True))
    new = [member.user_id for member in people if member.user_id not in known]
    with told("asked", by=by):
        return Participant.objects.bulk_create(
            Participant(session=session, user_id=user) for user in dict.fromkeys(new)
        )


def _words(line: Escalation) -> dict[str, str]:
    hidden = line.agent.name, line.agent.employee_id, line.customer_ref
    said = {name: without_names(getattr(line, name), *hidden)[:LONGEST] for name in TEXTS}
    return said | {"concern": said["concern"] or "–"}


def _chosen(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts[name] for name in TEXTS if name in texts}


def _check_deadline(deadline: datetime) -> None:
    if deadline <= timezone.now():
        raise ActionRefused("The deadline is past. Give them some time.")


def _check_count(found: int, wanted: int) -> None:
    if found != wanted:
        raise ActionRefused("Some of these lines are not under the topic any more. Reload.")
    if not FEWEST_CASES <= found <= MOST_CASES:
        raise ActionRefused(f"A session has {FEWEST_CASES} to {MOST_CASES} cases.")
