"""The import's preview in a browser: ticks act at once, progress moves by itself, phones fit."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from escalations import tasks
from escalations.actions import imports as actions
from escalations.models import Import

pytestmark = pytest.mark.django_db(transaction=True)
SHEET = Path(__file__).parent / "data" / "log-sheet.csv"


def send(page: Page) -> Import:
    """Send the night's sheet in."""
    page.set_input_files("[name=file]", SHEET)
    page.fill("[name=shift]", "2026-11-20")
    page.get_by_role("button", name="Read the sheet").click()
    expect(page.get_by_role("heading", name="log-sheet.csv")).to_be_visible()
    return Import.objects.latest("pk")


def test_a_tick_is_read_again_at_once_and_keeps_the_focus(mona, browse_as):
    page = browse_as(mona, "/p/harbor/log/import/")
    send(page)
    page.get_by_label("Read as Unresolved").uncheck()
    expect(page.locator("#proposal-outcome")).to_contain_text("Declined")
    expect(page.get_by_label("Read as Unresolved")).to_be_focused()
    expect(page.locator("#row-2")).to_contain_text("Resolved")
    page.locator("#proposal-outcome").get_by_role("button", name="Accept all").click()
    expect(page.locator("#proposal-outcome")).to_contain_text("Set the status to unresolved")
    page.get_by_role("button", name="Add 8 lines to Harbor Wireless").click()
    expect(page.get_by_text("8 lines added")).to_be_visible()


def test_progress_moves_by_itself_and_ends_in_the_preview(mona, browse_as, monkeypatch):
    monkeypatch.setattr(actions, "BIG", 5)
    page = browse_as(mona, "/p/harbor/log/import/")
    batch = send(page)
    expect(page.get_by_text("Being read: 0 of 9 rows")).to_be_visible()
    Import.objects.filter(pk=batch.pk).update(done=4)
    expect(page.get_by_text("Being read: 4 of 9 rows")).to_be_visible()
    tasks.work_on_import.call(batch.pk)
    expect(page.get_by_role("button", name="Add 8 lines to Harbor Wireless")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_fits_a_phone_and_everybody_s_eyes(mona, browse_as, axe, scheme):
    size = {"width": 320, "height": 700}
    page = browse_as(mona, "/p/harbor/log/import/", viewport=size, color_scheme=scheme)
    axe(page)
    send(page)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.get_by_role("button", name="Add 8 lines").click()
    expect(page.get_by_text("8 lines added")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
