"""The reports in a browser: for everybody, on a desk and a phone, and their definitions by key."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from escalations.actions import topics as grouping
from escalations.tests.factories import a_line
from reports.kinds import KINDS
from reports.tests.effectfloor import recorded

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def floor(sam, cora):
    program = sam.program
    fees = grouping.create("Fees", by=cora).topic
    hours = [program.shift_hours(program.current_shift() - n * DAY)[3] for n in range(1, 9)]
    for number, at in enumerate(hours, start=1):
        status = "unresolved" if number % 3 == 0 else "resolved"
        facts = {"status": status, "topic": fees if number % 2 else None, "feedback": "owed"}
        a_line(sam, number=number, occurred_at=at, **facts)
    recorded(program, dict.fromkeys(hours, 30))
    return program


def test_all_reports_shut_nobody_out(floor, mona, browse_as, axe):
    page = browse_as(mona, "/p/skyline/reports/?split=agent")
    for place, kind in enumerate(KINDS):
        page.emulate_media(color_scheme="dark" if place % 2 else "light")
        page.goto(f"/p/skyline/reports/{kind.slug}/")
        axe(page)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{kind.slug} at {width} px"
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/p/skyline/reports/waiting/")
    rule = page.get_by_role("button", name="Still open")
    words = page.get_by_role("tooltip").filter(has_text="Lines that are unresolved, with")
    expect(words).to_be_hidden()
    rule.focus()
    expect(words).to_be_visible()
    assert words.bounding_box()["x"] >= 0
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    page.get_by_text("Filters").click()
    page.get_by_label("Topic").select_option("Fees")
    page.get_by_label("Agent, name or ID").press("Enter")
    expect(page.get_by_role("link", name="Topic: Fees (take off)")).to_be_visible()
    assert "agent=" not in page.url
