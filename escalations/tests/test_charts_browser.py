"""Charts in a browser: by keyboard, on a phone, in the dark and on paper, under the strict CSP."""

import re

import pytest
from django.template import engines
from playwright.sync_api import Page, Route, expect

from escalations.tests.gallery import gallery

pytestmark = pytest.mark.django_db(transaction=True)

POLICY = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}
PAGE = """{% load part static %}<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Gallery</title>
{% constant "parts/assets.html" %}<link rel="stylesheet" href="{% static 'css/charts.css' %}">
<script type="module" src="{% static 'js/charts.js' %}"></script>
</head><body><main class="page"><h1>Gallery</h1>PICTURES</main></body></html>"""


@pytest.fixture
def charts(page: Page, base_url: str) -> Page:
    """Open a page with one of each chart, on the site's own address."""
    html = engines["django"].from_string(PAGE).render().replace("PICTURES", gallery())

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html", headers=POLICY)

    page.route(re.compile(f"{base_url}/(charts|rows)/.*"), answer)
    page.goto("/charts/")
    return page


def test_a_chart_is_walked_by_keys_and_its_table_opens(charts: Page, axe) -> None:
    axe(charts)
    said = charts.locator("#perday .ch-said")
    charts.locator("#perday .ch-mark").first.focus()
    charts.keyboard.press("ArrowRight")
    expect(said.nth(1)).to_be_visible()
    expect(said.nth(0)).to_be_hidden()
    charts.keyboard.press("End")
    expect(said.last).to_be_visible()
    charts.keyboard.press("t")
    expect(charts.locator("#perday table")).to_be_visible()
    expect(charts.locator("#perday summary")).to_be_focused()
    charts.locator("#perday .ch-mark").nth(3).focus()
    charts.keyboard.press("Tab")  # one stop for a whole chart
    expect(charts.locator("#perday summary")).to_be_focused()
    charts.locator("#perday .ch-mark").nth(3).focus()
    charts.keyboard.press("Enter")
    charts.wait_for_url("**/rows/?at=3")


def test_a_chart_fits_a_phone_the_dark_and_paper(charts: Page, axe) -> None:
    charts.emulate_media(color_scheme="dark")
    axe(charts)
    paint = "one => getComputedStyle(one).fill"
    dark = charts.locator("#parts .ch-look-2").first.evaluate(paint)
    charts.emulate_media(color_scheme="light")
    assert charts.locator("#parts .ch-look-2").first.evaluate(paint) != dark
    charts.set_viewport_size({"width": 390, "height": 800})
    assert charts.evaluate("document.documentElement.scrollWidth") == 390
    word = charts.locator("#perday .ch-axis").first
    assert word.evaluate("one => one.getBoundingClientRect().height") > 10
    expect(charts.locator("#perday .ch-spare").first).to_be_hidden()
    charts.emulate_media(media="print")
    expect(charts.locator("#perday details")).to_be_hidden()
    expect(charts.locator("#perday svg").first).to_be_visible()
