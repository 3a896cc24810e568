"""A session before it is open: its cases, their words, who is asked and until when."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from calibration.actions.session_steps import (
    check_count,
    check_deadline,
    check_runs,
    check_state,
    held_session,
    next_number,
    save_session,
    texts_of,
    without_names,
)
from calibration.models import Case, Participant, Session, SessionState
from calibration.models.positions import LONGEST
from escalations.models import Escalation, Status, Topic
from people.history import told
from people.models import Membership
from people.refusals import ActionRefused, KeyReused, check_version
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
    key with the same again: the same session. Raises PermissionDenied, KeyReused, or ActionRefused
    for lines of another topic or void ones, too few or too many of them, nobody who answers, a
    deadline that is past.
    """
    check_runs(by)
    number = next_number(by)  # held from here on: of two clicks the second finds the first
    if made := Session.objects.filter(prepared_by=by.user, key=key).first():
        return _made(made, topic, lines, people, deadline, by=by)
    if topic.program_id != by.program_id or not topic.is_live:
        raise ActionRefused("That topic is not there any more.")
    check_deadline(deadline)
    found = Escalation.objects.visible_to(by).filter(pk__in=[line.pk for line in lines])
    here = found.filter(topic=topic).exclude(status=Status.VOID).select_related("agent")
    fresh = list(here.order_by("occurred_at", "pk"))
    if len(fresh) != len(lines):
        raise ActionRefused("Some of these lines are void or not under the topic now. Reload.")
    check_count(len(fresh))
    with told("prepared", by=by):
        session = Session.objects.create(
            program=by.program,
            number=number,
            key=key,
            topic=topic,
            deadline=deadline,
            dispositions=once_each(by.program.dispositions),
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
    """Word the cases of a prepared session (`texts`, by case's key), leave some out, ask others.

    What is so already is not saved again, whatever the version. Raises PermissionDenied,
    VersionMissing, StaleVersion, or ActionRefused when it is no longer prepared, would be left with
    too few cases or nobody who answers, and for the cases of a second round: they are the first's.
    """
    session = held_session(session, by=by)
    cases = list(session.cases.order_by("order"))
    said = {
        case: texts_of(_chosen(texts[case.pk]), by=by, longest=LONGEST)
        for case in cases
        if case.pk in texts and case.pk not in without
    }
    gone = (texts.keys() - {case.pk for case in cases}) - set(without)
    is_left = not gone and not any(case.pk in without for case in cases)
    if version and is_left and _is_so(session, said, people, deadline):
        return session
    check_state(session, SessionState.PREPARED)
    check_version(session, version)
    if session.round == 2 and (said or without):
        raise ActionRefused("A second round has the cases of the first, in their words.")
    check_deadline(deadline)
    _reword(session, cases, said, without, by=by)
    stay = [member.user_id for member in people]
    with told("prepared", by=by):
        session.participants.exclude(user__in=stay).delete()
    ask(session, people, by=by)
    return save_session(session, {"deadline": deadline}, "prepared", by=by)


@whole
def prepare_second_round(
    session: Session, *, deadline: datetime, key: uuid.UUID, by: Membership
) -> Session:
    """Prepare a second blind round: the same cases and list, the participants who still answer.

    The same key again: the same round, whatever its deadline is by now. Raises PermissionDenied,
    KeyReused, or ActionRefused unless the first one is concluded and has no second round yet.
    """
    first = held_session(session, by=by)
    number = next_number(by)
    if made := Session.objects.filter(prepared_by=by.user, key=key).first():
        if made.first_round_id != first.pk:
            raise KeyReused("This form was saved before for another session. Reload the page.")
        return made
    check_state(first, SessionState.CONCLUDED)
    if first.round == 2:
        raise ActionRefused("This is a second round already. Prepare a new session.")
    if first.second_rounds.exclude(state=SessionState.CANCELLED).exists():
        raise ActionRefused("This session has its second round.")
    check_deadline(deadline)
    with told("prepared", by=by):
        again = Session.objects.create(
            program=by.program,
            number=number,
            key=key,
            topic=first.topic,
            deadline=deadline,
            dispositions=once_each(first.dispositions),
            round=2,
            first_round=first,
            prepared_by=by.user,
        )
        for case in first.cases.order_by("order"):
            said = {name: getattr(case, name) for name in (*TEXTS, "order", "escalation_id")}
            Case.objects.create(session=again, **said)
        asked = first.participants.may_answer().values_list("user", flat=True)
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


def once_each(dispositions: Sequence[str]) -> list[str]:
    """A list of dispositions, each once, in its order."""
    return list(dict.fromkeys(dispositions))


def _made(
    made: Session,
    topic: Topic,
    lines: Collection[Escalation],
    people: Collection[Membership],
    deadline: datetime,
    *,
    by: Membership,
) -> Session:
    """What this key prepared, if the form said what the session is now; else KeyReused."""
    said = (by.program_id, topic.pk, deadline, {one.pk for one in lines})
    lines_now = set(made.cases.values_list("escalation", flat=True))
    is_same = said == (made.program_id, made.topic_id, made.deadline, lines_now)
    if not is_same or not _asks(made, people):
        raise KeyReused(f"This form was saved before, as session {made.number}. Reload the page.")
    return made


def _is_so(
    session: Session,
    said: Mapping[Case, Mapping[str, str]],
    people: Collection[Membership],
    deadline: datetime,
) -> bool:
    """Whether the session has these words, people and deadline already."""
    words = all(getattr(case, name) == text for case in said for name, text in said[case].items())
    return words and session.deadline == deadline and _asks(session, people)


def _asks(session: Session, people: Collection[Membership]) -> bool:
    asked = set(session.participants.values_list("user", flat=True))
    return asked == {member.user_id for member in people}


def _reword(
    session: Session,
    cases: list[Case],
    said: Mapping[Case, Mapping[str, str]],
    without: Collection[int],
    *,
    by: Membership,
) -> None:
    """Set the words of cases, delete those that are left out, number the others anew."""
    kept = [case for case in cases if case.pk not in without]
    check_count(len(kept))
    with told("prepared", by=by):
        session.cases.filter(pk__in=without).delete()
        for order, case in enumerate(kept, start=1):
            words = said.get(case, {})
            if not words.get("concern", case.concern):
                raise ActionRefused(f"Say what the concern of case {case.order} is.")
            for name, text in words.items():
                setattr(case, name, text)
            case.order = order
            case.save(update_fields=[*words, "order"])


def _words(line: Escalation) -> dict[str, str]:
    hidden = line.agent.name, line.agent.employee_id, line.customer_ref
    said = {name: without_names(getattr(line, name), *hidden)[:LONGEST] for name in TEXTS}
    return said | {"concern": said["concern"] or "–"}


def _chosen(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts[name] for name in TEXTS if name in texts}
