"""The log sheet in a real browser: keyboard only, in place, two people at once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)
LOG = "/p/skyline/log/"


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def a_row(by, agent, number, **more):
    hour_ago = timezone.now().replace(second=0, microsecond=0) - timedelta(hours=1)
    began, _ = by.program.shift_bounds(by.program.current_shift())  # the shift may be young
    at = max(hour_ago + timedelta(minutes=number), began)
    return EscalationFactory(agent=agent, logged_by=by.user, number=number, occurred_at=at, **more)


def row(page: Page, number: int):
    return page.locator(f"#line-{number} > tr[data-row]")


def test_a_line_is_logged_with_twelve_keystrokes_beyond_its_text(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    expect(page.locator("#entry-agent")).to_be_focused()
    page.evaluate("window.isSamePage = true")
    keys = []

    def press(key):
        keys.append(key)
        page.keyboard.press(key)

    page.keyboard.type("Tina / 123456")
    press("Tab")
    page.keyboard.type("waive the late fee")
    press("Tab")
    page.keyboard.type("Advised valid charges")
    press("Tab")  # the topic
    press("Tab")
    press("Tab")
    press("y")
    press("Enter")
    expect(row(page, 1)).to_contain_text("waive the late fee")
    expect(page.locator("#entry-agent")).to_be_focused()
    expect(page.locator("#entry-concern")).to_have_value("")
    assert len(keys) <= 12
    assert page.evaluate("window.isSamePage") is True
    line = Escalation.objects.get()
    assert (line.agent, line.feedback, line.status) == (tina, "owed", "resolved")
    expect(page.locator("#totals")).to_contain_text("1 logged")
    expect(page.locator("#totals")).to_contain_text("1 feedback owed")


def test_the_agent_is_chosen_from_the_roster(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.keyboard.type("tin")
    expect(page.get_by_role("option", name=re.compile("Tina"))).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#entry-agent")).to_have_value("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("device unlock")
    page.keyboard.press("Enter")
    expect(row(page, 1)).to_contain_text("device unlock")
    expect(page.get_by_role("combobox", name="Agent, name or ID")).to_be_focused()


def test_what_is_wrong_is_said_in_place_and_nothing_typed_is_lost(sam, tina, browse_as, axe):
    page = browse_as(sam, LOG)
    page.keyboard.type("Tanya / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("device unlock")
    page.keyboard.press("Enter")
    expect(page.locator("#entry")).to_contain_text("123456 is Tina on the roster, not Tanya")
    expect(page.locator("#entry-concern")).to_have_value("device unlock")
    axe(page)
    expect(page.get_by_role("button", name="Tina is right")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, 1)).to_contain_text("Tina")


def test_one_of_two_agents_of_a_name_is_chosen(sam, tina, browse_as):
    AgentFactory(program=sam.program, employee_id="654321", name="Tina")
    page = browse_as(sam, LOG)
    page.fill("#entry-agent", "Tina")
    page.fill("#entry-concern", "device unlock")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tina / 654321").click()
    expect(row(page, 1)).to_contain_text("654321")


def test_the_drawer_opens_with_alt_m_and_is_saved(sam, tina, browse_as):
    page = browse_as(sam, LOG)
    page.keyboard.press("Alt+m")
    expect(page.locator("#entry-offered")).to_be_focused()
    page.keyboard.type("a credit")
    page.select_option("#entry-severity", "2")
    page.fill("#entry-agent", "Tina")
    page.fill("#entry-concern", "waive the late fee")
    page.keyboard.press("Enter")
    expect(row(page, 1)).to_be_visible()
    expect(page.locator("#entry-more")).to_be_hidden()
    line = Escalation.objects.get()
    assert (line.offered, line.severity) == ("a credit", 2)


def test_rows_are_walked_edited_and_taken_back_by_keyboard(sam, tina, browse_as, axe):
    for number in (1, 2, 3):
        a_row(sam, tina, number, concern=f"concern {number}")
    page = browse_as(sam, LOG)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(row(page, 2)).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    expect(page.locator("#edit-2-resolution")).to_be_focused()
    axe(page)
    page.locator("#edit-2-resolution").fill("called the carrier")
    page.keyboard.press("Enter")
    expect(row(page, 2)).to_contain_text("called the carrier")
    assert Escalation.objects.get(number=2).version == 2
    expect(row(page, 2)).to_have_attribute("aria-current", "true")
    page.keyboard.press("f")
    expect(row(page, 2)).to_contain_text("Owed")
    page.keyboard.press("u")
    expect(row(page, 2)).not_to_contain_text("Owed")
    page.keyboard.press("k")
    expect(row(page, 3)).to_have_attribute("aria-current", "true")
    page.keyboard.press("n")
    expect(page.locator("#entry-agent")).to_be_focused()


def test_escape_leaves_an_edit_as_it_was(sam, tina, browse_as):
    a_row(sam, tina, 1)
    page = browse_as(sam, LOG)
    row(page, 1).click()
    page.keyboard.press("e")
    page.locator("#edit-1-concern").fill("never mind")
    page.keyboard.press("Escape")
    expect(page.locator("#edit-1-concern")).to_have_count(0)
    expect(row(page, 1)).to_contain_text("waive all the charges")


def test_two_people_on_one_row_see_both_versions(sam, cora, tina, browse_as, axe):
    a_row(sam, tina, 1)
    page = browse_as(sam, LOG)
    row(page, 1).click()
    page.keyboard.press("e")
    page.locator("#edit-1-resolution").fill("mine")
    other = browse_as(cora, LOG)
    row(other, 1).click()
    other.keyboard.press("e")
    other.locator("#edit-1-resolution").fill("theirs")
    other.keyboard.press("Enter")
    expect(row(other, 1)).to_contain_text("theirs")
    page.locator("#edit-1-resolution").press("Enter")
    expect(page.locator("#line-1")).to_contain_text("Cora saved this line")
    axe(page)
    page.get_by_role("radio", name="Yours, not saved").check()
    page.get_by_role("button", name="Save my choice").click()
    expect(row(page, 1)).to_contain_text("mine")
    assert Escalation.objects.get().resolution == "mine"


def test_a_captain_voids_a_line_with_a_reason_and_takes_it_back(cora, tina, browse_as):
    a_row(cora, tina, 1)
    page = browse_as(cora, LOG)
    row(page, 1).click()
    page.keyboard.press("v")
    expect(page.locator("#void-1")).to_be_focused()
    page.keyboard.type("logged twice")
    page.keyboard.press("Enter")
    expect(row(page, 1)).to_contain_text("Void")
    page.get_by_role("button", name="Undo").click()
    expect(row(page, 1)).to_contain_text("Resolved")


def test_a_colleagues_line_appears_without_moving_what_is_typed(sam, sol, tina, browse_as):
    page = browse_as(sam, LOG)
    page.keyboard.type("Tina")
    page.keyboard.press("Tab")
    page.keyboard.type("half a conc")
    a_row(sol, tina, 1, concern="from a colleague")
    page.evaluate("document.dispatchEvent(new Event('sheet-changed'))")
    expect(row(page, 1)).to_contain_text("from a colleague")
    expect(page.locator("#entry-concern")).to_be_focused()
    expect(page.locator("#entry-concern")).to_have_value("half a conc")
    page.keyboard.type("ern")
    expect(page.locator("#entry-concern")).to_have_value("half a concern")


def test_an_open_edit_survives_a_refresh(sam, tina, browse_as):
    a_row(sam, tina, 1)
    page = browse_as(sam, LOG)
    row(page, 1).click()
    page.keyboard.press("e")
    page.locator("#edit-1-concern").fill("half an edit")
    a_row(sam, tina, 2, concern="another")
    page.evaluate("document.dispatchEvent(new Event('sheet-changed'))")
    expect(row(page, 2)).to_be_visible()
    expect(page.locator("#edit-1-concern")).to_have_value("half an edit")


def test_search_is_one_key_away_and_back_does_the_right_thing(sam, tina, browse_as):
    a_row(sam, tina, 1, concern="device unlock")
    a_row(sam, tina, 2, concern="late fee")
    page = browse_as(sam, LOG)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("unlock")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=unlock$"))
    expect(row(page, 1)).to_be_visible()
    expect(row(page, 2)).to_have_count(0)
    page.go_back()
    expect(row(page, 2)).to_be_visible()
    page.select_option("#f-status", "unresolved")
    expect(page).to_have_url(re.compile(r"\?status=unresolved$"))
    expect(page.get_by_text("No line fits these filters")).to_be_visible()


def test_single_keys_can_be_switched_off_and_stay_off(sam, tina, browse_as, axe):
    page = browse_as(sam, LOG)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog")
    expect(keys).to_contain_text("Handover and severity")
    axe(page)
    with page.expect_response(re.compile("preferences")):
        keys.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    sam.user.refresh_from_db()
    assert sam.user.single_keys is False


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1920])
def test_the_sheet_and_a_line_shut_nobody_out(sam, cora, tina, browse_as, axe, scheme, width):
    for number, status in enumerate(["resolved", "unresolved", "forwarded", "answered"], start=1):
        a_row(sam, tina, number, status=status, feedback="owed")
    a_row(sam, tina, 5, status="void", void_reason="twice")
    page = browse_as(cora, LOG, color_scheme=scheme, viewport={"width": width, "height": 900})
    for path in (LOG, LOG + "?q=nothing", LOG + "print/", LOG + "1/", LOG + "5/", LOG + "?shift=x"):
        page.goto(path)
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path


@pytest.mark.parametrize("last", ["#entry-concern", "#entry-feedback"])
def test_what_is_typed_before_the_answer_comes_begins_the_next_line(sam, tina, browse_as, last):
    AgentFactory(program=sam.program, employee_id="456789", name="Eric")
    page = browse_as(sam, LOG)
    expect(page.locator("#entry-agent")).to_be_focused()

    held = []

    def hold(route):
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    page.fill("#entry-agent", "Tina / 123456")
    page.fill("#entry-concern", "waive the late fee")
    page.route(lambda url: url.endswith(LOG), hold)
    page.focus(last)
    page.keyboard.press("Enter")
    page.keyboard.type("Eric / 456789")
    page.keyboard.press("Tab")
    page.keyboard.type("device unl")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(row(page, 1)).to_contain_text("waive the late fee")
    page.keyboard.type("ock")
    expect(page.locator("#entry-agent")).to_have_value("Eric / 456789")
    expect(page.locator("#entry-concern")).to_have_value("device unlock")
    page.keyboard.press("Enter")
    expect(row(page, 2)).to_contain_text("Eric")
    page.unroute_all(behavior="wait")
    assert list(Escalation.objects.order_by("pk").values_list("agent__name", "concern")) == [
        ("Tina", "waive the late fee"),
        ("Eric", "device unlock"),
    ]
