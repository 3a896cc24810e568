"""By keyboard: the answer is that of the chosen topic, and what is kept of it is what was done."""

import pytest
from playwright.sync_api import expect

from calibration.models import PracticeUse
from calibration.tests.factories import BOXES, FEES, topic
from calibration.tests.practices import in_force
from calibration.tests.test_known_answer_browser import SAID, said_of
from calibration.tests.test_known_browser import begin
from escalations.models import Escalation
from escalations.tests.typing_browser import LOG
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_answer_follows_the_chosen_topic_and_only_what_was_used_is_a_use(
    skyline, cora, sam, browse_as
):
    AgentFactory(program=skyline, employee_id="123456", name="Tina")
    fees, rental = topic(cora, "Late fees", *FEES), topic(cora, "Rental", *BOXES)
    of_fees = in_force(cora, fees)
    of_rental = in_force(cora, rental, words={"title": "The box", "do": "Offer the small box."})
    page = browse_as(sam, LOG)
    begin(page)
    known, select = page.locator("#known"), page.locator("#entry-topic")
    said, resolution = page.locator("#entry-known"), page.locator("#entry-resolution")
    use = known.locator("[data-use]")
    page.keyboard.type(SAID)
    expect(known).to_contain_text("One courtesy waiver")

    select.select_option("Rental")
    expect(known).to_contain_text("The box")
    expect(known).not_to_contain_text("One courtesy waiver")
    select.select_option("")
    expect(known).to_contain_text("One courtesy waiver")

    page.locator("#entry-concern").focus()
    page.keyboard.press("Alt+u")
    expect(said).to_have_value(f"used:{of_fees.number}")
    expect(select).to_have_value("late-fees")
    expect(page.locator("#entry-concern")).to_be_focused()
    page.keyboard.press("Alt+u")
    expect(said).to_have_value("")
    expect(select).to_have_value("")
    expect(resolution).to_have_value("")
    page.keyboard.press("Alt+u")
    expect(select).to_have_value("late-fees")
    page.keyboard.press("Alt+1")
    expect(said).to_have_value("")
    expect(resolution).not_to_have_value("Waive it once a year.")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line").first).to_contain_text(SAID)
    assert Escalation.objects.latest("pk").topic == fees
    assert not PracticeUse.objects.exists()

    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("technician never came at all")
    expect(known.locator("[data-nothing]")).to_be_visible()
    expect(use).to_have_count(0)
    page.keyboard.press("Alt+k")
    expect(said).to_have_value("nothing")
    select.select_option("Rental")
    expect(use).to_have_attribute("data-use", str(of_rental.number))
    expect(said).to_have_value("")
    page.locator("#entry-concern").focus()
    page.keyboard.press("Alt+u")
    page.keyboard.press("Enter")
    assert said_of(page, "technician never came at all") == ("used", "")
