"""Reports as files: every number of the page is in the workbook, and nothing is a formula."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.http import QueryDict

from escalations.actions import topics as grouping
from escalations.charts.drawing import Cell, Table
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory
from reports.asked import Asked
from reports.book import Head, book
from reports.kinds import KINDS
from reports.report import Fact, Listed, Section
from reports.tables import Figure, as_csv, read, read_range, sheets
from reports.tests.factories import CallVolumeFactory

DAY = timedelta(days=1)
EVIL = "=cmd|' /C calc'!A1"


@pytest.fixture
def floor(sam, cora):
    """Lines of four shift days, of a topic with a name that a sheet would take for a formula."""
    program = sam.program
    start = program.shift_bounds(program.current_shift() - 4 * DAY)[0]
    topic = grouping.create(EVIL, by=cora).topic
    agent = AgentFactory(program=program, name="+Tina", team="@North")
    for n in range(12):
        at = start + n // 3 * DAY + timedelta(minutes=n)
        CallVolumeFactory(program=program, hour=start + n * DAY, calls=40) if n < 3 else None
        a_line(
            sam,
            number=n + 1,
            agent=agent,
            occurred_at=at,
            topic=topic if n % 2 else None,
            feedback=("owed", "given", "none")[n % 3],
            status=("unresolved", "resolved")[n % 2],
        )
    return sam


def opened(response):
    assert response.status_code == 200, response.content[:300]
    return openpyxl.load_workbook(io.BytesIO(response.content))


def numbers_of(sheet):
    """Every number in a sheet, rounded as far as pages show them."""
    return {
        round(c.value, 10) for r in sheet.iter_rows() for c in r if isinstance(c.value, int | float)
    }


@pytest.mark.parametrize("kind", [kind.slug for kind in KINDS])
def test_every_number_of_a_report_is_a_number_of_its_workbook(floor, browse, kind):
    found = next(one for one in KINDS if one.slug == kind)
    asked = Asked(QueryDict(""), floor)
    sections = found.make(asked)
    response = browse(floor).get(f"/p/skyline/reports/{kind}/export.xlsx")
    workbook = opened(response)
    figures = list(workbook["Figures"].iter_rows(values_only=True))
    for section in sections:
        for fact in section.facts:
            (row,) = (r for r in figures if r[:2] == (section.title, fact.name))
            shown = read(fact.said)
            assert row[2] == (shown.value if isinstance(shown, Figure) else row[2])
            assert row[3] == fact.said
            assert row[8] == fact.definition
            if fact.share:
                assert row[4] == pytest.approx(read(fact.share).value)
    wanted = list(sheets(sections))
    assert len(workbook.sheetnames) == 1 + len(wanted)
    for name, table in zip(workbook.sheetnames[1:], wanted, strict=True):
        cells = numbers_of(workbook[name])
        said = {round(c.value, 10) for row in table.rows for c in row if isinstance(c, Figure)}
        assert said <= cells, name
    disposition = response["Content-Disposition"]
    assert f"skyline-{kind}-{asked.first}-to-{asked.last}.xlsx" in disposition


def test_no_cell_is_a_formula_or_a_link(floor, browse):
    for kind in KINDS:
        workbook = opened(browse(floor).get(f"/p/skyline/reports/{kind.slug}/export.xlsx"))
        for sheet in workbook.worksheets:
            for row in sheet.iter_rows():
                assert {cell.data_type for cell in row} <= {"n", "s", "inlineStr"}
                assert not any(cell.hyperlink for cell in row)


def test_names_of_sheets_are_taken_by_excel_whatever_a_chart_is_called():
    table = Table(("A", "B"), ((Cell("x"), Cell("1,204")), (Cell("007"), Cell("0070"))))
    title = "[Very] long/title: of * a chart? that goes on and on and on"
    section = Section(
        "s",
        "S",
        facts=(Fact("=1+1", "12.5 %", "=2", share="12.5 %", interval="1 % to 20 %"),),
        lists=tuple(Listed(f"l{n}", title, table) for n in range(3)),
    )
    workbook = openpyxl.load_workbook(io.BytesIO(book(Head("\x01=T", (("P", "=3"),)), [section])))
    assert len(set(workbook.sheetnames)) == 4
    assert all(len(name) <= 31 for name in workbook.sheetnames)
    cells = [c for sheet in workbook.worksheets for row in sheet.iter_rows() for c in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {1204, 0.125, 0.01, 0.2} <= {cell.value for cell in cells}
    assert {"007", "0070", "=1+1", "=2", "=3", "=T"} <= {cell.value for cell in cells}


def test_words_are_read_as_numbers_only_where_they_are_the_charts_own():
    assert read("1,204.5") == Figure(1204.5)
    assert read("0 %") == Figure(0.0, is_share=True)
    for words in ("123456", "007", "–", "12:30", "", "1,20", "4 %x", "no denominator"):
        assert read(words) == words
    assert read_range("1.5 % to 20 %") == (Figure(0.015, is_share=True), Figure(0.2, is_share=True))


def test_a_chart_comes_as_csv(floor, browse):
    response = browse(floor).get("/p/skyline/reports/overview/export.csv?chart=logged-by-period")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert sum(int(row[1]) for row in rows[1:]) == 12
    assert browse(floor).get("/p/skyline/reports/overview/export.csv?chart=no").status_code == 404
    (sheet,) = sheets(
        [Section("s", "", lists=(Listed("l", "", Table((EVIL,), ((Cell(EVIL),),))),))]
    )
    assert as_csv(sheet).splitlines() == [f"'{EVIL}", f"'{EVIL}"]


def test_a_query_with_an_error_is_no_file(floor, browse):
    for file in ("export.xlsx", "export.csv"):
        response = browse(floor).get(f"/p/skyline/reports/overview/{file}?from=yesterday")
        assert response.status_code == 422
        assert "Content-Disposition" not in response
        assert browse(floor).get(f"/p/skyline/reports/no-such/{file}").status_code == 404


def test_another_programs_lines_are_in_no_file(floor, olga, browse):
    assert browse(olga).get("/p/skyline/reports/overview/export.xlsx").status_code == 404
    theirs = opened(browse(olga).get("/p/harbor/reports/overview/export.xlsx"))
    assert 12 not in numbers_of(theirs["Figures"])
