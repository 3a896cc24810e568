"""A masked number is noted with its line; a captain says when it is none."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations import actions
from escalations.actions.logging import NewLine, digest_of
from escalations.actions.masking import Mark, a_card_after_all, marks_said, not_a_card
from escalations.models import Escalation, MaskedNumber
from escalations.tests.factories import EscalationFactory, MaskedNumberFactory
from escalations.tests.sheet import LOG, posted
from people.agentwords import AgentMatch
from people.cards import Found, NotACard
from people.models import Program
from people.tests.factories import AgentFactory

CARD = "4111 1111 1111 1111"
ORDER = "4000 0012 3456 7899"
SHAPE = NotACard("400000", "7899", 16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def logged(by, agent, **said):
    line = NewLine(occurred_at=timezone.now() - timedelta(minutes=1), **said)
    digest = digest_of(by.program, {name: str(text) for name, text in said.items()})
    return actions.log(line, agent=AgentMatch(agent=agent), key=uuid.uuid4(), digest=digest, by=by)


def test_an_action_masks_whoever_calls_it(sam, tina):
    line = logged(sam, tina, concern=f"charged {CARD}", wanted="cvv 123", customer_ref=CARD)
    line.refresh_from_db()
    assert (line.concern, line.wanted, line.customer_ref) == (
        "charged •••• 1111",
        "cvv •••",
        "•••• 1111",
    )
    noted = list(line.masked_numbers.values_list("field", "first", "last", "digits", "by"))
    assert noted == [
        ("concern", "411111", "1111", 16, sam.user_id),
        ("customer_ref", "411111", "1111", 16, sam.user_id),
    ]


def test_a_line_without_a_card_asks_nothing_more(sam, tina):
    with CaptureQueriesContext(connection) as asked:
        logged(sam, tina, concern="order 1234567890123456 is late")
    assert not any("masked" in query["sql"] for query in asked)


def test_an_edit_and_a_void_mask_and_note(cora, tina):
    line = EscalationFactory(agent=tina)
    said = {"resolution": CARD}
    line = actions.edit(line, said, version=1, by=cora, reason=f"gave {CARD}")
    assert line.resolution == "•••• 1111"
    assert line.past.get().pgh_context.metadata["reason"] == "gave •••• 1111"
    line = actions.void(line, reason=f"twice {ORDER}", version=2, by=cora)
    assert line.void_reason == "twice •••• 7899"
    assert set(line.masked_numbers.values_list("field", flat=True)) == {
        "resolution",
        "reason",
        "void_reason",
    }


def test_many_lines_are_masked_too(mona, tina):
    at = timezone.now() - timedelta(minutes=5)
    actions.log_many([NewLine(occurred_at=at, concern=f"paid with {CARD}", agent=tina)], by=mona)
    assert Escalation.objects.get().concern == "paid with •••• 1111"


def test_what_the_browser_masked_is_noted(sam, tina, browse):
    said = posted(agent="Tina / 123456", concern="paid with •••• 1111")
    browse(sam).post(LOG, {**said, "masked": ["concern 411111 1111 16", "nonsense", "x 1 2 3"]})
    number = MaskedNumber.objects.get()
    assert (number.field, number.shape) == ("concern", NotACard("411111", "1111", 16))


def test_only_what_can_be_a_masked_number_is_believed():
    assert marks_said(["concern 411111 1111 16"]) == (Mark("concern", Found("411111", "1111", 16)),)
    said = ["key 411111 1111 16", "concern 4111111111111111", "concern 411111 1111 99", ""]
    assert marks_said(said) == ()
    assert len(marks_said(["concern 411111 1111 16"] * 50)) == 20


def test_a_captain_says_that_it_is_no_card(cora, sam, tina, browse):
    line = logged(sam, tina, concern=f"order {ORDER}")
    assert line.concern == "order •••• 7899"
    page = browse(cora).get(f"{LOG}{line.number}/").content.decode()
    assert "A number ending <strong>7899</strong> was masked in Concern" in page
    number = line.masked_numbers.get()
    url = f"{LOG}{line.number}/masked/{number.pk}/"
    page = browse(cora).post(url, {"is_card": "N"}, follow=True).content.decode()
    assert "is let through from now on" in page
    assert "says Cora" in page
    assert '"first": "400000"' in page
    said = posted(concern=f"order {ORDER} and {CARD}")
    browse(sam).post(LOG, said)
    assert Escalation.objects.latest("pk").concern == f"order {ORDER} and •••• 1111"
    page = browse(cora).post(url, {"is_card": "Y"}, follow=True).content.decode()
    assert "is masked again from now on" in page
    assert "not-cards" not in page
    browse(sam).post(LOG, posted(concern=f"order {ORDER}"))
    assert Escalation.objects.latest("pk").concern == "order •••• 7899"


def test_an_sme_sees_the_numbers_and_no_button(sam, tina, browse):
    line = logged(sam, tina, concern=ORDER)
    page = browse(sam).get(f"{LOG}{line.number}/").content.decode()
    assert "Masked numbers" in page
    assert "Not a card number" not in page


def test_saying_it_twice_says_it_once_and_taking_it_back_takes_all_back(cora, mona, tina):
    one, two = [
        MaskedNumberFactory(escalation=EscalationFactory(agent=tina), first="400000", last="7899")
        for _ in range(2)
    ]
    not_a_card(one, by=cora)
    not_a_card(one, by=mona)
    not_a_card(two, by=mona)
    one.refresh_from_db()
    assert one.not_a_card_by == cora.user
    assert Program.objects.get(pk=cora.program_id).let_through == {SHAPE}
    assert a_card_after_all(two, by=cora).not_a_card_at is None
    assert not MaskedNumber.objects.let_through().exists()
    assert Program.objects.get(pk=cora.program_id).let_through == frozenset()
    assert a_card_after_all(two, by=cora).not_a_card_at is None


def test_another_program_is_not_let_through(cora, olga, tina, skyline, harbor):
    not_a_card(MaskedNumberFactory(escalation=EscalationFactory(agent=tina), last="7899"), by=cora)
    line = logged(olga, AgentFactory(program=harbor), concern=ORDER)
    assert line.concern == "•••• 7899"


def test_only_who_may_clear_numbers_does(sam, tina):
    number = MaskedNumberFactory(escalation=EscalationFactory(agent=tina))
    with pytest.raises(PermissionDenied):
        not_a_card(number, by=sam)
