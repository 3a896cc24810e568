"""Every page in a real browser: it shuts nobody out, obeys the CSP and never scrolls sideways."""

import pytest
from playwright.sync_api import Page

from config.tests.access import PEOPLE, World, address, make_world, patterns
from config.tests.test_access import ROWS
from config.tests.test_pages import furnish

pytestmark = pytest.mark.django_db(transaction=True)

ROUTES = {label: route for label, route, _ in patterns() if not label.startswith("admin")}
WHO = ("manager", "captain", "sme", "agent", "out")


def pages_of(world: World) -> list[tuple[str, str]]:
    """(who, URL) for every whole page that somebody gets, as the first who gets it."""
    found = []
    for label, route in ROUTES.items():
        statuses = dict(zip(PEOPLE, ROWS[label].get("GET", ()), strict=False))
        who = next((who for who in WHO if statuses.get(who) == 200), None)
        if who is None:
            continue
        url = address(label, route, world.here)
        answer = world.ask(who, "GET", url)
        if not answer.streaming and b"<html" in answer.content[:200]:
            found.append((who, url))
    return found


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1920)])
def test_every_page_shuts_nobody_out(scheme, width, browse_as, new_context, axe):
    world = make_world()
    furnish(world, lines=8)
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    open_pages: dict[str, Page] = {"out": new_context(**options).new_page()}
    seen = pages_of(world)
    assert len(seen) >= 15
    for who, url in seen:
        if who not in open_pages:
            open_pages[who] = browse_as(world.users[who], "/", **options)
        page = open_pages[who]
        page.goto(url)
        axe(page)
        assert sideways(page) <= 0, f"{url} at {width} px"
