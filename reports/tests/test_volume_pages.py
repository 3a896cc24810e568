"""The page of call volumes: read by SMEs, written by the manager, seen before it is recorded."""

from __future__ import annotations

import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from escalations.tests.factories import EscalationFactory
from people.models import Membership, Program
from people.tests.factories import AgentFactory
from reports.models import CallVolume, VolumeRecording
from reports.tests.factories import CallVolumeFactory
from reports.volumes.words import stamp_of

HERE = "/p/skyline/reports/volumes/"
SIX = datetime(2025, 10, 20, 10, tzinfo=UTC)  # 6 PM in Manila
HOUR = timedelta(hours=1)
REPORT = "Date,Hour,Calls handled,ASA\n2025-10-20,18:00,41,0:12\n2025-10-20,19:00,40,15\n"
ASKED = f"{HERE}?from=2025-10-20&to=2025-10-20"


@pytest.fixture
def manager(mona: Membership, browse: Any) -> Client:
    return browse(mona)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def confirmation(page: str) -> dict[str, str]:
    said = page[page.index("/volumes/record/") :]
    return {name: hidden(said, name) for name in ("key", "seen", "sealed")}


def recorded(manager: Client, text: str = REPORT) -> str:
    page = manager.post(HERE, {"pasted": text}).content.decode()
    answer = manager.post(f"{HERE}record/", confirmation(page), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def calls() -> dict[datetime, int]:
    return dict(CallVolume.objects.values_list("hour", "calls"))


def test_a_paste_is_shown_then_recorded_then_undone(manager: Client) -> None:
    page = manager.post(HERE, {"pasted": REPORT}).content.decode()
    assert "81 calls in 2 hours" in page
    assert "2 new" in page
    assert not CallVolume.objects.exists()
    done = manager.post(f"{HERE}record/", confirmation(page), follow=True)
    assert done.redirect_chain == [(f"{HERE}?from=2025-10-20&to=2025-10-20", 302)]
    assert "2 hours recorded: 2 are new or different." in done.content.decode()
    assert calls() == {SIX: 41, SIX + HOUR: 40}
    recording = VolumeRecording.objects.get()
    undone = manager.post(f"{HERE}{recording.pk}/undo/", {"version": 1}, follow=True)
    assert "2 have no volume again" in undone.content.decode()
    assert calls() == {}
    assert manager.post(f"{HERE}{recording.pk}/undo/", {"version": 2}).status_code == 409
    assert manager.post(f"{HERE}{recording.pk}/undo/").status_code == 409


def test_the_same_report_again_has_nothing_to_record(manager: Client) -> None:
    recorded(manager)
    page = manager.post(HERE, {"pasted": REPORT}).content.decode()
    assert "All of these hours have these numbers already" in page
    assert 'name="sealed"' not in page


def test_what_was_there_before_stands_beside_what_will_be(manager: Client) -> None:
    recorded(manager)
    page = manager.post(HERE, {"pasted": REPORT.replace(",41,", ",44,")}).content.decode()
    assert "1 different, 1 as they are" in page
    assert "Was: 41 calls handled, average wait 0:12" in page


def test_averages_a_report_has_no_column_for_stay(manager: Client) -> None:
    recorded(manager)
    recorded(manager, "Date,Hour,Calls handled\n2025-10-20,18:00,44\n")
    volume = CallVolume.objects.get(hour=SIX)
    assert (volume.calls, volume.average_wait_seconds) == (44, 12)


def test_a_form_sent_twice_records_once_and_another_content_is_422(manager: Client) -> None:
    page = manager.post(HERE, {"pasted": REPORT}).content.decode()
    said = confirmation(page)
    for _ in range(2):
        assert manager.post(f"{HERE}record/", said).status_code == 302
    assert VolumeRecording.objects.count() == 1
    other = manager.post(HERE, {"pasted": REPORT.replace(",41,", ",44,")}).content.decode()
    assert (
        manager.post(f"{HERE}record/", confirmation(other) | {"key": said["key"]}).status_code
        == 422
    )


def test_hours_changed_meanwhile_are_shown_again(manager: Client) -> None:
    page = manager.post(HERE, {"pasted": REPORT}).content.decode()
    recorded(manager, REPORT.replace(",41,", ",39,"))
    answer = manager.post(f"{HERE}record/", confirmation(page))
    assert answer.status_code == 409
    assert "Somebody changed some of these hours meanwhile" in answer.content.decode()
    assert calls()[SIX] == 39
    again = manager.post(f"{HERE}record/", confirmation(answer.content.decode()))
    assert again.status_code == 302
    assert calls()[SIX] == 41


def test_a_preview_of_somebody_else_or_made_up_is_refused(
    manager: Client, mona: Membership, harbor: Program
) -> None:
    page = manager.post(HERE, {"pasted": REPORT}).content.decode()
    said = confirmation(page)
    there = manager.post("/p/harbor/reports/volumes/record/", said)
    assert there.status_code == 422
    assert manager.post(f"{HERE}record/", said | {"sealed": "made:up"}).status_code == 422
    assert manager.post(f"{HERE}record/", said | {"key": "x"}).status_code == 422
    del said["seen"]
    assert manager.post(f"{HERE}record/", said).status_code == 428
    assert not CallVolume.objects.exists()


def test_what_was_pasted_survives_a_refusal(manager: Client) -> None:
    answer = manager.post(HERE, {"pasted": "Date,Hour,Calls Offered\n2025-10-20,18:00,41\n"})
    assert answer.status_code == 422
    assert "2025-10-20,18:00,41" in answer.content.decode()
    assert "not how many were handled" in answer.content.decode()
    card = manager.post(HERE, {"pasted": "Agent,Card\nTina,4111 1111 1111 1111\n"})
    assert "4111 1111" not in card.content.decode()
    assert manager.post(HERE, {}).status_code == 422
    both = {"pasted": "x", "file": SimpleUploadedFile("a.csv", REPORT.encode())}
    assert "not both" in manager.post(HERE, both).content.decode()


def test_rows_that_cannot_be_read_are_listed_and_the_rest_is_recorded(manager: Client) -> None:
    page = manager.post(HERE, {"pasted": REPORT + "2025-10-20,20:00,-4,\n"}).content.decode()
    assert "there cannot be fewer than none" in page
    manager.post(f"{HERE}record/", confirmation(page))
    assert len(calls()) == 2


def test_calls_nobody_can_place_cannot_be_confirmed(manager: Client) -> None:
    text = "Time,Handled\n18:00,10\nlate,7\n18:30,9\n"
    page = manager.post(HERE, {"pasted": text, "shift": "2025-10-20"}).content.decode()
    assert "This cannot be recorded yet" in page
    assert 'name="sealed"' not in page


def test_a_workbook_keeps_the_seconds_of_its_durations(manager: Client) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Interval", "Calls handled", "ASA", "AHT"])
    start = datetime(2025, 10, 20, 18)
    sheet.append([start, 41, timedelta(seconds=12), timedelta(minutes=5)])
    sheet.append([start + HOUR, 40, timedelta(0), timedelta(minutes=5, seconds=7)])
    sheet["D2"].number_format = sheet["D3"].number_format = "h:mm:ss"
    data = io.BytesIO()
    book.save(data)
    page = manager.post(HERE, {"file": SimpleUploadedFile("acd.xlsx", data.getvalue())})
    manager.post(f"{HERE}record/", confirmation(page.content.decode()))
    found = CallVolume.objects.order_by("hour")
    assert [(v.calls, v.average_wait_seconds, v.average_handling_seconds) for v in found] == [
        (41, 12, 300),
        (40, 0, 307),
    ]


def test_smes_read_and_agents_do_not(
    sam: Membership, abe: Membership, olga: Membership, browse: Any
) -> None:
    CallVolumeFactory(program=sam.program, hour=SIX, calls=41)
    page = browse(sam).get(ASKED).content.decode()
    assert "6 PM: 41 calls handled" in page
    assert "Paste or send" not in page
    assert "/hour/" not in page
    assert browse(abe).get(HERE).status_code == 403
    assert browse(olga).get(HERE).status_code == 404
    for url in (f"{HERE}record/", f"{HERE}hour/{stamp_of(SIX)}/", f"{HERE}1/undo/"):
        assert browse(sam).post(url).status_code == 403


def test_an_hour_without_a_volume_has_no_denominator(sam: Membership, browse: Any) -> None:
    CallVolumeFactory(program=sam.program, hour=SIX, calls=41)
    page = browse(sam).get(ASKED).content.decode()
    assert page.count("no denominator") > 23
    assert "1 of 24" in page
    EscalationFactory(
        agent=AgentFactory(program=sam.program), occurred_at=SIX + timedelta(minutes=90)
    )
    page = browse(sam).get(ASKED).content.decode()
    assert "1 hour with lines has no denominator" in page
    assert page.count("is-missing") == 1


def test_an_empty_floor_says_what_will_be_here(
    sam: Membership, mona: Membership, browse: Any
) -> None:
    assert "will stand here" in browse(sam).get(HERE).content.decode()
    assert "paste it above" in browse(mona).get(HERE).content.decode()
    assert browse(mona).get(f"{HERE}?from=2025-10-20&to=2025-01-01").status_code == 422
    assert browse(mona).get(f"{HERE}?from=2020-10-20&to=2025-01-01").status_code == 422


def test_another_programs_recording_is_404(manager: Client, olga: Membership) -> None:
    theirs = CallVolumeFactory(program=olga.program, hour=SIX).entry.recording
    mine = f"{HERE}{theirs.pk}/undo/"
    assert manager.post(mine, {"version": 1}).status_code == 404


def test_the_export_reads_back_in_to_the_same_hours(
    manager: Client, mona: Membership, harbor: Program
) -> None:
    """Harbor's clocks went back in this night: the hour that comes twice is there twice."""
    here = "/p/harbor/reports/volumes/"
    first = datetime(2025, 11, 2, 4, tzinfo=UTC)
    averages: dict[str, Any] = {"average_wait_seconds": "12.5", "average_handling_seconds": 300}
    for at in range(4):
        CallVolumeFactory(program=harbor, hour=first + at * HOUR, calls=at, **averages)
    CallVolumeFactory(program=mona.program, hour=first, calls=999)
    before = list(
        CallVolume.objects.filter(program=harbor)
        .order_by("hour")
        .values_list("hour", "ends_at", "calls", "average_wait_seconds", "average_handling_seconds")
    )
    data = b"".join(manager.get(f"{here}export.csv").streaming_content)  # type: ignore[attr-defined]
    assert b"999" not in data
    same = manager.post(here, {"file": SimpleUploadedFile("v.csv", data)}).content.decode()
    assert "All of these hours have these numbers already" in same
    CallVolume.objects.filter(program=harbor).delete()
    page = manager.post(here, {"file": SimpleUploadedFile("v.csv", data)}).content.decode()
    manager.post(f"{here}record/", confirmation(page))
    after = list(
        CallVolume.objects.filter(program=harbor)
        .order_by("hour")
        .values_list("hour", "ends_at", "calls", "average_wait_seconds", "average_handling_seconds")
    )
    assert after == before
    ranged = manager.get(f"{here}export.csv?from=2025-10-01&to=2025-10-02")
    assert len(b"".join(ranged.streaming_content).splitlines()) == 1  # type: ignore[attr-defined]
    assert manager.get(f"{here}export.csv?from=x").status_code == 422


def test_the_page_asks_as_often_for_two_weeks_as_for_two_months(
    sam: Membership, browse: Any, django_assert_max_num_queries: Any
) -> None:
    for at in range(0, 1000, 40):
        CallVolumeFactory(program=sam.program, hour=SIX + at * HOUR)
    browser = browse(sam)
    browser.get(ASKED)
    for days in (1, 60):
        last = date(2025, 10, 20) + timedelta(days=days)
        with django_assert_max_num_queries(12):
            browser.get(f"{HERE}?from=2025-10-20&to={last}")


def test_the_hour_that_comes_twice_is_there_twice(olga: Membership, browse: Any) -> None:
    first = datetime(2025, 11, 2, 5, tzinfo=UTC)
    for at, n in enumerate((31, 32)):
        CallVolumeFactory(program=olga.program, hour=first + at * HOUR, calls=n)
    here = "/p/harbor/reports/volumes/?from=2025-11-01&to=2025-11-01"
    page = browse(olga).get(here).content.decode()
    assert "1 AM, the first: 31 calls handled" in page
    assert "1 AM, the second: 32 calls handled" in page
    assert "2 of 25" in page


def test_a_shift_that_begins_off_the_hour_has_its_hours_in_order(
    sam: Membership, browse: Any
) -> None:
    Program.objects.filter(pk=sam.program_id).update(shift_starts_at="18:30")
    CallVolumeFactory(program=sam.program, hour=SIX + 24 * HOUR, calls=31)
    page = browse(sam).get(ASKED).content.decode()
    headings = re.findall(r'<th scope="col">(\d+ [AP]M)</th>', page)
    assert (headings[0], headings[-1]) == ("7 PM", "6 PM")
    assert "1 of 24" in page
