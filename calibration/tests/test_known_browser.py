"""While a concern is typed: what is known of it stands beside it, and nothing disturbs."""

import re

import pytest
from django.db.models import F
from playwright.sync_api import Page, Route, expect

from calibration.tests.factories import BOXES, FEES, topic
from escalations.models import Escalation
from escalations.tests.typing_browser import LOG, NO_NET, READY, kept, wait_for
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "client is angry about the late fees he was charged"


@pytest.fixture
def floor(skyline, cora):
    AgentFactory(program=skyline, employee_id="123456", name="Tina")
    fees = topic(cora, "Late fees", *FEES)
    topic(cora, "Rental", *BOXES)
    for line in fees.escalations.all():
        line.resolution = f"One courtesy waiver, as on {line.number}"
        line.save(update_fields=["resolution"])
    Escalation.objects.update(number=F("number") + 9_000)
    return fees


def begin(page: Page) -> list[str]:
    """Wait until the sheet is ready; the list grows by each concern that is asked about."""
    asked: list[str] = []
    page.wait_for_selector(READY)
    page.on("request", lambda one: asked.append(one.url) if "/known/" in one.url else None)
    expect(page.locator("#entry-agent")).to_be_focused()
    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    return asked


def test_an_sme_sees_the_topic_why_and_how_it_ended_and_takes_both_by_a_key(
    floor, sam, browse_as, axe
):
    page = browse_as(sam, LOG)
    begin(page)
    top = page.locator("tbody.line").first.bounding_box()
    page.keyboard.type(SAID)
    known = page.locator("#known")
    expect(known.get_by_role("button", name="Late fees")).to_be_visible()
    expect(known.locator("mark").first).to_have_text("late")
    expect(known.locator(".take")).to_have_count(3)
    expect(known).to_contain_text("One courtesy waiver")
    expect(known).to_contain_text("Resolved")
    expect(known).to_contain_text("Found by")
    expect(page.locator("#known-said")).to_contain_text("similar lines")
    expect(page.locator("#entry-concern")).to_be_focused()
    assert page.locator("tbody.line").first.bounding_box() == top, "no row has moved"
    axe(page)
    page.keyboard.press("Alt+2")
    taken = known.locator("[data-resolution]").nth(1).inner_text()
    expect(page.locator("#entry-resolution")).to_have_value(taken)
    page.keyboard.press("Alt+t")
    expect(page.locator("#entry-topic")).to_have_value("late-fees")
    expect(known.get_by_role("button", name="Late fees")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#entry-concern")).to_be_focused()
    expect(page.locator("#entry-concern")).to_have_value(SAID)
    page.keyboard.press("Enter")
    row = page.locator("tbody.line").first
    expect(row).to_contain_text(SAID)
    expect(row.locator(".c-topic")).to_have_text("Late fees")
    expect(known).to_be_empty()
    expect(page.locator("#entry-topic")).to_have_value("")
    line = Escalation.objects.latest("pk")
    assert (line.topic, line.resolution, line.concern) == (floor, taken, SAID)


def test_what_was_taken_is_put_back_by_the_same_key_and_what_was_typed_is_not_lost(
    floor, sam, browse_as
):
    page = browse_as(sam, LOG)
    begin(page)
    page.keyboard.type("late fee on the bill")
    page.keyboard.press("Tab")
    page.keyboard.type("told him why")
    expect(page.locator("#known .take").first).to_be_visible()
    field = page.locator("#entry-resolution")
    page.keyboard.press("Alt+1")
    expect(field).to_have_value(re.compile("courtesy"))
    first = field.input_value()
    page.keyboard.press("Alt+2")
    expect(field).not_to_have_value(first)
    page.keyboard.press("Alt+2")
    expect(field).to_have_value("told him why")
    page.keyboard.press("Alt+t")
    expect(page.locator("#entry-topic")).not_to_have_value("")
    suggested = page.locator("#known [data-topic]").count()
    for _ in range(suggested):
        page.keyboard.press("Alt+t")
    expect(page.locator("#entry-topic")).to_have_value("")
    page.locator("#known .take").nth(0).click()
    expect(field).to_be_focused()
    expect(field).to_have_value(first)


def test_one_question_at_a_time_and_then_only_the_newest(floor, sam, browse_as):
    page = browse_as(sam, LOG)
    asked = begin(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/known/**", hold)
    page.keyboard.type("late fee on")
    wait_for(lambda: page.wait_for_timeout(20) or held)
    for more in (" the", " bill", " of march"):
        page.keyboard.type(more)
        page.wait_for_timeout(400)
    assert len(asked) == len(held) == 1
    held.pop().continue_()
    wait_for(lambda: page.wait_for_timeout(20) or held)
    assert len(asked) == 2
    assert "march" in asked[1]
    held.pop().continue_()
    expect(page.locator("#known .take").first).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    page.wait_for_timeout(600)
    assert len(asked) == 2, "the same words are not asked about again"


@pytest.mark.parametrize("trouble", ["slow", 500, "no answer", "a hotel"])
def test_a_slow_or_failing_answer_changes_nothing(floor, sam, browse_as, allowed_noise, trouble):
    allowed_noise.append(NO_NET)
    page = browse_as(sam, LOG)
    asked = begin(page)

    def answer(route):
        if trouble == "no answer":
            route.abort()
        elif trouble == "a hotel":
            route.fulfill(status=200, content_type="text/html", body="<h1>Welcome</h1>")
        elif trouble == 500:
            route.fulfill(status=500, body="broken")

    page.route("**/known/**", answer)
    page.keyboard.type("late fee on the bill")
    wait_for(lambda: page.wait_for_timeout(20) or asked)
    if trouble != "slow":
        expect(page.locator("#known")).to_have_text("No answer just now.")
    expect(page.locator("#entry-concern")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("waived")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line").first).to_contain_text("late fee on the bill")
    expect(page.locator("#known")).to_be_empty()
    expect(page.locator("#entry-agent")).to_be_focused()


def test_offline_nothing_is_asked_and_the_topic_waits_with_the_line(
    floor, sam, browse_as, allowed_noise
):
    allowed_noise.append(NO_NET)
    page = browse_as(sam, LOG)
    asked = begin(page)
    page.context.set_offline(True)
    page.keyboard.type("late fee on the bill")
    expect(page.locator("#known")).to_contain_text("No network")
    page.locator("#entry-topic").select_option("Late fees")
    wait_for(lambda: ["topic", "late-fees"] in [*kept(page, "drafts"), {"said": []}][0]["said"])
    page.locator("#entry-concern").press("Enter")
    expect(page.locator("#waiting tr")).to_have_count(1)
    assert asked == []
    page.context.set_offline(False)
    expect(page.locator("tbody.line").first.locator(".c-topic")).to_have_text("Late fees")
    assert Escalation.objects.latest("pk").topic == floor


def test_a_card_number_leaves_the_browser_masked(floor, sam, browse_as):
    page = browse_as(sam, LOG)
    asked = begin(page)
    page.keyboard.type("late fee on 4111 1111 1111 1111")
    wait_for(lambda: page.wait_for_timeout(20) or asked)
    page.wait_for_timeout(400)
    assert not [url for url in asked if re.search("4111.{0,3}1111.{0,3}1111", url)]


@pytest.mark.parametrize("size", [(390, 844), (820, 1100), (1024, 768)])
def test_on_a_narrow_screen_it_stands_under_the_entry(floor, sam, browse_as, axe, size):
    width, height = size
    page = browse_as(sam, LOG, viewport={"width": width, "height": height})
    expect(page.locator(".known-hint")).to_be_visible()
    page.wait_for_selector(READY)
    page.locator("#entry-concern").fill("late fee on the bill")
    button = page.locator("#known .take").first
    expect(button).to_be_visible()
    entry = page.locator("#entry .entry-row").bounding_box()
    assert page.locator("#known").bounding_box()["y"] >= entry["y"] + entry["height"] - 1
    axe(page)
    button.click()
    expect(page.locator("#entry-resolution")).to_have_value(re.compile("courtesy"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
