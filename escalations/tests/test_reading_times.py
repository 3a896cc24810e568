"""Times without dates run forward across midnight; what looks wrong is proposed, never silent."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from escalations.reading import rows as rows_of_text
from escalations.reading.headings import find_headings
from escalations.reading.repairs import undecided
from escalations.reading.rows import read_rows
from escalations.reading.timeline import Night

MANILA, NEW_YORK = ZoneInfo("Asia/Manila"), ZoneInfo("America/New_York")
FRIDAY = date(2026, 11, 20)
NIGHT = Night(FRIDAY, MANILA, time(18))


def read(cells, *, night=NIGHT, headings="Time|Agent|Concern", decisions=undecided):
    """Read a sheet of one agent and concern whose first columns are given per row."""
    columns = headings.split("|")
    width = len(columns) - 2
    rows = [columns]
    for row in cells:
        own = row if isinstance(row, tuple) else (row,)
        rows.append([*own, *[""] * (width - len(own)), "Tina / 123456", "waive it"])
    mapping = find_headings(rows).mapping
    return read_rows(rows, mapping, heading_row=1, night=night, decisions=decisions)


def placed(cells, **more):
    """The local times (`20 21:15`) and the kinds proposed, row by row."""
    rows, _ = read(cells, **more)
    zone = more.get("night", NIGHT).zone
    said = [f"{row.line.occurred_at.astimezone(zone):%d %H:%M}" for row in rows]
    return said, [
        [repair.kind for repair in row.repairs if repair.kind != "outcome"] for row in rows
    ]


def kinds_of(cells, **more):
    return [kind for row in placed(cells, **more)[1] for kind in row]


def declining(kind):
    return lambda number, one: False if one == kind else None


def test_the_night_of_the_sheet():
    said, kinds = placed(
        ["9:15 PM", "10:20 PM", "11:00 PM", "12:10 PM", "12:50 PM", "1:40 AM", "2:30 AM", "3:00 AM"]
    )
    assert said == [
        *("20 21:15", "20 22:20", "20 23:00", "21 00:10", "21 00:50"),
        *("21 01:40", "21 02:30", "21 03:00"),
    ]
    assert kinds == [[], [], [], ["am_pm"], ["am_pm"], [], [], []]


def test_a_proposal_says_what_was_written_what_it_would_be_and_why():
    rows, _ = read(["11:00 PM", "12:10 PM", "1:40 AM"])
    (repair,) = [one for one in rows[1].repairs if one.kind == "am_pm"]
    assert (repair.column, repair.was, repair.proposed) == ("time", "12:10 PM", "12:10 AM")
    assert "does not fit" in repair.reason
    assert repair.accepted


def test_a_declined_proposal_leaves_the_time_as_written():
    said, kinds = placed(["11:00 PM", "12:10 PM", "1:40 AM"], decisions=declining("am_pm"))
    assert said[:2] == ["20 23:00", "21 12:10"]
    assert kinds[1] == ["am_pm"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["12:10 PM", "1:40 AM"], ["21 00:10", "21 01:40"]),
        (["11:00 PM", "12:10 PM"], ["20 23:00", "21 00:10"]),
        (["11:00 PM", "1:40 PM", "2:30 AM"], ["20 23:00", "21 01:40", "21 02:30"]),
    ],
)
def test_a_slip_is_seen_at_the_ends_and_at_other_hours_too(cells, said):
    assert placed(cells)[0] == said
    assert kinds_of(cells) == ["am_pm"]


@pytest.mark.parametrize(
    "cells",
    [
        ["11:00 AM", "12:10 PM", "1:40 PM"],
        ["12:10 PM", "1:40 PM"],
        ["11:30 AM", "12:10 PM"],
        ["12:10 PM"],
        ["11:00 PM", "12:10 AM", "1:40 AM"],
        ["6:00 PM", "9:00 PM", "3:00 AM"],
    ],
)
def test_noon_by_day_and_midnight_by_night_are_left_alone(cells):
    assert kinds_of(cells, night=Night(FRIDAY, MANILA, time(6))) == []


def test_the_mirror_slip_by_day_is_seen():
    said, kinds = placed(["11:00 AM", "12:10 AM", "1:40 PM"], night=Night(FRIDAY, MANILA, time(6)))
    assert said == ["20 11:00", "20 12:10", "20 13:40"]
    assert kinds[1] == ["am_pm"]


def test_several_nights_run_on_into_the_next_shift_days():
    said, kinds = placed(["9:15 PM", "3:00 AM", "6:30 PM", "2:00 AM", "7:00 PM"])
    assert said == ["20 21:15", "21 03:00", "21 18:30", "22 02:00", "22 19:00"]
    assert not any(kinds)


def test_a_line_written_down_late_stays_in_its_night():
    said, kinds = placed(["10:20 PM", "10:15 PM", "11:00 PM"])
    assert said == ["20 22:20", "20 22:15", "20 23:00"]
    assert kinds == [[], ["backwards"], []]
    said, _ = placed(["10:20 PM", "10:15 PM", "11:00 PM"], decisions=declining("backwards"))
    assert said == ["20 22:20", "21 22:15", "21 23:00"]


def test_a_call_just_before_the_shift_is_the_evening_before_it():
    assert placed(["5:45 PM", "6:10 PM"]) == (["20 17:45", "20 18:10"], [["backwards"], []])
    assert placed(["5:45 PM", "6:10 PM"], decisions=declining("backwards"))[0][0] == "21 17:45"
    assert placed(["5:45 PM"])[0] == ["21 17:45"]


def test_a_sheet_with_its_newest_line_first_is_read_from_the_bottom():
    rows, notes = read(["3:00 AM", "1:40 AM", "11:00 PM", "9:15 PM"])
    local = [f"{row.line.occurred_at.astimezone(MANILA):%d %H:%M}" for row in rows]
    assert local == ["21 03:00", "21 01:40", "20 23:00", "20 21:15"]
    assert "newest line first" in notes[0]


def test_hours_without_am_and_pm_are_proposed_from_the_shift_s_start():
    said, kinds = placed(["9:15", "10:20", "12:10", "1:40"])
    assert said == ["20 21:15", "20 22:20", "21 00:10", "21 01:40"]
    assert kinds == [["am_pm"]] * 4
    said, _ = placed(["9:15", "10:20"], decisions=declining("am_pm"))
    assert said == ["21 09:15", "21 10:20"]
    assert kinds_of(["21:15", "10:20"]) == []


def test_a_date_column_counts():
    cells = [("2026-11-21", "9:15 PM"), ("22 Nov", "12:10 AM")]
    assert placed(cells, headings="Date|Time|Agent|Concern")[0] == ["21 21:15", "22 00:10"]


def test_a_date_that_is_the_shift_s_is_proposed_as_the_day_after_past_midnight():
    cells = [("2026-11-20", wall) for wall in ("9:15 PM", "12:10 AM", "1:40 AM")]
    headings = "Date|Time|Agent|Concern"
    said, kinds = placed(cells, headings=headings)
    assert said == ["20 21:15", "21 00:10", "21 01:40"]
    assert kinds == [[], ["backwards"], ["backwards"]]
    said, _ = placed(cells, headings=headings, decisions=declining("backwards"))
    assert said[1] == "20 00:10"


def test_dated_rows_may_stand_in_any_order():
    cells = [("2026-11-22", "9:15 PM"), ("2026-11-21", "1:40 AM"), ("2026-11-20", "9:15 PM")]
    said, kinds = placed(cells, headings="Date|Time|Agent|Concern")
    assert said == ["22 21:15", "21 01:40", "20 21:15"]
    assert not any(kinds)
    shuffled = [("2026-11-20", "9 PM"), ("2026-11-20", "7 PM"), ("2026-11-21", "8 PM")]
    assert kinds_of(shuffled, headings="Date|Time|Agent|Concern") == []


def test_days_and_months_are_told_apart_by_the_whole_column():
    headings = "Date|Time|Agent|Concern"
    said, _ = placed([("3/11/2026", "9 PM"), ("20/11/2026", "9 PM")], headings=headings)
    assert said == ["03 21:00", "20 21:00"]
    said, _ = placed([("11/3/2026", "9 PM"), ("11/20/2026", "9 PM")], headings=headings)
    assert said == ["03 21:00", "20 21:00"]
    said, _ = placed([("12/11/2026", "9 PM"), ("11/11/2026", "9 PM")], headings=headings)
    assert said == ["12 21:00", "11 21:00"]


def test_a_shift_day_column_places_a_time_in_that_shift():
    cells = [("2026-11-19", "9:15 PM"), ("2026-11-19", "1:40 AM"), ("2026-11-20", "12:10 PM")]
    said, kinds = placed(cells, headings="Shift day|Time|Agent|Concern")
    assert said == ["19 21:15", "20 01:40", "21 12:10"]
    assert not any(kinds)


def test_a_date_inside_the_time_cell_counts():
    assert placed(["2026-11-22 21:15", "11/22/2026 9:20 PM"])[0] == ["22 21:15", "22 21:20"]


def test_a_utc_column_is_exact_and_needs_no_other():
    cells = [("2026-11-20T13:15Z",), ("2026-11-20T19:00:30Z",)]
    assert placed(cells, headings="Occurred at (UTC)|Agent|Concern")[0] == ["20 21:15", "21 03:00"]


def test_the_hour_that_comes_twice_keeps_its_place():
    autumn = Night(date(2026, 10, 31), NEW_YORK, time(18))
    rows, _ = read(["12:50 AM", "1:30 AM", "1:10 AM", "2:05 AM"], night=autumn)
    assert [row.line.occurred_at for row in rows] == [
        datetime(2026, 11, 1, 4, 50, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 6, 10, tzinfo=UTC),
        datetime(2026, 11, 1, 7, 5, tzinfo=UTC),
    ]
    exact = [("1:30 AM", "2026-11-01T05:30Z"), ("1:30 AM", "2026-11-01T06:30Z")]
    rows, _ = read(exact, night=autumn, headings="Time|Occurred at (UTC)|Agent|Concern")
    assert [row.line.occurred_at.hour for row in rows] == [5, 6]
    assert not any(row.repairs[1:] for row in rows)


def test_a_utc_column_that_disagrees_with_the_time_is_pointed_out():
    cells = [("9:20 PM", "2026-11-20T13:15Z")]
    headings = "Time|Occurred at (UTC)|Agent|Concern"
    assert placed(cells, headings=headings) == (["20 21:15"], [["disagree"]])
    said, _ = placed(cells, headings=headings, decisions=declining("disagree"))
    assert said == ["20 21:20"]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["soon", "Tina / 1", "fee", "", "", ""], "Time of escalation", "is not a time"),
        (["", "Tina / 1", "fee", "", "", ""], "Time of escalation", "There is no time"),
        (["9 PM", "", "fee", "", "", ""], "Escalating agent", "There is no agent"),
        (["9 PM", "Tina / 1", "", "done", "", ""], "Concern", "There is no concern"),
        (["9 PM", "Tina / 1", "x" * 5000, "", "", ""], "Concern", "more than 4,000 letters"),
        (["9 PM", "Tina / 1", "fee", "", "maybe", ""], "Requires feedback", "neither yes nor no"),
        (["9 PM", "Tina / 1", "fee", "", "", "purple"], "Status", "is not a status"),
    ],
)
def test_a_row_that_cannot_be_read_says_which_column_and_why(row, column, sentence):
    headings = ["Time", "Agent", "Concern", "Resolution", "Feedback", "Status"]
    mapping = find_headings([headings]).mapping
    rows = [headings, row]
    (found,), _ = read_rows(rows, mapping, heading_row=1, night=NIGHT, decisions=undecided)
    assert found.line is None
    assert found.number == 2
    assert found.problem_column.startswith(column)
    assert sentence in found.problem


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("Date", "someday", "is not a date"),
        ("Shift day", "someday", "is not a date"),
        ("Occurred at (UTC)", "someday", "is not a UTC time"),
        ("Severity", "9", "is not a severity"),
        ("Call back at", "whenever", "is not a time"),
        ("Customer reference", "x" * 81, "more than 80 letters"),
    ],
)
def test_every_other_column_says_what_is_wrong_too(heading, cell, sentence):
    rows, _ = read([("9 PM", cell)], headings=f"Time|{heading}|Agent|Concern")
    assert sentence in rows[0].problem
    assert rows[0].line is None


def test_a_long_sheet_gives_signs_of_life(monkeypatch):
    monkeypatch.setattr(rows_of_text, "TICK", 2)
    ticks = []
    sheet = [["Time", "Agent", "Concern"], *([["9 PM", "Tina / 1", "fee"]] * 5)]
    read_rows(
        sheet,
        ["time", "agent", "concern"],
        heading_row=1,
        night=NIGHT,
        decisions=undecided,
        tick=lambda: ticks.append(1),
    )
    assert len(ticks) == 2
