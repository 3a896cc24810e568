"""The card of a best practice in a browser: by keyboard, on a phone, in the dark, on paper."""

import re

import pytest
from playwright.sync_api import expect

from reports.tests.effectfloor import TODAY, answer, handled, logged, steadily, topic_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def practice(cora, monkeypatch):
    now = cora.program.shift_hours(TODAY)[5]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    fees, boxes = topic_of(cora, "Late fee"), topic_of(cora, "Modem rental")
    logged(cora, fees, steadily(90, 31, 6) | steadily(30, 1, 2))
    logged(cora, boxes, steadily(90, 1, 4))
    handled(cora.program, 90, 1)
    return answer(cora, fees, 30)


def test_the_card_is_read_by_keyboard_and_by_everybody(cora, practice, browse_as, axe):
    page = browse_as(cora, f"/p/skyline/practices/{practice.number}/")
    page.keyboard.press("w")
    expect(page.get_by_text("Fewer than before")).to_be_visible()
    axe(page)
    points = page.locator("#effect-chart .ch-mark")
    expect(points).to_have_count(90)
    points.first.focus()
    page.keyboard.press("End")
    expect(points.last).to_be_focused()
    expect(points.last).to_have_accessible_name(
        "19 Nov: 2 of 800 calls, 2.5 per 1,000 · beyond a limit"
    )
    page.keyboard.press("t")
    expect(page.locator("#effect-chart details")).to_have_attribute("open", "")
    points.last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/log/\?from=2026-11-19&to=2026-11-19&topic=late-fee"))
    expect(page.locator("[data-row]")).to_have_count(2)


def test_a_phone_in_the_dark_and_a_sheet_of_paper_hold_it(cora, practice, browse_as, axe):
    phone = {"viewport": {"width": 390, "height": 800}, "color_scheme": "dark"}
    page = browse_as(cora, f"/p/skyline/practices/{practice.number}/effect/", **phone)
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    axe(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.get_by_role("link", name="All verdicts").click()
    expect(page.get_by_text("Fewer than before")).to_be_visible()
    assert not page.evaluate(wide)
    axe(page)
