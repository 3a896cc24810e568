"""Text of any script comes back from an export as it was, never as a formula; turns are kept."""

import csv
import io
from datetime import date

import openpyxl
import psycopg2
import pytest
from django.db import connection

from escalations import exportslot
from escalations.actions import imports
from escalations.exportcells import neutral
from escalations.models import Escalation
from escalations.reading import read_file
from escalations.tests.test_exports import log
from people.models import Membership, Program
from people.tests.factories import ClientFactory

FORMULAS = (
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=DDE("cmd";"/C calc";"x")', "＝1+1"),
    *("  =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\xa0=1", "\u200b=1", "\ufeff=1", '"=1+1', "'=1+1"),
    *('=HYPERLINK("http://x")', "=WEBSERVICE(A1)", "﹦1", "−1+1", "－1", "＋1", "＠x", '" =1"'),
    *("\u202e=1", "\xad=1", "\x7f=1", "\u2066@x", "\ufe0f+1"),
)
SCRIPTS = (
    *("Añá Ñusta, ₱50", "ang bill ko po’y mataas", "ﷺ مرحبا بالعالم", "\u202eright to left\u202c"),
    *(
        "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "e\u0301\u0302\u0303",
        "漢字かな交じり",
        "हिन्दी",
        "ไทย",
        "a, b; c | d",
        'say "no"',
        "two\nlines",
    ),
    *(
        "_x0041_ & <b>",
        "100%",
        "it's",
        "#N/A",
        "1E10",
        "0012",
        "TRUE",
        "2026-11-20",
        "9:15 PM",
        "\\N \\.",
    ),
)


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_of_a_csv_begins_like_a_formula(cell):
    harmless = neutral(cell)
    assert harmless == f"'{cell}"
    assert neutral(harmless) == f"'{harmless}"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_text_of_any_script_comes_back_as_it_was(olga, mona, browse, kind):
    said = [*SCRIPTS, *(cell.strip().strip("\ufeff\u200b") for cell in FORMULAS)]
    for minute, concern in enumerate(said):
        log(olga, f"2026-11-21T02:{minute:02}", concern=concern, resolution="done")
    answer = browse(olga).get(f"/p/harbor/log/export.{kind}?shift=all").getvalue()
    copy = Program.objects.create(
        client=ClientFactory(), name="Copy", slug="copy", time_zone="America/New_York"
    )
    marta = Membership.objects.create(user=mona.user, program=copy, roles=["manager"])
    table = read_file(f"log.{kind}", answer)
    batch = imports.stage(table, name="log", sha256="", shift=date(2026, 1, 1), by=marta)
    imports.confirm(batch, version=batch.version, by=marta)
    copied = Escalation.objects.filter(program=copy).order_by("occurred_at")
    assert list(copied.values_list("concern", flat=True)) == said


def test_a_workbook_holds_them_as_text(olga, browse):
    for minute, concern in enumerate(FORMULAS):
        log(olga, f"2026-11-21T02:{minute:02}", concern=concern)
    answer = browse(olga).get("/p/harbor/log/export.xlsx?shift=all").getvalue()
    sheet = openpyxl.load_workbook(io.BytesIO(answer)).active
    assert {row[3].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_counting_by_the_way_gives_the_numbers_that_asking_gives(olga, browse):
    """On a night the clocks are moved, and around it."""
    for at in ("2026-10-31T21:59", "2026-10-31T22:00", "2026-11-01T05:30", "2026-11-01T06:30"):
        log(olga, at, status="unresolved")
    log(olga, "2026-11-01T22:59", status="unresolved")
    log(olga, "2026-11-01T23:00", status="unresolved")
    pages = [
        browse(olga).get(f"/p/harbor/log/export.csv?shift=all{more}").getvalue().decode()
        for more in ("", "&status=unresolved")
    ]
    counted, asked = ([row[:8] for row in csv.reader(io.StringIO(page))] for page in pages)
    assert counted == asked
    assert len(counted) == 7


@pytest.fixture
def somebody_else():
    """Another connection to the database."""
    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    yield other
    other.close()


def test_one_large_export_at_a_time(olga, browse, monkeypatch, somebody_else):
    monkeypatch.setattr(exportslot, "LARGE", 1)
    for minute in range(3):
        log(olga, f"2026-11-21T02:{minute:02}")
    page = "/p/harbor/log/export.csv?shift=all"
    with somebody_else.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", exportslot._LOCK)
        answer = browse(olga).get(page)
        assert answer.status_code == 429
        assert "Another large export" in answer.content.decode()
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", exportslot._LOCK)
        first = browse(olga).get(page)
        next(iter(first.streaming_content))
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", exportslot._LOCK)
        assert cursor.fetchone() == (False,)
        first.close()
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", exportslot._LOCK)
        assert cursor.fetchone() == (True,)
