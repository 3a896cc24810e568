"""The small modules of static/js do in a browser what the markup asks of them."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.django_db(transaction=True)

AGENTS = [("Tina", "123456"), ("Trisha", "852963"), ("Tanya", "567891"), ("Cliff", "562314")]
ROW = """<tbody class="line"><tr data-row tabindex="-1"><td><a href="#page-{0}">{0}</a>
  <a href="#edit-{0}" data-row-key="e" data-key-label="Edit the row">Edit</a></td></tr></tbody>"""
PAGE = f"""
{{% extends "base.html" %}}
{{% block content %}}
  <h1>The desk</h1>
  <details data-menu>
    <summary id="menu">Menu</summary><a href="#x" id="in-menu">Inside</a>
  </details>
  <button type="button" id="more" data-toggle="#drawer" data-chord="alt+m" aria-expanded="false">
    More</button>
  <div id="drawer" hidden><label for="wanted">Wanted</label><input id="wanted"></div>
  <form id="entry" action="/saved/">
    <label for="time">Time</label><input id="time" data-now>
    <label for="agent">Agent</label>
    <combo-box src="/agents/">
      <input id="agent" name="agent" data-key="n" data-key-label="New line">
    </combo-box>
    <button>Save</button>
  </form>
  <table class="sheet">{ROW.format(2)}{ROW.format(1)}</table>
  <form id="filters" data-clean action="/found/">
    <label for="q">Words</label><input id="q" name="q" data-key="/">
    <input name="status" aria-label="Status"><button>Find</button>
  </form>
  <time datetime="2020-01-01T00:00:00Z" data-ago>at some time</time>
{{% endblock %}}
"""
NIGHT_BEFORE = """document.querySelector("table").insertAdjacentHTML("beforeend",
  '<tbody class="day"><tr><th>D</th></tr></tbody>' +
  '<tbody class="line"><tr><td>9</td></tr></tbody>')"""
POLICY = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}


@pytest.fixture
def asked() -> list[str]:
    """The addresses the page asked for."""
    return []


@pytest.fixture
def desk(page: Page, base_url: str, asked: list[str]) -> Page:
    """Open a page of markup that uses every module, on the site's own address."""
    asked_for = RequestFactory().get("/")
    asked_for.user = AnonymousUser()
    html = engines["django"].from_string(PAGE).render({}, asked_for)

    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        asked.append(f"{url.path}?{url.query}" if url.query else url.path)
        typed = parse_qs(url.query).get("q", [""])[0].lower()
        if url.path == "/agents/":
            found = [
                {"value": f"{name} / {number}", "label": name, "note": number}
                for name, number in AGENTS
                if typed in name.lower() or typed in number
            ]
            route.fulfill(body=json.dumps(found), content_type="application/json")
        else:
            route.fulfill(body=html, content_type="text/html", headers=POLICY)

    for path in ("desk", "agents", "saved", "found"):
        page.route(f"{base_url}/{path}/**", answer)
    page.goto("/desk/")
    page.wait_for_function("() => Boolean(customElements.get('combo-box'))")
    asked.clear()
    return page


def focused(page: Page) -> str:
    """The id of the element that has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def current(page: Page) -> str:
    """The number of the current row, or nothing."""
    row = page.locator("[aria-current=true] a").first
    return row.inner_text() if row.count() else ""


def test_agent_is_chosen_with_arrows_and_enter(desk: Page, asked: list[str]) -> None:
    desk.focus("#agent")
    desk.keyboard.type("t")
    expect(desk.get_by_role("option")).to_have_count(3)
    expect(desk.locator("#agent")).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("Trisha")
    desk.keyboard.press("Enter")
    expect(desk.locator("#agent")).to_have_value("Trisha / 852963")
    expect(desk.get_by_role("listbox")).to_be_hidden()
    assert focused(desk) == "agent"
    assert asked == ["/agents/?q=t"]


def test_typing_on_asks_once_and_enter_without_a_choice_saves(desk: Page, asked: list[str]) -> None:
    desk.focus("#agent")
    desk.keyboard.type("cliff", delay=10)
    expect(desk.get_by_role("option")).to_have_count(1)
    assert asked == ["/agents/?q=cliff"]
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/saved/?agent=cliff")


def test_escape_closes_the_list_and_then_leaves_the_field(desk: Page) -> None:
    desk.focus("#agent")
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("option")).to_have_count(4)
    desk.keyboard.press("ArrowUp")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("Cliff")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("listbox")).to_be_hidden()
    assert focused(desk) == "agent"
    desk.keyboard.press("Escape")
    assert focused(desk) == ""


def test_a_click_chooses_and_a_tab_takes_the_marked_one(desk: Page) -> None:
    desk.focus("#agent")
    desk.keyboard.type("tin")
    desk.get_by_role("option").click()
    expect(desk.locator("#agent")).to_have_value("Tina / 123456")
    assert focused(desk) == "agent"
    desk.fill("#agent", "")
    desk.keyboard.type("567")
    expect(desk.get_by_role("option")).to_have_count(1)
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Tab")
    expect(desk.locator("#agent")).to_have_value("Tanya / 567891")
    assert focused(desk) != "agent"


def test_a_list_that_cannot_be_had_leaves_a_text_field(
    desk: Page, allowed_noise: list[str]
) -> None:
    allowed_noise.append("ERR_FAILED")
    desk.unroute("**/agents/**")
    desk.route("**/agents/**", lambda route: route.abort())
    desk.focus("#agent")
    desk.keyboard.type("tina")
    desk.wait_for_timeout(300)
    expect(desk.get_by_role("listbox")).to_be_hidden()
    expect(desk.locator("#agent")).to_have_value("tina")


def test_keys_walk_the_rows_and_act_on_the_current_one(desk: Page) -> None:
    desk.keyboard.press("j")
    assert current(desk) == "2"
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    assert current(desk) == "1"
    desk.keyboard.press("e")
    desk.wait_for_url("**#edit-1")
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**#page-2")
    desk.keyboard.press("n")
    assert focused(desk) == "agent"
    desk.keyboard.type("jn/")
    expect(desk.locator("#agent")).to_have_value("jn/")
    assert current(desk) == ""


def test_keys_can_be_listed_and_switched_off(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("Edit the row")
    desk.get_by_role("switch").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    assert current(desk) == ""
    assert desk.get_attribute("html", "data-single-keys") == "off"


def test_a_chord_opens_the_drawer_while_typing(desk: Page) -> None:
    desk.focus("#q")
    desk.keyboard.press("Alt+m")
    expect(desk.locator("#wanted")).to_be_focused()
    expect(desk.locator("#more")).to_have_attribute("aria-expanded", "true")
    desk.click("#more")
    expect(desk.locator("#drawer")).to_be_hidden()


def test_a_menu_closes_by_itself(desk: Page) -> None:
    desk.click("#menu")
    expect(desk.locator("#in-menu")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#in-menu")).to_be_hidden()
    desk.click("#menu")
    desk.focus("#q")
    expect(desk.locator("#in-menu")).to_be_hidden()


def test_empty_filters_stay_out_of_the_address(desk: Page) -> None:
    desk.keyboard.press("/")
    desk.keyboard.type("fee")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/found/?q=fee")


def test_clocks_tick_and_paper_runs_forwards(desk: Page) -> None:
    assert desk.get_attribute("#time", "placeholder").endswith("M")  # type: ignore[union-attr]
    expect(desk.locator("time")).to_contain_text("days ago")
    desk.evaluate(NIGHT_BEFORE)
    numbers = (
        "[...document.querySelectorAll('.line, .day')].map(l => l.innerText.trim()[0]).join('')"
    )
    assert desk.evaluate(numbers) == "21D9"
    desk.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert desk.evaluate(numbers) == "D912"
    desk.evaluate("dispatchEvent(new Event('afterprint'))")
    assert desk.evaluate(numbers) == "21D9"


def test_system_theme_follows_the_machine(desk: Page) -> None:
    assert desk.get_attribute("html", "data-bs-theme") == "light"
    desk.emulate_media(color_scheme="dark")
    expect(desk.locator("html")).to_have_attribute("data-bs-theme", "dark")
    desk.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(desk.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_page_shuts_nobody_out(desk: Page, axe: Callable[[Page], None]) -> None:
    axe(desk)
    desk.keyboard.press("?")
    axe(desk)
