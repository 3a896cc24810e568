"""What the database itself refuses of sessions, whoever writes: one test per named constraint."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from calibration import models
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, ruled

pytestmark = pytest.mark.django_db
MODELS = ("Session", "Case", "Participant", "Position", "Grouping", "Ruling")


@pytest.fixture
def session(cora, sam):
    late_fee = topic(cora, "Late fee", "waive the fee", "fee twice")
    return make_session(late_fee, lines_of(late_fee), [cora.user, sam.user])


@pytest.fixture
def refused(session):
    """Expect a constraint, and no other, to refuse what is set on a row."""

    def on(name, row, **facts):
        with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**facts)

    return on


def test_a_session_is_one(session, refused):
    other = make_session(session.topic, [], [session.prepared_by])
    refused("session_number_once", other, number=session.number)
    refused("session_key_once", other, key=session.key)
    refused("session_round_pair", other, round=2)
    refused("session_round_pair", other, first_round=session)
    make_session(session.topic, [], [session.prepared_by], round=2, first_round=session)
    refused("session_second_round_once", other, round=2, first_round=session)


def test_a_state_and_its_moment_come_together(session, refused):
    now = timezone.now()
    refused("session_opened_pair", session, opened_at=None)
    refused("session_revealed_pair", session, revealed_at=now)
    refused("session_concluded_pair", session, concluded_at=now)
    refused("session_cancelled_pair", session, cancelled_at=now, reason="No.")
    refused("session_cancelled_pair", session, state="cancelled", cancelled_at=now)


def test_a_line_is_one_case_and_an_order_is_one(session, refused):
    first, second = session.cases.order_by("order")
    refused("case_line_once", second, escalation=first.escalation)
    refused("case_says_something", first, concern="")
    models.Case.objects.filter(pk=second.pk).update(order=1)
    with pytest.raises(IntegrityError, match='"case_order_once"'):
        transaction.get_connection().check_constraints()


def test_a_person_is_asked_once_and_answers_once(session, refused, cora, sam):
    one, other = session.participants.all()
    refused("participant_once", other, user=one.user)
    given, second = give(session, sam.user, "explain", "transfer")
    refused("position_once", second, case=given.case)
    refused("position_key_once", second, key=given.key)
    refused("position_says_something", given, how="")


def test_a_ruling_has_its_reason_and_its_key(session, refused, cora):
    given, second = ruled(session, cora.user, "explain", "transfer")
    refused("ruling_key_once", second, key=given.key)
    refused("ruling_with_reason", given, reason="")


def test_a_case_outlives_its_line(session):
    case = session.cases.first()
    case.escalation.topic_moves.all().delete()
    case.escalation.delete()
    case.refresh_from_db()
    assert (case.escalation, case.concern) == (None, "waive the fee")


def test_every_named_constraint_has_its_test():
    named = {c.name for one in MODELS for c in getattr(models, one)._meta.constraints}
    words = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in named if f'"{name}"' not in words} == set()
