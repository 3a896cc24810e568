"""The arc in a browser: a session, invitations, blind answers, the reveal, rulings, a practice."""

import re

import pytest
from playwright.sync_api import expect

from calibration.models import BestPractice, Position, Session
from calibration.tests.factories import topic
from calibration.tests.sessionworld import answer_by_post, lines_of
from config.tests.browser import printed_pages
from conftest import member
from people.actions.delivery import deliver_due
from people.models import Notice
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

SESSIONS = "/p/skyline/calibration/sessions/"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(autouse=True)
def links_lead_here(settings, base_url):
    settings.SITE_URL = base_url


def test_five_smes_come_to_one_answer(cora, sam, browse_as, browse, axe, smtp):
    others = [member(f"sme{n}", cora.program, "sme") for n in range(4)]
    AgentFactory(program=cora.program, name="Bill Reyes")
    topic(cora, "Late fee", "Bill said the fee is waived", "fee twice", "an old fee", "no fee")

    # The captain picks three lines by keyboard, reads the cases, and opens it.
    captain = browse_as(cora, f"{SESSIONS}new/?topic=late-fee")
    for _ in range(3):
        captain.keyboard.press("j")
        captain.keyboard.press("x")
    captain.get_by_role("checkbox", name=re.compile("Cora")).uncheck()
    captain.get_by_role("button", name="Prepare it").click()
    expect(captain.get_by_text("Read the cases once more")).to_be_visible()
    axe(captain)
    captain.get_by_role("button", name="Open it").click()
    expect(captain.get_by_text("Who has answered")).to_be_visible()
    assert Session.objects.get().cases.count() == 3

    # Everybody asked is told by mail and on screen.
    deliver_due("test")
    assert {mail.to[0] for mail in smtp.mails} == {
        "sam@floor.example", *(f"sme{n}@floor.example" for n in range(4))
    }  # fmt: skip
    mail = next(mail for mail in smtp.mails if mail.to == ["sam@floor.example"])
    assert Notice.objects.filter(user=sam.user, kind="session_opened").count() == 1

    # Four answer; one does on a phone, one case after the other, mostly by keyboard.
    for person in others[:2]:
        answer_by_post(browse(person), 1, "explain", "explain", "explain")
    for person in others[2:]:
        answer_by_post(browse(person), 1, "make an exception", "explain", "explain")
    phone = browse_as(sam, "/", **PHONE)
    phone.goto(re.search(r"http\S+/sessions/1/", mail.text)[0])
    axe(phone)
    phone.get_by_role("link", name="Answer case 1").click()
    axe(phone)
    phone.keyboard.press("2")
    phone.get_by_label("How would you resolve it?").fill("Zebrafish handle it.")
    phone.keyboard.press("Control+Enter")
    for case in (2, 3):
        expect(phone.get_by_role("heading", name=f"Case {case}")).to_be_visible()
        phone.get_by_label("Transfer").check()
        phone.get_by_label("How would you resolve it?").fill("To billing.")
        phone.get_by_role("button", name="Save and go on").click()
    expect(phone.get_by_text("All cases are answered").first).to_be_visible()
    assert Position.objects.count() == 15

    # Nobody sees a word before the reveal; then all of it, the largest split first.
    captain.goto(f"{SESSIONS}1/")
    expect(captain.get_by_text("all", exact=True)).to_have_count(5)
    assert "Zebrafish" not in captain.content()
    captain.get_by_role("button", name="Reveal all answers").click()
    expect(captain.get_by_text("Zebrafish handle it.").first).to_be_visible()
    expect(captain.locator("section.case h2").first).to_have_text("Case 1")
    axe(captain)
    for case in (1, 2, 3):
        box = captain.locator(f"#case-{case}")
        box.get_by_label("The ruling").select_option("explain")
        box.get_by_label("What is done").fill("Explain the fee, then offer the plan.")
        box.get_by_label("Why", exact=True).fill("It is the same for everybody.")
        box.get_by_role("button", name=f"Rule on case {case}").click()
        expect(captain.locator(f"#case-{case} .ruled")).to_be_visible()
    captain.get_by_role("button", name="Conclude").click()
    expect(captain.get_by_text("Concluded. Its minutes")).to_be_visible()
    captain.get_by_role("button", name="Draft the best practice").click()
    expect(captain).to_have_url(re.compile("/practices/"))
    drafted = BestPractice.objects.get(session=1)
    assert (drafted.authority, drafted.state, str(drafted.topic)) == (
        "calibrated", "draft", "Late fee",
    )  # fmt: skip
    assert "Explain the fee, then offer the plan." in drafted.do
    assert lines_of(drafted.topic)[0].agent.name not in drafted.when

    # Printed minutes fit on one or two pages.
    captain.goto(f"{SESSIONS}1/minutes/")
    assert 1 <= printed_pages(captain) <= 2
