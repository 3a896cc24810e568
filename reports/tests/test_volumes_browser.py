"""In the browser: a report is pasted, looked at, recorded, and one hour corrected by keyboard."""

from __future__ import annotations

from typing import Any

from reports.models import CallVolume

HERE = "/p/skyline/reports/volumes/"
REPORT = "Date\tHour\tCalls handled\tASA\n2025-10-20\t18:00\t41\t0:12\n2025-10-20\t19:00\t40\t15\n"


def test_the_manager_records_a_report_and_corrects_an_hour(
    mona: Any, browse_as: Any, axe: Any
) -> None:
    page = browse_as(mona, HERE)
    page.get_by_label("Rows of the hourly report").fill(REPORT)
    page.get_by_role("button", name="Show what it says").click()
    page.get_by_text("81 calls in 2 hours").wait_for()
    axe(page)
    page.get_by_role("button", name="Record 2 hours").click()
    page.get_by_text("2 hours recorded").wait_for()
    axe(page)
    cell = page.get_by_role("link", name="6 PM: 41 calls handled")
    cell.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Calls handled", exact=True)
    field.wait_for()
    axe(page)
    field.fill("many")
    page.keyboard.press("Enter")
    page.get_by_text("is not a number of calls").wait_for()
    field.fill("44")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="6 PM: 44 calls handled").wait_for()
    assert page.get_by_text("6 PM is saved.").count() == 1
    assert sorted(CallVolume.objects.values_list("calls", flat=True)) == [40, 44]
