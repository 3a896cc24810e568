"""The whole loop in a browser: logged, fed back, forwarded, answered by the client, resolved."""

import re

import pytest
from playwright.sync_api import expect

from escalations.models import Escalation
from people.actions.delivery import deliver_due
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)


def story(page, n):
    page.goto(f"/p/skyline/log/{n}/")
    return page.locator(".timeline").inner_text()


def log(page, concern, *, feedback="N"):
    page.get_by_label("Agent, name or ID").fill("Abe / 700001")
    page.get_by_label("Concern", exact=True).fill(concern)
    page.locator("#entry-status").select_option("unresolved")
    page.locator("#entry-feedback").select_option(feedback)
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line", has_text=concern)).to_be_visible()


@pytest.fixture(autouse=True)
def links_lead_here(settings, base_url):
    settings.SITE_URL = base_url


def test_what_the_floor_cannot_resolve_comes_back_as_the_clients_word(
    sam, mona, abe, browse_as, new_context, axe, smtp
):
    AgentFactory(program=sam.program, employee_id="123456", name="Tina")
    sheet = browse_as(sam, "/p/skyline/log/")
    log(sheet, "waive the reconnection fee", feedback="Y")
    log(sheet, "change of owner without papers")
    first, second = Escalation.objects.order_by("number")
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("j")
    sheet.keyboard.press("c")
    sheet.wait_for_url(f"**/log/{second.number}/call/")
    axe(sheet)
    expect(sheet.get_by_text("change of owner without papers")).to_be_visible()

    give = browse_as(sam, f"/p/skyline/feedback/{first.number}/")
    give.locator(f"#told-text-{first.number}").fill("Say first what can be done.")
    give.locator(f"#told-text-{first.number}").press("Enter")
    expect(give.get_by_text("Say first what can be done.").first).to_be_visible()
    phone = browse_as(abe, "/p/skyline/my-feedback/", viewport={"width": 390, "height": 844})
    phone.get_by_role("textbox").first.fill("I will say that first.")
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name=re.compile("Acknowledge|read", re.IGNORECASE)).first.click()
    expect(phone.get_by_text("“I will say that first.”")).to_be_visible()

    page = browse_as(mona, "/p/skyline/forwarding/contacts/")
    axe(page)
    page.get_by_role("textbox", name="Name", exact=True).fill("Carla Client")
    page.get_by_role("textbox", name="E-mail", exact=True).fill("carla@client.example")
    page.get_by_role("button", name="Put on the list").click()
    page.goto("/p/skyline/forwarding/")
    axe(page)
    page.get_by_label("waive the reconnection fee").check()
    page.get_by_label("change of owner without papers").check()
    page.get_by_role("button", name="Write to the client").click()
    axe(page)
    page.get_by_label("To", exact=True).select_option(label="Carla Client")
    for place, question in enumerate(["May we waive it once?", "What papers are enough?"]):
        page.get_by_label("Question to the client").nth(place).fill(question)
        page.get_by_label("What the customer wants").nth(place).fill("an exception")
    page.get_by_role("button", name="Look at it as the client will").click()
    axe(page)
    expect(page.get_by_text("1. May we waive it once?")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("is on its way to Carla Client")).to_be_visible()
    axe(page)
    assert set(Escalation.objects.values_list("status", "wanted")) == {
        ("forwarded", "an exception")
    }
    page.get_by_role("link", name="Print").click()
    axe(page)
    expect(page.get_by_text("☐ Do this").first).to_be_visible()

    deliver_due("test")
    mail = next(mail for mail in smtp.mails if mail.to == ["carla@client.example"])
    assert "May we waive it once?" in mail.text
    client = new_context(viewport={"width": 390, "height": 844}).new_page()
    client.goto(re.search(r"http\S+/reply/\S+/", mail.text)[0])
    axe(client)
    client.get_by_label("Do this").first.check()
    client.get_by_label("In your words").first.fill("Waive it once per household.")
    client.get_by_role("button", name="Send my answers").click()
    expect(client.get_by_text("1 question is still open")).to_be_visible()
    axe(client)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("answered", "forwarded")
    client.get_by_label("Not possible, final").last.check()
    client.get_by_role("button", name="Send my answers").click()
    expect(client.get_by_text("Nothing is left to do")).to_be_visible()

    line = browse_as(sam, f"/p/skyline/log/{first.number}/")
    axe(line)
    expect(line.get_by_text("Waive it once per household.").first).to_be_visible()
    line.get_by_label("What the customer was told").fill("The fee is waived this once.")
    line.get_by_role("button", name="Close the line").click()
    expect(line.get_by_text(f"Line {first.number} is closed.")).to_be_visible()
    first.refresh_from_db()
    assert (first.status, first.resolution) == ("resolved", "The fee is waived this once.")
    told = story(line, first.number)
    for step in (
        "logged it",
        "gave the agent feedback",
        "acknowledged the feedback",
        "forwarded it to the client",
        "Carla Client (client) answered it",
        "closed it with the client’s answer",
    ):
        assert step in told
