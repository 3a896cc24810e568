"""An export holds every line the sheet shows, in its own columns, and comes back the same."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from escalations import exports, workbook
from escalations.actions import imports
from escalations.models import Escalation
from escalations.reading import read_file
from escalations.tests.factories import EscalationFactory
from people.models import Membership, Program
from people.tests.factories import AgentFactory, ClientFactory

OWN = ["Number", "Time of Escalation", "Escalating Agent", "Concern", "Resolution"]
OWN += ["Requires Feedback? Y/N"]


@pytest.fixture
def olive(olga) -> Membership:
    """An SME of Harbor Wireless, who may read its log."""
    return olga


def log(by, at, **said) -> Escalation:
    """A line of the member's program at a UTC time."""
    agent = said.pop("agent", None) or AgentFactory(program=by.program)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return EscalationFactory(agent=agent, logged_by=by.user, occurred_at=moment, **said)


def rows(browser, query="?shift=2026-11-20", slug="harbor"):
    answer = browser.get(f"/p/{slug}/log/export.csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.getvalue().decode())))


def book(browser, query="?shift=2026-11-20"):
    answer = browser.get(f"/p/harbor/log/export.xlsx{query}")
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def test_the_sheet_s_own_columns_come_first_oldest_line_first(olive, browse):
    tina = AgentFactory(program=olive.program, name="Tina", employee_id="123456")
    log(olive, "2026-11-21T05:10", agent=tina, feedback="owed", status="unresolved")
    log(olive, "2026-11-21T02:15", agent=tina, resolution="", severity=2, customer_ref="A-1")
    found = rows(browse(olive))
    assert found[0][:6] == OWN
    assert found[1][:6] == [
        *("1", "9:15 PM", "Tina / 123456", "waive all the charges on the bill", "", "N"),
    ]
    assert found[2][:7] == [
        *("2", "12:10 AM", "Tina / 123456", "waive all the charges on the bill"),
        *("Advised valid charges", "Y", "Unresolved"),
    ]
    said = dict(zip(found[0], found[1], strict=True))
    assert said["Shift day"] == "2026-11-20"
    assert said["Occurred at (UTC)"] == "2026-11-21T02:15Z"
    assert (said["Logged by"], said["Severity"]) == ("olga", "2")
    assert (said["Customer reference"], said["Call back at (UTC)"]) == ("A-1", "")


def test_a_line_keeps_its_number_whatever_is_left_out(olive, browse):
    for minute in range(5):
        log(olive, f"2026-11-21T02:{minute:02}", status="unresolved" if minute == 3 else "resolved")
    log(olive, "2026-11-22T02:00", status="unresolved")
    found = rows(browse(olive), "?shift=all&status=unresolved")
    assert [row[0] for row in found[1:]] == ["4", "1"]
    assert [row[7] for row in found[1:]] == ["2026-11-20", "2026-11-21"]


def test_void_lines_are_there_with_their_reason(olive, browse):
    log(olive, "2026-11-21T02:15", status="void", void_reason="typed twice")
    said = rows(browse(olive))[1]
    assert said[6] == "Void"
    assert "typed twice" in said


def test_formulas_are_made_harmless_in_csv_and_are_text_in_a_workbook(olive, browse):
    evil = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=quoted", "https://example.com"]
    for minute, concern in enumerate(evil):
        log(olive, f"2026-11-21T02:{minute:02}", concern=concern)
    plain = [row[3] for row in rows(browse(olive))[1:]]
    assert plain == [*(f"'{cell}" for cell in evil[:5]), evil[5]]
    answer = browse(olive).get("/p/harbor/log/export.xlsx?shift=2026-11-20")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    cells = [row[3] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == evil
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_workbook_holds_the_same_rows(olive, browse):
    log(
        olive,
        "2026-11-21T02:15",
        concern="two\nlines",
        callback_at=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert book(browse(olive)) == rows(browse(olive))


def test_a_workbook_keeps_every_letter_that_xml_can_hold(olive, browse):
    odd = ["a_x0041_b", "<b>&amp;", "two\nlines ", "Peña ₱ 🌟"]
    for minute, concern in enumerate(odd):
        log(olive, f"2026-11-21T02:{minute:02}", concern=concern, resolution="bell\x07")
    found = book(browse(olive))[1:]
    assert [row[4] for row in found] == ["bell"] * 4
    answer = browse(olive).get("/p/harbor/log/export.xlsx?shift=2026-11-20")
    assert [row[3] for row in read_file("log.xlsx", answer.getvalue()).rows[1:]] == [
        *odd[:2],
        "two\nlines",
        odd[3],
    ]


def test_an_empty_export_still_has_its_headings(olive, browse):
    assert rows(browse(olive)) == [list(exports.HEADINGS)]
    assert book(browse(olive)) == [list(exports.HEADINGS)]


def test_a_workbook_goes_on_on_a_second_sheet(olive, browse, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 2)
    for minute in range(3):
        log(olive, f"2026-11-21T02:{minute:02}")
    answer = browse(olive).get("/p/harbor/log/export.xlsx?shift=all")
    sheets = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets
    assert [sheet.max_row for sheet in sheets] == [3, 2]


def test_nothing_is_capped_and_queries_do_not_grow_with_rows(
    olive, browse, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(exports, "PIECE", 7)
    agent = AgentFactory(program=olive.program)
    for number in range(30):
        log(olive, f"2026-11-21T02:{number // 3:02}", agent=agent, concern=f"fee {number}")
    browser = browse(olive)
    with django_assert_max_num_queries(5 + 5 + 1):
        found = rows(browser)
    assert [row[0] for row in found[1:]] == [str(n) for n in range(1, 31)]
    assert len({row[3] for row in found}) == 31


def test_the_filters_of_the_sheet_hold_for_the_export(olive, browse):
    log(olive, "2026-11-21T02:15", concern="unlock the phone")
    log(olive, "2026-11-21T02:20", concern="waive the fee")
    browser = browse(olive)
    assert [row[3] for row in rows(browser, "?shift=2026-11-20&q=unlock")[1:]] == [
        "unlock the phone"
    ]
    assert [row[3] for row in rows(browser, "?shift=2026-11-20&q=unlcok")[1:]] == [
        "unlock the phone"
    ]
    assert len(rows(browser, "?from=2026-11-20&to=2026-11-20")) == 3


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_query_that_makes_no_sense_is_refused_in_words(olive, browse, kind):
    answer = browse(olive).get(f"/p/harbor/log/export.{kind}?shift=soon")
    assert answer.status_code == 422
    assert "Write the day like" in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_is_a_private_download_with_a_name(olive, browse, kind):
    answer = browse(olive).get(f"/p/harbor/log/export.{kind}?shift=2026-11-20")
    assert "no-store" in answer["Cache-Control"]
    assert f'filename="harbor-log-2026-11-20.{kind}"' in answer["Content-Disposition"]
    assert answer.getvalue()
    whole = browse(olive).get(f"/p/harbor/log/export.{kind}?shift=all")
    assert f'filename="harbor-log.{kind}"' in whole["Content-Disposition"]
    assert whole.getvalue()


def test_another_program_s_lines_are_never_in_it(olive, sam, browse):
    log(olive, "2026-11-21T02:15")
    assert len(rows(browse(sam), "?shift=all", slug="skyline")) == 1
    assert browse(sam).get("/p/harbor/log/export.csv").status_code == 404


def test_an_agent_may_not_export(abe, browse):
    assert browse(abe).get("/p/skyline/log/export.csv").status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_comes_back_as_the_same_rows(olive, mona, browse, kind):
    """Into an empty program; on the night the clocks go back, with all that may go wrong."""
    ana = AgentFactory(program=olive.program, name="Añá Ñusta", employee_id="A-1")
    log(olive, "2026-11-01T05:30", agent=ana, concern="first 1:30 AM")
    log(olive, "2026-11-01T06:30", agent=ana, concern="second 1:30 AM", feedback="owed")
    log(olive, "2026-11-01T06:10", agent=ana, concern="=1+1", resolution="irresolvable")
    for _ in range(2):
        log(olive, "2026-11-01T06:40", agent=ana, concern="the same\ntwice", resolution="")
    log(
        olive, "2026-11-01T22:30", concern="'-quoted", status="void", void_reason="typo", severity=1
    )
    log(
        *(olive, "2026-11-02T16:10"),
        offered="half",
        refused_because="pride",
        wanted="all",
        customer_ref="C-9",
        callback_at=datetime(2026, 11, 3, 16, tzinfo=UTC),
        status="unresolved",
    )
    answer = browse(olive).get(f"/p/harbor/log/export.{kind}?shift=all")
    copy = Program.objects.create(
        client=ClientFactory(), name="Copy", slug="copy", time_zone="America/New_York"
    )
    marta = Membership.objects.create(user=mona.user, program=copy, roles=["manager"])
    batch = imports.stage(
        read_file(f"log.{kind}", answer.getvalue()),
        name="log",
        sha256="",
        shift=date(2026, 1, 1),
        by=marta,
    )
    assert batch.counts["add"] == 7, batch.counts
    imports.confirm(batch, version=batch.version, by=marta)
    theirs, ours = (rows(browse(mona), "?shift=all", slug=slug) for slug in ("copy", "harbor"))
    left_out = {exports.HEADINGS.index("Logged by"), exports.HEADINGS.index("Line")}
    strip = lambda found: [  # noqa: E731
        [cell for at, cell in enumerate(row) if at not in left_out] for row in found
    ]
    assert strip(theirs) == strip(ours)
