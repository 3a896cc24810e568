"""Sessions for tests, made without their actions: as many cases and people as asked for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from calibration.models import Case, Participant, Position, Ruling, Session
from escalations.models import Escalation, Topic
from people.models import User

HOW = "Explain each charge and offer the plan."


def make_session(
    topic: Topic, lines: Sequence[Escalation], people: Sequence[User], **columns: object
) -> Session:
    """An open session on a topic with these lines as cases."""
    last = Session.objects.filter(program=topic.program).order_by("-number").first()
    now = timezone.now()
    session = Session.objects.create(
        **{
            "program": topic.program,
            "number": last.number + 1 if last else 1,
            "key": uuid.uuid4(),
            "topic": topic,
            "state": "open",
            "opened_at": now,
            "deadline": now + timedelta(days=2),
            "dispositions": topic.program.dispositions,
            "prepared_by": people[0],
            **columns,
        }
    )
    for order, line in enumerate(lines, start=1):
        Case.objects.create(
            session=session, escalation=line, order=order, concern=line.concern, resolution="Waived"
        )
    for user in dict.fromkeys(people):
        Participant.objects.create(session=session, user=user, invited_at=now)
    return session


def give(
    session: Session, user: User, *choices: str, how: str = HOW, why: str = "Because."
) -> list[Position]:
    """A person's answers to the cases in order, each with this choice; "" gives none."""
    return [
        Position.objects.create(
            case=case, by=user, key=uuid.uuid4(), disposition=choice, how=how, why=why
        )
        for case, choice in zip(session.cases.order_by("order"), choices, strict=False)
        if choice
    ]


def answer_by_post(browser: Client, number: int, *choices: str) -> None:
    """A signed-in person's first answers to a Skyline session's cases in order, by its forms."""
    for case, choice in enumerate(choices, start=1):
        said = {"key": uuid.uuid4(), "version": 0, "disposition": choice, "how": f"{choice}."}
        answer = browser.post(f"/p/skyline/calibration/sessions/{number}/{case}/", said)
        assert answer.status_code == 302, answer.content


def revealed(session: Session) -> Session:
    """The session after its reveal."""
    session.state, session.revealed_at = "revealed", timezone.now()
    session.save()
    return session


def ruled(session: Session, by: User, *choices: str) -> list[Ruling]:
    """Rulings on the first cases."""
    return [
        Ruling.objects.create(
            case=case, by=by, key=uuid.uuid4(), disposition=choice, how=HOW, reason="Fair."
        )
        for case, choice in zip(session.cases.order_by("order"), choices, strict=False)
    ]


def furnish(topic: Topic, line: Escalation, sme: User, captain: User) -> None:
    """A revealed session of the line's number, half ruled, and an open one."""
    people = list(dict.fromkeys([sme, captain]))
    shown = make_session(topic, [line], people, number=line.number)
    for user, choice in zip(people, ("explain", "transfer"), strict=False):
        give(shown, user, choice)
    ruled(revealed(shown), captain, "explain")
    make_session(topic, [line], people)


def lines_of(topic: Topic) -> list[Escalation]:
    """The lines under a topic, by number."""
    return list(Escalation.objects.filter(topic=topic).order_by("number"))
