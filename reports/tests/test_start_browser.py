"""First pages in a browser: one key to the log sheet, reading where it stands, what comes later."""

import re

import pytest
from playwright.sync_api import expect

from calibration.tests.factories import log, topic
from calibration.tests.practices import in_force
from reports.tests.startpage import START

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_sme_is_on_the_log_sheet_with_one_key_and_reads_what_is_new(sam, cora, browse_as, axe):
    for title in ("Breathe", "Listen"):
        in_force(cora, words={"title": title})
    log(sam, "promised a call", feedback="owed")
    page = browse_as(sam, "/", color_scheme="dark")
    expect(page).to_have_url(re.compile(f"{START}$"))
    expect(page.get_by_role("link", name="Open the log sheet")).to_be_focused()
    axe(page)
    page.get_by_role("button", name=re.compile("I have read it.*Listen")).click()
    expect(page.get_by_text("You have read “Listen”")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("I have read it.*Breathe"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have read every best practice in force")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/feedback/\d+/$"))
    page.go_back()
    page.keyboard.press("l")
    expect(page.locator("#entry-agent")).to_be_focused()


def test_the_captain_is_told_what_to_calibrate_also_without_scripts(cora, browse_as, axe):
    topic(cora, "Late fee", "fee one", "fee two")
    page = browse_as(cora, START, viewport={"width": 390, "height": 844})
    expect(page.get_by_role("heading", name="To calibrate next")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Prepare a session on Late fee").click()
    expect(page.get_by_role("heading", name=re.compile("Late fee"))).to_be_visible()
    plain = browse_as(cora, START, java_script_enabled=False)
    plain.get_by_role("link", name="What to calibrate next").click()
    expect(plain.get_by_role("cell", name=re.compile("no answer in force"))).to_be_visible()
