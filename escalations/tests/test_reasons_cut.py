"""A reason that is too long is cut, and no half of a card number stays of it."""

import pytest

from escalations import actions
from escalations.actions.feedback import waive
from escalations.history import story_of
from escalations.models import MaskedNumber
from escalations.tests.factories import EscalationFactory

LONG = "x" * 288 + " 4111 1111 1111 1111 and more of it"


@pytest.fixture
def line(sam):
    return EscalationFactory(program=sam.program, logged_by=sam.user, feedback="owed")


def test_the_reason_of_a_waived_feedback_keeps_no_half_of_a_card_number(line, sam):
    waive(line, version=1, reason=LONG, by=sam)
    told = " ".join(str(step) for step in story_of(line))
    assert "4111" not in told
    assert MaskedNumber.objects.get().last == "1111"


def test_the_reason_of_a_void_line_keeps_none_either(line, mona):
    void = actions.void(line, reason=LONG, version=1, by=mona)
    assert "4111" not in void.void_reason
    assert len(void.void_reason) <= 300
