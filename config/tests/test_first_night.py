"""The main job on a real night, in a browser: an SME logs, a manager imports last night."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from escalations.models import Escalation
from people.models import Agent
from people.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = Path(__file__).parents[2] / "escalations/tests/data/log-sheet.csv"
NIGHT = "/p/harbor/log/?shift=2026-11-20"


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*accounts/login)"))


def read_in(page: Page) -> None:
    """Stage the night's sheet and wait for its preview."""
    page.goto("/p/harbor/log/import/")
    page.set_input_files("[name=file]", SHEET)
    page.fill("[name=shift]", "2026-11-20")
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_role("heading", name="log-sheet.csv")).to_be_visible()


def columns(rows: list[list[str]]) -> list[list[str]]:
    """The sheet's own six columns, its two slips put right and its agents evenly spaced."""
    right = {"12:10 PM": "12:10 AM", "12:50 PM": "12:50 AM"}
    return [
        [number, right.get(time, time), re.sub(r"\s*/\s*", " / ", agent), *rest[:3]]
        for number, time, agent, *rest in rows
    ]


def test_a_floor_stops_using_the_spreadsheet_tonight(sam, mona, harbor, new_context, axe):
    page = new_context().new_page()
    sign_in(page, "sam")
    expect(page.get_by_role("link", name="Open the log sheet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#entry-agent")).to_be_focused()
    page.keyboard.type("Tina / 123456")
    page.keyboard.press("Tab")
    page.keyboard.type("waive all the charges on the bill")
    page.keyboard.press("Enter")
    expect(page.locator("#line-1")).to_contain_text("waive all the charges on the bill")

    page = new_context(accept_downloads=True).new_page()
    sign_in(page, "mona")
    read_in(page)
    axe(page)
    for proposal in ("AM and PM mixed up, 2 rows", "A resolution that is an outcome, 1 row"):
        expect(page.get_by_text(proposal)).to_be_visible()
    for words in ("Read as 12:10 AM", "Read as 12:50 AM", "Read as Unresolved"):
        expect(page.get_by_label(words)).to_be_checked()
    page.get_by_role("button", name="Add 8 lines to Harbor Wireless").click()
    expect(page.get_by_text("8 lines added")).to_be_visible()
    lines = list(Escalation.objects.filter(program=harbor).paper_order())
    assert [harbor.shift_day_of(line.occurred_at).isoformat() for line in lines] == (
        ["2026-11-20"] * 8
    )
    calendar = [line.occurred_at.astimezone(harbor.zone).date().isoformat() for line in lines]
    assert calendar == ["2026-11-20"] * 3 + ["2026-11-21"] * 5
    assert str(lines[3].agent) == "Tanya / 567891"
    assert (lines[0].status, lines[0].resolution) == ("unresolved", "irresolvable")

    page.get_by_role("link", name="See them on the log sheet").click()
    expect(page.locator("tbody.line")).to_have_count(8)
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    with coming.value.path().open(encoding="utf-8-sig", newline="") as exported:
        head, *rows = csv.reader(exported)
    with SHEET.open(encoding="utf-8", newline="") as paper:
        paper_head, *paper_rows = csv.reader(paper)
    assert head[:6] == paper_head
    assert [row[:6] for row in rows] == columns(paper_rows)

    read_in(page)
    expect(
        page.get_by_text("Nothing to add: the log has all of these lines already")
    ).to_be_visible()
    assert Escalation.objects.filter(program=harbor).count() == 8

    page.goto("/p/harbor/log/import/")
    page.get_by_role("row", name="Added").get_by_role("link").click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("8 lines taken out again")).to_be_visible()
    page.goto(NIGHT)
    expect(page.locator("tbody.line")).to_have_count(0)
    assert not Agent.objects.filter(program=harbor).exists()
    assert Escalation.objects.get().program.slug == "skyline"
