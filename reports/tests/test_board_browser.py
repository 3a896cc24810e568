"""The board in a browser, a night long: nothing grows, and it says when its figures are old."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from escalations.actions import topics
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

BOARD = "/p/skyline/board/"
REFRESHES = 600
FASTER = """
const tick = window.setInterval;
window.setInterval = (what, pause, ...more) => tick(what, pause === 15000 ? 2 : pause, ...more);
"""
ANSWERED_HERE = """
answers => {
  window.asked = 0;
  window.fetch = async () => {
    const [status, body] = answers[window.asked++ % answers.length];
    return new Response(body, { status, headers: { ETag: `"${body?.length}"` } });
  };
}
"""
"""Takes the place of the network: the board's own answers, one after the other."""

HIDDEN = """
is_hidden => Object.defineProperty(document, "hidden", { value: is_hidden, configurable: true })
"""

WATCHED = """
() => {
  window.seen = 0;
  const board = document.getElementById("board"); // htmx marks it while it asks
  const count = (found) => { window.seen += found.filter((one) => one.target !== board).length; };
  const all = { attributes: true, childList: true, characterData: true, subtree: true };
  new MutationObserver(count).observe(document.documentElement, all);
}
"""


@pytest.fixture
def floor(sam, cora):
    """Three lines of tonight, one of the night before."""
    starts = sam.program.shift_bounds(sam.program.current_shift())[0]
    agent = AgentFactory(program=sam.program, name="Tina")
    for number in range(3):
        a_line(sam, number=number + 1, occurred_at=starts, agent=agent, status="unresolved")
    a_line(sam, number=4, occurred_at=starts - timedelta(days=28), agent=agent)
    fees = topics.create("Late fees", by=cora).topic
    return {"occurred_at": starts, "agent": agent, "topic": fees, "feedback": "owed"}


def held(page: Page, refreshes: int) -> dict[str, float]:
    """What the page holds after so many answers more, unseen meanwhile and without its rubbish."""
    until = page.evaluate("window.asked") + refreshes
    page.evaluate(HIDDEN, False)
    page.wait_for_function("until => window.asked >= until", arg=until, timeout=120_000)
    page.evaluate(HIDDEN, True)
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable")
    browser.send("HeapProfiler.collectGarbage")
    found = browser.send("Performance.getMetrics")["metrics"]
    browser.detach()
    return {one["name"]: one["value"] for one in found}


def test_a_night_of_refreshes_leaves_nothing_behind(floor, sam, browse, browse_as):
    def figures():
        return browse(sam).get(BOARD, headers={"HX-Request": "true"}).content.decode()

    answers = [[200, figures()]]
    for number in range(5, 10):
        a_line(sam, number=number, **floor)
    answers += [[200, figures()], [304, None]]
    page = browse_as(sam, viewport={"width": 480, "height": 320})
    page.add_init_script(FASTER)
    page.goto(BOARD)
    page.evaluate(ANSWERED_HERE, answers)
    before = held(page, 60)
    after = held(page, REFRESHES)
    assert after["Nodes"] - before["Nodes"] < 3_000, "a leaked answer would be 500 each time"
    assert after["JSEventListeners"] - before["JSEventListeners"] < 10
    assert after["JSHeapUsedSize"] - before["JSHeapUsedSize"] < 1_000_000
    asked = page.evaluate("window.asked")
    page.wait_for_timeout(100)
    assert page.evaluate("window.asked") == asked, "nobody sees it: nobody asks"
    page.evaluate(HIDDEN, False)
    page.evaluate(ANSWERED_HERE, [answers[1]])
    expect(page.locator("#board-logged b")).to_have_text("8")
    expect(page.locator("#board-topic-late-fees")).to_contain_text("5 Late fees")
    page.evaluate(ANSWERED_HERE, [[304, None]])
    page.evaluate(WATCHED)
    page.wait_for_function("() => window.asked >= 30", timeout=60_000)
    assert page.evaluate("window.seen") == 0, "unchanged figures are not touched"


def test_it_says_since_when_its_figures_are_old_and_recovers(
    floor, sam, browse_as, allowed_noise, axe
):
    allowed_noise += ["ERR_FAILED", "Failed to fetch", "status of 401"]
    page = browse_as(sam)
    page.add_init_script(FASTER.replace("? 2", "? 300"))
    page.goto(BOARD)
    away, out = page.locator("[data-warning=away]"), page.locator("[data-warning=out]")
    expect(page.locator("#board-logged b")).to_have_text("3")
    expect(away).to_be_hidden()
    page.route("**/board/", lambda route: route.abort())
    expect(away).to_contain_text("No answer from the server: these figures are of")
    expect(away.locator("[data-since]")).to_have_text(page.locator("[data-clock]").inner_text())
    expect(page.locator(".note")).to_have_count(0)
    a_line(sam, number=5, **floor)
    page.unroute("**/board/")
    expect(page.locator("#board-logged b")).to_have_text("4", timeout=60_000)
    expect(away).to_be_hidden()
    axe(page)
    page.context.clear_cookies()
    expect(out).to_contain_text("Signed out", timeout=60_000)
    assert (
        out.get_by_role("link", name="Sign in")
        .get_attribute("href")
        .endswith("?next=/p/skyline/board/")
    )
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.wait_for_timeout(1000)
    assert requests == [], "nobody is asked any more"
    assert page.url.endswith(BOARD)
    axe(page)


def test_each_number_says_what_it_counts_and_the_screen_is_filled(floor, sam, browse_as, axe):
    a_line(sam, number=5, **floor)
    page = browse_as(sam, BOARD + "?theme=light", viewport={"width": 1366, "height": 768})
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    says = page.locator("#says-unresolved")
    expect(says).to_be_hidden()
    page.locator("#board-unresolved a").focus()
    expect(says).to_be_visible()
    expect(says).to_contain_text("Lines whose status is unresolved now")
    axe(page)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(page.get_by_role("button", name="Full screen")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("#board-unresolved a").click()
    expect(page).to_have_url(page.url)
    expect(page.locator("#sheet .line")).to_have_count(3)
