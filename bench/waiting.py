"""Makes the log one in which a hundred thousand lines wait, and each topic has its answer."""

from __future__ import annotations

import uuid

from bench.cast import CAPTAIN, MANAGER, SME
from bench.load import TABLE

WAITING = 100_000
TOPICS = 40
HALF = 2
"""Every so manieth of the unresolved lines has a topic."""
UNANSWERED = 5


def let_wait(program: int) -> None:
    """Make the newest lines unresolved, or owe their feedback, until WAITING are."""
    from django.db import connection

    from escalations.hours import rebuild

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # the worker may be at it
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        for changed, which in (
            ("status = 'unresolved'", "status = 'resolved'"),
            ("feedback = 'owed'", "feedback = 'none' AND status <> 'void'"),
        ):
            cursor.execute(
                f"UPDATE {TABLE} SET {changed} WHERE id IN (SELECT id FROM {TABLE}"
                f" WHERE program_id = %s AND {which} ORDER BY id DESC LIMIT greatest(0, %s -"
                f" (SELECT count(*) FROM {TABLE} WHERE program_id = %s AND {changed})))",
                [program, WAITING, program],
            )
        # What an import left to do for the similar lines would be done meanwhile.
        cursor.execute("DELETE FROM calibration_vectorwanted")
        topics = _topics(program)
        cursor.execute(
            f"UPDATE {TABLE} SET topic_id = (%s::bigint[])[1 + id %% {TOPICS}]"
            f" WHERE program_id = %s AND status = 'unresolved' AND id %% {HALF} = 0",
            [topics, program],
        )
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")
    rebuild()


def appoint(program: int) -> None:
    """Have CAPTAIN be the program's captain."""
    from people.models import CaptainAppointment, User

    names = User.objects.in_bulk([CAPTAIN, MANAGER], field_name="username")
    CaptainAppointment.objects.get_or_create(
        program_id=program, user=names[CAPTAIN], defaults={"appointed_by": names[MANAGER]}
    )


def _topics(program: int) -> list[int]:
    from escalations.models import Topic
    from people.models import User

    maker = User.objects.get(username=SME)
    return [
        Topic.objects.get_or_create(
            program_id=program,
            slug=f"loop-{n}",
            defaults={"name": f"Loop {n}", "created_by": maker},
        )[0].pk
        for n in range(TOPICS)
    ]


def teach(program: int) -> None:
    """Have an answer in force for each topic, but for every UNANSWERED-th of the loop's own."""
    from django.utils import timezone

    from calibration.models import BestPractice
    from escalations.models import Topic
    from people.models import User

    captain, now = User.objects.get(username=CAPTAIN), timezone.now()
    last = BestPractice.objects.filter(program_id=program).values_list("number", flat=True).first()
    answered = BestPractice.objects.filter(state="in_force", kind="answer").values("topic")
    asked = [f"loop-{n}" for n in range(0, TOPICS, UNANSWERED)]
    topics = Topic.objects.filter(program_id=program).exclude(slug__in=asked)
    BestPractice.objects.bulk_create(
        BestPractice(
            program_id=program,
            number=number,
            key=uuid.uuid4(),
            kind="answer",
            topic=topic,
            title=f"What to do about {topic.name}",
            do="Waive it once and say until when.",
            authority="calibrated",
            state="in_force",
            written_by=captain,
            published_by=captain,
            published_at=now,
            effective_from=now,
        )
        for number, topic in enumerate(topics.exclude(pk__in=answered), start=(last or 0) + 1)
    )
