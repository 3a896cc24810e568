"""The answer in force beside a concern that is typed, and what is said of it with the line."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calibration.knownanswers import Answers
from calibration.models import PracticeUse
from calibration.tests.factories import BOXES, FEES, log, topic
from calibration.tests.practices import answered, in_force
from calibration.tests.test_known import FRAGMENT, KNOWN, asked
from escalations.models import Escalation
from escalations.tests.sheet import LOG, posted
from people.tests.factories import AgentFactory

SAID = "customer says the late fee is wrong"


@pytest.fixture
def fees(skyline, cora):
    AgentFactory(program=skyline, employee_id="123456", name="Tina")
    made = topic(cora, "late fee", *FEES)
    topic(cora, "rental", *BOXES)
    return made


def test_the_answer_stands_on_top_with_its_authority_date_source_and_techniques(
    fees, cora, sam, browse
):
    assert "No answer in force for late fee" in asked(browse, sam, SAID)
    card = in_force(cora, fees, source="Session 4", words={"who_may": "Every SME"})
    in_force(cora, words={"title": "Lower your voice"})
    shown = asked(browse, sam, SAID)
    for words in ("Calibrated", "Session 4", card.title, "Every SME", "Lower your voice", "since"):
        assert words in shown
    assert f'data-use="{card.number}"' in shown
    assert shown.index(card.title) < shown.index("Similar lines")
    assert 'data-said="Known answer, Calibrated: One courtesy waiver.' in shown
    assert "<span data-resolution>Waive it once a year.</span>" in shown


def test_the_clients_ruling_is_shown_until_it_is_the_answer(fees, cora, mona, sam, browse):
    item = answered(fees.escalations.first(), mona, text="Waive it up to $10.")
    in_force(cora, fees)
    shown = asked(browse, sam, SAID)
    assert "do this: Waive it up to $10." in shown
    assert "Dana Desk" in shown
    item.answers.update(verdict="need_more")
    assert "Dana Desk" not in asked(browse, sam, SAID)
    item.answers.update(verdict="not_possible", text="")
    assert "not possible" in asked(browse, sam, SAID)
    in_force(mona, fees)
    assert "Dana Desk" not in asked(browse, sam, SAID)


def test_what_does_not_fit_any_topic_is_answered_with_nothing(fees, cora, sam, browse):
    in_force(cora, fees)
    shown = asked(browse, sam, "technician never came")
    assert "No answer in force" in shown
    assert "data-nothing" in shown


def test_it_asks_the_database_once_more(fees, cora, sam, browse, monkeypatch):
    in_force(cora, fees)
    browser = browse(sam)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(KNOWN, {"concern": SAID}, headers=FRAGMENT)
        return len(queries)

    statements()
    asked = statements()
    monkeypatch.setattr("calibration.views.known.answers_for", lambda *_: Answers())
    assert asked == statements() + 1


@pytest.mark.parametrize(
    ("known", "reason", "kept"),
    [
        ("used:{n}", "ignored", ("used", "")),
        ("did_not_fit:{n}", "card 4111 1111 1111 1111", ("did_not_fit", "card •••• 1111")),
        ("did_not_fit:{n}", "", ("did_not_fit", "")),
        ("nothing", "", ("nothing", "")),
        ("", "", None),
        ("used:99999", "", None),
        ("used:", "", None),
        ("nothing:{n}", "", None),
        ("liked:{n}", "", None),
        ("used:²", "", None),
        ("x" * 5000, "", None),
    ],
)
def test_what_was_said_is_kept_with_the_line_and_never_stops_it(
    fees, cora, sam, browse, known, reason, kept
):
    card = in_force(cora, fees)
    said = posted(concern=SAID, known=known.format(n=card.number), known_reason=reason)
    for _ in range(2):  # a repeated key is the same line
        assert browse(sam).post(LOG, said).status_code == 302
    line = Escalation.objects.latest("pk")
    assert line.concern == SAID
    uses = [(use.outcome, use.reason) for use in PracticeUse.objects.filter(escalation=line)]
    assert uses == ([kept] if kept else [])


def test_a_card_of_another_program_is_not_used(fees, cora, harbor, mona, sam, browse):
    mona.program, mona.program_id = harbor, harbor.pk
    theirs = in_force(mona)
    theirs.number = 777
    theirs.save(update_fields=["number"])
    browse(sam).post(LOG, posted(concern=SAID, known="used:777"))
    assert not PracticeUse.objects.exists()


def test_plain_saving_asks_nothing_of_practices(fees, cora, sam, browse):
    in_force(cora, fees)
    browser = browse(sam)
    browser.post(LOG, posted(concern=SAID))
    with CaptureQueriesContext(connection) as queries:
        browser.post(LOG, posted(concern=SAID))
    assert not [q for q in queries if "practice" in q["sql"]]


def test_a_line_that_waits_says_it_on_its_own_page(fees, cora, sam, browse):
    card, line = in_force(cora, fees), fees.escalations.first()
    use = f"{KNOWN}use/"
    shown = asked(browse, sam, "", line=str(line.number))
    assert card.title in shown
    assert re.search(r'name="outcome" value="used"', shown)
    said = {"line": line.number, "practice": card.number, "outcome": "did_not_fit"}
    assert browse(sam).post(use, said).status_code == 409
    assert browse(sam).post(use, {**said, "reason": "no balance"}).status_code == 302
    assert "You said: did not fit, “no balance”" in asked(browse, sam, "", line=str(line.number))
    assert browse(sam).post(use, {**said, "practice": "x"}).status_code == 404
    assert browse(sam).post(use, {**said, "line": ""}).status_code == 404
    other = log(cora, "technician never came")[0]
    assert browse(sam).post(use, {"line": other.number, "outcome": "nothing"}).status_code == 302
    assert [gap.escalation for gap in PracticeUse.objects.visible_to(sam).gaps()] == [other]
