"""By keyboard alone: the answer in force is used, did not fit, or nothing is known; the guide."""

import pytest
from playwright.sync_api import Page, expect

from calibration.models import PracticeUse
from calibration.tests.factories import BOXES, FEES, topic
from calibration.tests.practices import in_force
from calibration.tests.test_known_browser import begin
from config.tests.browser import printed_pages
from escalations.models import Escalation
from escalations.tests.typing_browser import LOG, kept, wait_for
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "client is angry about the late fees he was charged"


@pytest.fixture
def card(skyline, cora):
    AgentFactory(program=skyline, employee_id="123456", name="Tina")
    fees = topic(cora, "Late fees", *FEES)
    topic(cora, "Rental", *BOXES)
    return in_force(cora, fees)


def said_of(page: Page, concern: str) -> tuple[str, str]:
    """What is kept of the line with this concern, once it is."""
    uses = PracticeUse.objects.filter(escalation__concern=concern)
    wait_for(lambda: page.wait_for_timeout(20) or uses.exists())
    return uses.values_list("outcome", "reason").get()


def test_an_sme_says_by_one_key_how_the_answer_served(card, sam, browse_as, axe):
    page = browse_as(sam, LOG)
    begin(page)
    known, concern = page.locator("#known"), page.locator("#entry-concern")
    resolution, why = page.locator("#entry-resolution"), page.locator("#entry-known-reason")

    page.keyboard.type(SAID)
    expect(known).to_contain_text("One courtesy waiver")
    expect(known.locator(".stamp")).to_have_text("Calibrated")
    expect(concern).to_be_focused()
    axe(page)
    page.keyboard.press("Alt+u")
    expect(resolution).to_have_value("Waive it once a year.")
    expect(known.locator("[data-use]")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Alt+x")  # it did not, after all
    expect(resolution).to_have_value("")
    expect(why).to_be_focused()
    axe(page)
    page.keyboard.press("Escape")
    expect(concern).to_be_focused()
    page.keyboard.press("Alt+u")
    page.keyboard.press("Enter")
    assert said_of(page, SAID) == ("used", "")
    assert Escalation.objects.latest("pk").resolution == "Waive it once a year."
    expect(page.locator("#entry-known")).to_have_value("")

    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type(f"{SAID} twice")
    expect(known.locator("[data-misfit]")).to_be_visible()
    page.keyboard.press("Alt+x")
    page.keyboard.type("the waiver was used up")
    page.keyboard.press("Enter")
    assert said_of(page, f"{SAID} twice") == ("did_not_fit", "the waiver was used up")
    expect(page.locator("#known-why")).to_be_hidden()

    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("technician never came again")
    expect(known.locator("[data-nothing]")).to_be_visible()
    page.keyboard.press("Alt+k")
    page.keyboard.press("Alt+g")
    expect(page.locator("#guide")).to_contain_text("Acknowledge")
    expect(page.locator("#guide")).to_contain_text("Why does the customer not accept it?")
    expect(concern).to_be_focused()
    axe(page)
    page.keyboard.press("Alt+g")
    expect(page.locator("#guide")).to_be_hidden()
    page.keyboard.press("Enter")
    assert said_of(page, "technician never came again") == ("nothing", "")


def test_a_card_is_printed_on_one_page_or_two_and_written_without_losing_a_word(
    card, cora, browse_as, axe
):
    page = browse_as(cora, f"/p/skyline/practices/{card.number}/")
    axe(page)
    assert printed_pages(page) == 1
    full = {"when": "Mostly. " * 50, "do": "One step.\n" * 20, "say": "Say it slowly. " * 90}
    full |= {"dont": "Never.\n" * 8, "who_may": "Everybody may. " * 20}
    page.goto(page.url.replace(f"{card.number}/", f"{in_force(cora, words=full).number}/"))
    assert printed_pages(page) == 2
    page.goto(page.url.rsplit("/", 2)[0] + f"/{card.number}/")
    page.goto(page.url.replace(f"{card.number}/", "new/?topic=late-fees"))
    expect(page.get_by_text("In force now")).to_be_visible()
    axe(page)
    page.locator("#id_say").fill("Let me look at it with you.")
    page.locator("#id_say").press("End")
    wait_for(lambda: page.wait_for_timeout(20) or "with you." in str(kept(page, "drafts")))
    page.reload()
    expect(page.locator("#id_say")).to_have_value("Let me look at it with you.")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("In its place today")).to_have_count(0)
    expect(page.locator(".part-say")).to_contain_text("Let me look at it with you.")
    page.goto(page.url.rsplit("/", 2)[0] + "/")
    expect(page.get_by_role("heading", name="Best practices")).to_be_visible()
    axe(page)
