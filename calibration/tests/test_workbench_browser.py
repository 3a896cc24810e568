"""The captain groups by keyboard, on the demo floor: proposed, grouped, merged, undone, split."""

import re

import pytest
from playwright.sync_api import Page, expect

from calibration.actions import proposals, vectors
from calibration.models import Proposals
from calibration.suggesting import suggest
from calibration.tests.factories import log, topic
from config.demo import floor, nights
from escalations.models import Escalation, Topic, TopicStep
from escalations.tests.typing_browser import READY
from people.models import Membership

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

BENCH = "/p/skyline/calibration/topics/"
ROWS = "#pile tbody[data-number]"
OTHER_WORDS = "penalty because the payment reached us late"


@pytest.fixture
def captain(monkeypatch) -> Membership:
    """The captain of a demo floor of sixteen nights."""
    monkeypatch.setattr(nights, "NIGHTS", 16)
    floor.load()
    return Membership.objects.get(user__username="captain", program__slug="skyline")


def current(page: Page) -> str:
    row = page.locator('#pile [data-row][aria-current="true"]').locator("xpath=..")
    return row.get_attribute("data-number") or ""


def said(page: Page) -> str:
    return page.locator("#messages").inner_text()


def grouped(name: str) -> int:
    return Escalation.objects.filter(topic__name=name).count()


def test_a_night_of_grouping_without_a_mouse(captain, browse_as, axe):
    proposals.make(by=captain)
    page = browse_as(captain, BENCH)

    # A proposed topic, under a name of one's own.
    name = page.locator(".proposed input[name=name]").first
    group = Proposals.objects.get().groups[0]
    expect(name).to_have_value(group["name"][0].upper() + group["name"][1:])
    name.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Autopay discount")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Made the topic “Autopay discount” of")
    expect(page.locator(".topics th a", has_text="Autopay discount")).to_be_visible()
    assert grouped("Autopay discount") == len(group["numbers"])

    # Thirty lines: the first, then with Shift all up to the thirtieth.
    page.locator("h1").click()
    rows = page.locator(ROWS)
    first, thirty_first = (rows.nth(n).get_attribute("data-number") for n in (0, 30))
    page.keyboard.press("j")
    assert current(page) == first
    page.keyboard.press("x")
    for _ in range(29):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator("#bulk-count")).to_have_text("30 selected")
    page.keyboard.press("m")
    expect(page.locator("#bulk-into")).to_be_focused()
    page.keyboard.type("late f")
    expect(page.locator("[role=option]")).to_have_text(["Late fee"])
    before = grouped("Late fee")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Put 30 lines under “Late fee”.")
    assert grouped("Late fee") == before + 30
    expect(page.locator(ROWS).first).to_have_attribute("data-number", thirty_first or "")
    assert current(page) == thirty_first
    expect(page.locator("#bulk-into")).to_have_value("")
    axe(page)

    # Merge from the topic's page; u takes it back.
    late, autopay = (Topic.objects.get(name=name) for name in ("Late fee", "Autopay discount"))
    whole = grouped("Late fee")
    page.goto(f"{BENCH}{autopay.slug}/")
    page.locator("#merge-into").focus()
    page.keyboard.type("Late fee")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{late.slug}/?step=*")
    assert grouped("Late fee") == whole + len(group["numbers"])
    page.locator("h1").click()
    page.keyboard.press("u")
    expect(page.locator("#messages")).to_contain_text("Taken back: merged")
    expect(page.locator(".steps .undone").first).to_contain_text("taken back by")
    assert (grouped("Late fee"), grouped("Autopay discount")) == (whole, len(group["numbers"]))

    # Split: two lines of it become a topic of their own.
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    page.keyboard.press("m")
    page.keyboard.type("Store payments")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Split “Store payments” off “Late fee”")
    assert (grouped("Store payments"), grouped("Late fee")) == (2, whole - 2)
    axe(page)
    assert TopicStep.objects.filter(kind="split").count() == 1
    an_sme_is_shown_what_was_grouped(browse_as)


def an_sme_is_shown_what_was_grouped(browse_as) -> None:
    """A like concern in other words: its topic, the words that speak for it, how the last ended."""
    vectors.make(seconds=None)
    sme = Membership.objects.get(user__username="sme", program__slug="skyline")
    assert suggest(sme.program, OTHER_WORDS).fits  # the first answer of a process takes longest
    page = browse_as(sme, "/p/skyline/log/")
    page.wait_for_selector(READY)
    page.locator("#entry-concern").fill(OTHER_WORDS)
    known = page.locator("#known")
    expect(known).to_contain_text("Found by meaning and by words.", timeout=60_000)
    first = known.locator(".known-topics li").first
    expect(first.locator("[data-topic]")).to_contain_text("Late fee")
    expect(first.locator("mark", has_text="late")).to_be_visible()
    expect(known.locator(".known-lines li")).to_have_count(5)
    assert known.locator(".take [data-resolution]").first.inner_text()
    assert not Escalation.objects.filter(concern__icontains="penalty").exists()


@pytest.fixture
def busy(cora) -> None:
    """A pile of sixty lines beside two topics."""
    topic(cora, "Late fee", "waive the late fee of $10", "late fee on the March bill")
    topic(cora, "Modem rental", "modem rental billed twice", "rental of the modem he owns")
    log(cora, *(f"late fee of ${n} is wrong" for n in range(10, 70)))


def test_a_suggestion_is_one_key_and_a_wrong_name_keeps_the_selection(cora, busy, browse_as):
    page = browse_as(cora, BENCH)
    expect(page.locator(f"{ROWS} .guesses").first).to_be_visible()
    row = page.locator(ROWS).filter(has=page.locator(".guesses")).first
    number = row.get_attribute("data-number")
    suggested = row.locator("button[name=take] span").first.inner_text()
    row.locator("[data-row]").focus()
    page.keyboard.press("1")
    expect(page.locator("#messages")).to_contain_text(f"Put 1 line under “{suggested}”.")
    assert Escalation.objects.get(number=number).topic.name == suggested

    for key in ("x", "j", "x", "m"):
        page.keyboard.press(key)
    page.keyboard.type("No such thing")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-problem")).to_contain_text("There is no topic “No such thing”.")
    expect(page.locator("#bulk-into")).to_have_value("No such thing")
    expect(page.locator("#bulk-count")).to_have_text("2 selected")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("#bulk-count")).to_have_text("50 selected")
    page.keyboard.press("a")
    expect(page.locator("#bulk-count")).to_have_text(re.compile("Line|Nothing"))


def test_without_javascript_it_is_a_form(cora, busy, browse_as):
    page = browse_as(cora, BENCH, java_script_enabled=False)
    numbers = [page.locator(ROWS).nth(n).get_attribute("data-number") for n in range(2)]
    for n in range(2):
        page.locator('input[name="line"]').nth(n).check()
    page.locator("select[name=to]").select_option("late-fee")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator(".note")).to_contain_text("Put 2 lines under “Late fee”.")
    page.locator(".note").get_by_role("button", name="Undo").click()
    expect(page.locator(".steps .undone").first).to_be_visible()
    assert not Escalation.objects.filter(number__in=numbers).exclude(topic=None).exists()
    page.goto(f"{BENCH}?suggest=1")
    page.locator("button[name=take]").first.click()
    expect(page.locator(".note")).to_contain_text("Put 1 line under")
