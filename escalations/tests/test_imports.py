"""A manager brings the night's sheet in, sees what is proposed, says yes, and can take it back."""

import csv
import io
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from escalations import uploads
from escalations.models import Escalation, Import
from escalations.reading import table
from people.models import Agent

SHEET = Path(__file__).parent / "data" / "log-sheet.csv"
PAGE = "/p/harbor/log/import/"
HTMX = {"HX-Request": "true"}


def send(desk, data=None, *, name="log-sheet.csv", shift="2026-11-20"):
    """Send a sheet in and give the import."""
    file = SimpleUploadedFile(name, SHEET.read_bytes() if data is None else data)
    answer = desk.post(PAGE, {"file": file, "shift": shift})
    assert answer.status_code == 302, answer.content.decode()
    batch = Import.objects.latest("pk")
    assert answer.url == f"{PAGE}{batch.pk}/"
    return batch


def paste(desk, text, shift="2026-11-20"):
    answer = desk.post(PAGE, {"pasted": text, "shift": shift})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.latest("pk")


def page(desk, batch, query=""):
    answer = desk.get(f"{PAGE}{batch.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def confirm(desk, batch, **more):
    return desk.post(f"{PAGE}{batch.pk}/confirm/", {"version": batch.version, **more}, follow=True)


def test_the_real_night_comes_in_and_goes_out_again(desk):
    """The issue's first thing to show, without a browser."""
    batch = send(desk)
    shown = page(desk, batch)
    assert "Add 8 lines to Harbor Wireless" in shown
    assert "<del>12:10 PM</del> <strong>12:10 AM</strong>" in shown
    assert "<del>12:50 PM</del> <strong>12:50 AM</strong>" in shown
    assert "<del>Resolved</del> <strong>Unresolved</strong>" in shown
    assert shown.count('name="accept"') == 11
    assert "Tanya <span" in shown
    assert not Escalation.objects.exists()

    done = confirm(desk, batch).content.decode()
    assert "8 lines added" in done
    assert "8 lines added" in confirm(desk, batch).content.decode()  # a second click
    lines = list(Escalation.objects.order_by("occurred_at").select_related("agent", "program"))
    harbor = lines[0].program
    assert {str(harbor.shift_day_of(line.occurred_at)) for line in lines} == {"2026-11-20"}
    local = [line.occurred_at.astimezone(harbor.zone) for line in lines]
    assert [str(moment.date()) for moment in local] == ["2026-11-20"] * 3 + ["2026-11-21"] * 5
    assert [f"{moment:%H:%M}" for moment in local[3:5]] == ["00:10", "00:50"]
    assert str(lines[3].agent) == "Tanya / 567891"
    assert (lines[0].status, lines[0].resolution) == ("unresolved", "irresolvable")

    export = desk.get("/p/harbor/log/export.csv?shift=2026-11-20").getvalue()
    sheet = list(csv.reader(io.StringIO(export.decode())))
    original = list(csv.reader(SHEET.read_text(encoding="utf-8").splitlines()))
    original[4][1:3] = ["12:10 AM", "Tanya / 567891"]
    original[5][1] = "12:50 AM"
    assert [row[:6] for row in sheet] == original

    again = send(desk)
    assert "Nothing to add: the log has all of these lines already" in page(desk, again)
    assert "This very file was imported" in page(desk, again)
    assert desk.post(f"{PAGE}{again.pk}/confirm/", {"version": again.version}).status_code == 409
    from_export = send(desk, export, name="export.csv")
    assert from_export.counts["duplicate"] == 8
    assert Escalation.objects.count() == 8

    undone = desk.post(f"{PAGE}{batch.pk}/undo/", follow=True).content.decode()
    assert "8 lines taken out again" in undone
    assert not Escalation.objects.exists()
    assert not Agent.objects.filter(program=harbor).exists()


def test_the_first_import_is_invited(desk):
    shown = desk.get(PAGE).content.decode()
    assert "None yet" in shown
    assert 'name="file"' in shown
    assert 'name="pasted"' in shown
    assert 'name="shift"' in shown


def test_past_imports_are_listed_with_what_became_of_them(desk):
    confirm(desk, send(desk))
    undone = paste(desk, "Time\tAgent\tConcern\n9 PM\tTina / 123456\tfee\n")
    confirm(desk, undone)
    desk.post(f"{PAGE}{undone.pk}/undo/")
    send(desk)
    shown = desk.get(PAGE).content.decode()
    for words in ("log-sheet.csv", "Pasted rows", "Added", "Undone", "Waiting for your"):
        assert words in shown


def test_without_a_shift_the_current_one_counts(desk, harbor):
    batch = paste(desk, "Time\tAgent\tConcern\n9 PM\tTina / 1\tfee\n", shift="")
    assert batch.shift == harbor.current_shift()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Choose a file, or paste the rows below"),
        ({"pasted": "a", "file": "x"}, "either a file or pasted rows"),
        ({"file": "%PDF-1.7"}, "is not a spreadsheet"),
        ({"pasted": ",,,"}, "has no rows"),
        ({"pasted": "x", "shift": "soon"}, "Write the day like"),
        ({"pasted": "x", "shift": "0001-01-01"}, "too far away"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(desk, posted, sentence):
    if "file" in posted:
        posted["file"] = SimpleUploadedFile("a.bin", posted["file"].encode())
    answer = desk.post(PAGE, posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_big_is_dropped_while_it_arrives(desk, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    monkeypatch.setattr(table, "MAX_BYTES", 1000)
    file = SimpleUploadedFile("big.csv", b"x" * 100_000)
    answer = desk.post(PAGE, {"file": file, "shift": "2026-11-20"})
    assert answer.status_code == 422
    assert "larger than" in answer.content.decode()


def test_too_many_sheets_in_a_short_time_are_refused(desk, monkeypatch):
    monkeypatch.setattr(uploads, "PER_PERSON", 2)
    assert [desk.post(PAGE, {}).status_code for _ in range(3)] == [422, 422, 429]


def test_one_large_sheet_is_read_at_a_time_and_a_worker_is_left_for_the_pages(desk, monkeypatch):
    monkeypatch.setattr(uploads, "LARGE", 50)
    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", uploads._LOCK)
        rows = "Time\tAgent\tConcern\n9 PM\tTina / 1\tfee, a large one\n"
        answer = desk.post(PAGE, {"pasted": rows})
        assert answer.status_code == 422
        assert "Another large sheet is being read" in answer.content.decode()
        assert "fee, a large one" in answer.content.decode()
        assert not Import.objects.exists()
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", uploads._LOCK)
        assert desk.post(PAGE, {"pasted": rows}).status_code == 302
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", uploads._LOCK)
        assert cursor.fetchone() == (True,)


def test_a_tick_taken_off_is_read_again_in_place(desk):
    batch = send(desk)
    answer = desk.post(
        f"{PAGE}{batch.pk}/decide/",
        {"version": batch.version, "seen": ["2:outcome", "x:y"], "accept": []},
        headers=HTMX,
    )
    shown = answer.content.decode()
    assert shown.lstrip().startswith('<div id="staged"')
    assert "Declined" in shown
    assert batch.rows.get(number=2).reading["status"] == "resolved"


def test_a_whole_kind_is_declined_and_accepted_without_javascript(desk):
    batch = send(desk)
    answer = desk.post(
        f"{PAGE}{batch.pk}/decide/", {"version": batch.version, "all": "new_agent:no"}, follow=True
    )
    shown = answer.content.decode()
    assert "Nothing to add" in shown
    assert "Left out 8" in shown
    batch.refresh_from_db()
    desk.post(f"{PAGE}{batch.pk}/decide/", {"version": batch.version, "all": "new_agent:yes"})
    assert "Add 8 lines" in page(desk, batch)


def test_ticks_changed_without_javascript_are_shown_before_they_are_written(desk):
    batch = send(desk)
    answer = confirm(desk, batch, seen=["2:outcome"], accept=[])
    assert "Read again with your choices" in answer.content.decode()
    assert not Escalation.objects.exists()
    batch.refresh_from_db()
    confirm(desk, batch, seen=["2:outcome"], accept=[])
    assert Escalation.objects.filter(status="resolved").count() == 8


def test_a_stale_or_missing_version_is_refused(desk):
    batch = send(desk)
    assert desk.post(f"{PAGE}{batch.pk}/confirm/", {"version": 99}).status_code == 409
    assert desk.post(f"{PAGE}{batch.pk}/confirm/", {}).status_code == 428


def test_columns_are_said_anew_on_the_page(desk):
    batch = paste(desk, "What\tWho\tWhen\nfee\tTina / 123456\t9:15 PM\n")
    shown = page(desk, batch)
    assert "First say below which column holds" in shown
    assert "e.g. Tina / 123456" in shown
    assert "The sheet as it will be read" not in shown
    columns = {"column_0": "concern", "column_1": "agent", "column_2": "time"}
    url = f"{PAGE}{batch.pk}/columns/"
    answer = desk.post(url, {**columns, "version": batch.version, "shift": "2026-11-19"})
    assert answer.status_code == 302
    assert "Add 1 line to Harbor Wireless" in page(desk, batch)
    batch.refresh_from_db()
    assert str(batch.shift) == "2026-11-19"
    assert desk.post(url, {**columns, "column_0": "password"}).status_code == 422
    assert desk.post(url, {**columns, "version": batch.version}).status_code == 302


def test_rows_that_cannot_be_read_come_back_as_a_file_to_fix(desk):
    batch = paste(
        desk,
        "Time\tAgent\tConcern\n9 PM\tTina / 123456\tfee\nsoon\tTina / 123456\t=1+1\n\tEric\n",
    )
    shown = page(desk, batch)
    assert "“soon” is not a time" in shown
    assert "The 2 rows that cannot be read" in shown
    assert batch.counts["kinds"] == {"outcome": [1, 1], "new_agent": [1, 1]}
    only = page(desk, batch, "?show=unreadable")
    assert 'id="row-3"' in only
    assert 'id="row-2"' not in only
    rejected = desk.get(f"{PAGE}{batch.pk}/rejected.csv")
    assert rejected["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    text = rejected.getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["Time", "Agent", "Concern", "Row", "Why it was not read"]
    assert rows[1][:4] == ["soon", "Tina / 123456", "'=1+1", "3"]
    assert rows[1][4].startswith("Time of escalation: “soon” is not a time")
    fixed = text.replace("soon", "10 PM").encode()
    again = send(desk, fixed, name="fixed.csv")
    assert again.rows.get(number=2).reading["concern"] == "=1+1"
