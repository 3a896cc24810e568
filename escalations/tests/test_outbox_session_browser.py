"""The outbox and who is signed in: kept for its owner, sent for its owner, gone with its owner."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from escalations.tests.typing_browser import LOG, NO_NET, READY, kept, logged, type_line, wait_for
from people.tests.factories import PASSWORD, AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


@pytest.fixture(autouse=True)
def noise(allowed_noise):
    allowed_noise.extend([NO_NET, r"status of 401", r"status of 409", r"status of 40[34]"])


@pytest.fixture
def sheet(sam, tina, browse_as):
    """Sam's sheet, with the outbox at work."""
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    return page


def sign_in(page, person, *, password=PASSWORD):
    page.get_by_role("dialog").get_by_label("Username or e-mail").fill(person.user.username)
    page.get_by_role("dialog").get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_a_session_that_ended_while_typing_loses_nothing(sam, sheet, axe):
    page = sheet
    Session.objects.all().delete()
    type_line(page, "device unlock")
    dialog = page.get_by_role("dialog", name="Sign in again, Sam")
    expect(dialog).to_contain_text("Your text is kept.")
    axe(page)
    assert page.url.endswith(LOG)
    sign_in(page, sam, password="not this one")
    expect(dialog.get_by_role("alert")).to_contain_text("password")
    page.keyboard.press("Escape")
    page.keyboard.type("Tina / 123456")
    page.evaluate("document.dispatchEvent(new Event('sheet-changed'))")  # polling does not nag
    page.get_by_role("button", name="1 waiting, sign in").click()
    page.get_by_role("button", name="Try now").click()
    expect(dialog).to_be_visible()
    expect(page.locator("#entry-agent")).to_have_value(re.compile("Tina"))
    sign_in(page, sam)
    expect(dialog).to_be_hidden()
    expect(page.locator(".line")).to_contain_text(["device unlock"])
    assert logged() == ["device unlock"]
    assert Escalation.objects.get().logged_by == sam.user


def test_a_page_that_only_asks_for_news_asks_to_sign_in_and_stays(sam, sheet):
    page = sheet
    page.keyboard.type("Tina / 1")
    Session.objects.all().delete()
    page.evaluate("document.dispatchEvent(new Event('sheet-changed'))")
    expect(page.get_by_role("dialog", name="Sign in again, Sam")).to_be_visible()
    expect(page.locator("#entry-agent")).to_have_value("Tina / 1")
    assert page.url.endswith(LOG)


def test_what_one_person_typed_is_never_sent_or_seen_as_another(sam, sol, sheet, browse_as):
    page = sheet
    Session.objects.all().delete()
    type_line(page, "device unlock")
    sign_in(page, sol)
    expect(page.get_by_role("dialog")).to_contain_text("Sol is signed in in this browser now")
    page.get_by_role("button", name="Go to their page").click()
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    page.goto(LOG)
    page.wait_for_selector(READY)
    expect(page.locator("#entry-agent")).to_be_focused()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#outbox button")).to_be_hidden()
    assert "device unlock" not in page.content()
    assert logged() == []
    page.context.clear_cookies()
    page.goto("/accounts/login/?next=" + LOG)
    page.get_by_label("Username or e-mail").fill("sam")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".line")).to_contain_text(["device unlock"])
    assert Escalation.objects.get().logged_by == sam.user


def test_another_tab_that_signed_somebody_else_in_sends_nothing_as_them(
    sam, sol, sheet, browse_as, settings
):
    page = sheet
    other = browse_as(sol, LOG).context.cookies()
    page.context.add_cookies(
        [c for c in other if c["name"] == settings.SESSION_COOKIE_NAME]  # a shared cookie jar
    )
    type_line(page, "device unlock")
    expect(page.get_by_role("dialog")).to_contain_text("What Sam typed is kept for Sam")
    assert logged() == []
    assert [item["state"] for item in kept(page)] == ["waiting"]


def test_what_may_not_be_logged_any_more_waits_with_the_reason(sam, sheet):
    page = sheet
    sam.roles = ["agent"]
    sam.save(update_fields=["roles"])
    type_line(page, "device unlock")
    expect(page.locator("#waiting .needs")).to_contain_text("Your role here does not include this.")
    expect(page.locator("#outbox")).to_have_text("1 needs you")
    assert [item["state"] for item in kept(page)] == ["needs"]


def test_signing_out_asks_and_leaves_nothing_behind(sam, sheet, axe):
    page = sheet
    page.route(
        "**/log/",
        lambda route: route.abort() if route.request.method == "POST" else route.fallback(),
    )
    type_line(page, "device unlock")
    wait_for(lambda: len(kept(page)) == 1)
    page.keyboard.type("half")
    wait_for(lambda: len(kept(page, "drafts")) == 1)
    page.locator(".you summary").click()
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Not everything is saved")
    expect(dialog).to_contain_text("1 line or change not sent yet and 1 half-typed text")
    axe(page)
    dialog.get_by_role("button", name="Send now and sign out").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Not everything could be sent")
    page.unroute("**/log/")
    dialog.get_by_role("button", name="Send now and sign out").click()
    page.wait_for_url("**/accounts/login/**")
    assert logged() == ["device unlock"]
    assert [kept(page, store) for store in ("items", "drafts", "notes")] == [[], [], []]


def test_after_72_hours_it_is_gone_and_said(sam, sheet):
    page = sheet
    page.context.set_offline(True)
    type_line(page, "device unlock")
    wait_for(lambda: len(kept(page)) == 1)
    page.evaluate(
        """() => new Promise(done => { const r = indexedDB.open("tala"); r.onsuccess = () => {
        const store = r.result.transaction("items", "readwrite").objectStore("items");
        store.getAll().onsuccess = ({target}) => { const [item] = target.result;
        store.put({...item, typed: Date.now() - 73 * 3600e3}).onsuccess = done; }; }; })"""
    )
    page.context.set_offline(False)
    page.goto("/p/skyline/people/now/")
    page.wait_for_selector(READY)
    expect(page.locator("#notice")).to_contain_text("1 line you typed could not be sent within 72")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("dialog")).to_contain_text("device unlock")
    assert kept(page) == []
    assert logged() == []


def a_row(by, agent):
    at = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    return EscalationFactory(agent=agent, logged_by=by.user, number=1, occurred_at=at)


def test_an_open_edit_comes_back_and_a_stale_one_shows_both_versions(sam, cora, tina, browse_as):
    line = a_row(sam, tina)
    page = browse_as(sam, LOG)
    page.wait_for_selector(READY)
    page.locator("#line-1 > tr[data-row]").click()
    page.keyboard.press("e")
    page.locator("#edit-1-resolution").fill("mine, half typed")
    wait_for(lambda: len(kept(page, "drafts")) == 1)
    page.reload()
    expect(page.locator("#edit-1-resolution")).to_have_value("mine, half typed")
    other = browse_as(cora, LOG)
    other.locator("#line-1 > tr[data-row]").click()
    other.keyboard.press("e")
    other.locator("#edit-1-resolution").fill("theirs")
    other.keyboard.press("Enter")
    wait_for(lambda: Escalation.objects.get().version == 2)
    page.locator("#edit-1-resolution").press("Enter")
    expect(page.locator("#line-1")).to_contain_text("Cora saved this line")
    assert len(kept(page, "drafts")) == 1
    page.get_by_role("radio", name="Yours, not saved").check()
    page.get_by_role("button", name="Save my choice").click()
    expect(page.locator("#line-1 > tr[data-row]")).to_contain_text("mine, half typed")
    wait_for(lambda: kept(page, "drafts") == kept(page) == [])
    line.refresh_from_db()
    assert line.resolution == "mine, half typed"


def test_a_change_on_the_lines_own_page_waits_and_is_sent_later(sam, tina, browse_as):
    a_row(sam, tina)
    page = browse_as(sam, LOG + "1/")
    page.wait_for_selector(READY)
    page.get_by_text("Edit this line").click()
    page.context.set_offline(True)
    page.get_by_label("Resolution").fill("called the carrier")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#outbox")).to_have_text("1 waiting")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("dl.facts dd", has_text="called the carrier")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Line 1 saved")
    assert kept(page) == []
