"""What else a row says: facts, call-backs, outcomes that stand where a resolution should."""

from datetime import UTC, datetime

import pytest

from escalations.reading.headings import find_headings
from escalations.reading.repairs import Line, undecided
from escalations.reading.rows import read_rows
from escalations.tests.test_reading_times import (
    NIGHT,
    read,
)


def test_everything_a_line_can_say_is_read():
    headings = ["Time", "Agent Name", "Agent ID", "Concern", "Resolution", "Feedback", "Status"]
    headings += ["Severity", "Offered", "Refused because", "Wanted", "Customer reference"]
    headings += ["Call back at (UTC)", "Void reason", "Line"]
    row = ["9:15 PM", "Tina", "123456.0", "fee", "credit", "Y", "Void", "2", "half", "pride"]
    row += ["all", "A-1", "2026-11-21T02:00Z", "typed twice", "7"]
    mapping = find_headings([headings]).mapping
    (found,), _ = read_rows(
        [headings, row], mapping, heading_row=1, night=NIGHT, decisions=undecided
    )
    assert found.line == Line(
        occurred_at=datetime(2026, 11, 20, 13, 15, tzinfo=UTC),
        concern="fee",
        agent_name="Tina",
        agent_id="123456",
        resolution="credit",
        status="void",
        requires_feedback=True,
        severity=2,
        offered="half",
        refused_because="pride",
        wanted="all",
        customer_ref="A-1",
        callback_at=datetime(2026, 11, 21, 2, tzinfo=UTC),
        void_reason="typed twice",
    )
    assert found.from_line == "7"
    assert Line.from_json(found.line.as_json()) == found.line


def test_a_call_back_in_words_is_the_floor_s_time():
    rows, _ = read([("9 PM", "11:30 PM")], headings="Time|Call back at|Agent|Concern")
    assert rows[0].line.callback_at == datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resolution", "said", "status", "kinds"),
    [
        ("irresolvable", "", "unresolved", ["outcome"]),
        ("", "", "unresolved", ["outcome"]),
        ("irresolvable", "Resolved", "resolved", ["outcome"]),
        ("call the carrier", "", "resolved", []),
        ("irresolvable", "Unresolved", "unresolved", []),
        ("sent a letter", "Forwarded", "unresolved", ["status"]),
        ("sent a letter", "Answered", "unresolved", ["status"]),
    ],
)
def test_a_resolution_that_is_an_outcome_sets_the_status_and_stays(resolution, said, status, kinds):
    headings = ["Time", "Agent", "Concern", "Resolution", "Status"]
    row = ["9 PM", "Tina / 1", "fee", resolution, said]
    mapping = find_headings([headings]).mapping
    (found,), _ = read_rows(
        [headings, row], mapping, heading_row=1, night=NIGHT, decisions=undecided
    )
    assert (found.line.status, found.line.resolution) == (status, resolution)
    assert [repair.kind for repair in found.repairs] == kinds


def test_declined_the_line_is_resolved_as_the_sheet_said():
    headings = ["Time", "Agent", "Concern", "Resolution", "Status"]
    mapping = find_headings([headings]).mapping
    sheet = [headings, ["9 PM", "A / 1", "fee", "irresolvable", ""]]
    sheet.append(["9 PM", "A / 1", "fee", "letter", "forwarded"])
    rows, _ = read_rows(
        sheet, mapping, heading_row=1, night=NIGHT, decisions=lambda number, kind: False
    )
    assert [row.line.status for row in rows] == ["resolved", "resolved"]


def test_empty_rows_bare_numbers_and_headings_again_are_passed_over():
    headings = ["Number", "Time", "Agent", "Concern"]
    sheet = [headings, ["1", "9 PM", "Tina / 1", "fee"], ["", "", "", ""], ["2", "", "", ""]]
    sheet += [["Number", "Time", "Agent", "Concern"], ["3", "10 PM", "Tina / 1", "bill"], []]
    mapping = find_headings(sheet).mapping
    rows, _ = read_rows(sheet, mapping, heading_row=1, night=NIGHT, decisions=undecided)
    assert [row.number for row in rows] == [2, 6]


def test_a_cell_under_a_merged_one_is_not_guessed():
    headings = ["Time", "Agent", "Concern"]
    sheet = [headings, ["9 PM", "Tina / 1", "fee"], ["10 PM", "", "bill"]]
    rows, _ = read_rows(
        sheet,
        find_headings(sheet).mapping,
        heading_row=1,
        night=NIGHT,
        decisions=undecided,
        merged=frozenset({(2, 1)}),
    )
    assert "Unmerge it" in rows[1].problem
