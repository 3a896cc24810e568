"""Columns are known by their headings, however a floor words and orders them."""

import pytest

from escalations.reading.headings import FIELDS, field_called, find_headings, missing_fields

OWN = ["number", "time", "agent", "concern", "resolution", "feedback"]


def test_the_paper_form_s_own_headings_are_known():
    cells = ["Number", "Time of Escalation", "Escalating Agent (name / ID)", "Concern"]
    cells += ["Resolution", "Requires Feedback? Y/N"]
    assert find_headings([cells]).mapping == OWN


@pytest.mark.parametrize(
    ("cells", "mapping"),
    [
        (["ISSUE", "rep", "hour"], ["concern", "agent", "time"]),
        (["Date", "Shift Day", "Time"], ["date", "shift_day", "time"]),
        (["Agent Name", "Employee ID", "Complaint"], ["agent_name", "agent_id", "concern"]),
        (["Agent Name", "Time", "Complaint"], ["agent", "time", "concern"]),
        (["Concern", "Problem", "Time", "Weather"], ["concern", "", "time", ""]),
        (["Remarks", "Resolution", "Time", "Agent"], ["", "resolution", "time", "agent"]),
        (["Shift", "Day", "Time", "Agent"], ["", "", "time", "agent"]),
        (["#", "Timestamp", "Action_Taken"], ["number", "time", "resolution"]),
        (
            ["Occurred at (UTC)", "Call back at (UTC)", "Line"],
            ["occurred_at", "callback_at", "line"],
        ),
    ],
)
def test_variants_in_any_order_are_known(cells, mapping):
    assert find_headings([cells]).mapping == mapping


def test_title_rows_above_the_headings_are_passed_over():
    rows = [["Skyline Cable"], ["Night of 20 Nov", ""], [], ["Time", "Agent", "Concern"], ["x"]]
    assert find_headings(rows).row == 3


@pytest.mark.parametrize("numbered", [True, False])
def test_rows_without_headings_in_the_sheet_s_own_order_are_taken_as_such(numbered):
    row = ["1", "9:15 PM", "Tina / 123456", "waive it", "irresolvable", "N"]
    found = find_headings([row if numbered else row[1:]])
    assert found.row is None
    assert found.mapping == (OWN if numbered else OWN[1:])
    assert found.key == ""


def test_rows_that_say_nothing_leave_the_mapping_to_the_person():
    found = find_headings([["9 PM", "b"], ["c"]])
    assert (found.row, found.mapping, found.cells) == (None, ["", ""], ["", ""])
    found = find_headings([[], ["When", "Who"], ["9 PM", "c"]])
    assert (found.row, found.mapping, found.cells) == (1, ["", ""], ["When", "Who"])
    assert len(found.missing) == 3
    assert find_headings([]).mapping == []


def test_what_a_line_cannot_do_without_is_named():
    assert missing_fields(["occurred_at", "agent_id", "concern"]) == []
    assert missing_fields(["concern", ""]) == [
        "Time of escalation",
        "Escalating agent (name / ID)",
    ]
    assert missing_fields(["time", "agent"]) == ["Concern"]


def test_the_same_headings_in_another_order_are_the_same():
    one = find_headings([["Time", "Agent", "Concern"]])
    assert one.key == find_headings([["concern", "TIME ", "Agent:"]]).key
    assert one.key != find_headings([["Time", "Agent", "Issue"]]).key


def test_no_heading_is_claimed_by_two_fields():
    words = [word for _, said in FIELDS.values() for word in said.split("|")]
    assert len(words) == len(set(words))
    assert {field_called(word) for word in words} == set(FIELDS)
