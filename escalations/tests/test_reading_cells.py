"""A cell is read as people write it, or refused with a sentence that says how."""

import contextlib
from datetime import UTC, date, datetime, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalations.reading import cells

NEAR = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("cell", "name", "employee_id"),
    [
        ("Tina / 123456", "Tina", "123456"),
        ("Tanya /567891", "Tanya", "567891"),
        ("Tina/123456", "Tina", "123456"),
        ("  Tina   Cruz  /  123456 ", "Tina Cruz", "123456"),
        ("Tina 123456", "Tina", "123456"),
        ("Tina - 123456", "Tina", "123456"),
        ("Tina, 123456", "Tina", "123456"),
        ("Dela Cruz, Tina / 123456", "Dela Cruz, Tina", "123456"),
        ("Tina (123456)", "Tina", "123456"),
        ("123456 / Tina", "Tina", "123456"),
        ("123456 Tina Cruz", "Tina Cruz", "123456"),
        ("Tina / AB-1234", "Tina", "AB-1234"),
        ("Tina / 123456.0", "Tina", "123456"),
        ("123456", "", "123456"),
        ("Tina Cruz", "Tina Cruz", ""),
        ("N/A", "", ""),
        ("", "", ""),
    ],
)
def test_an_agent_cell_is_a_name_and_an_id(cell, name, employee_id):
    assert cells.read_agent_cell(cell) == (name, employee_id)


@pytest.mark.parametrize("cell", ["Y", "y", "Yes", "TRUE", "1", "x", "✓", "oo", "Owed", "given"])
def test_yes_has_many_words(cell):
    assert cells.read_yes_no(cell) is True


@pytest.mark.parametrize("cell", ["N", "no", "", "-", "0", "FALSE", "n/a", "hindi", "None"])
def test_no_has_many_words(cell):
    assert cells.read_yes_no(cell) is False


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.read_yes_no, "maybe"),
        (cells.read_status, "purple"),
        (cells.read_severity, "0"),
        (cells.read_severity, "5"),
        (cells.read_severity, "bad"),
        (cells.read_instant, "yesterday"),
        (cells.read_instant, "9:15 PM"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(read, cell):
    with pytest.raises(ValueError, match=r"“.+” is n.*\. Write .+\."):
        read(cell)


def test_a_status_is_read_in_the_floor_s_words():
    assert cells.read_status("Resolved") == "resolved"
    assert cells.read_status("For follow-up") == "unresolved"
    assert cells.read_status("Closed!") == "resolved"
    assert cells.read_status("VOID") == "void"


def test_a_severity_may_be_named():
    assert [cells.read_severity(cell) for cell in ("1", "4.0", "Sev 2", "P3")] == [1, 4, 2, 3]


@pytest.mark.parametrize(
    "cell",
    [
        "irresolvable",
        "Unresolved",
        "not resolved yet"[:12],
        "Escalated to OM.",
        "escalated",
        "pending",
        "N/A",
        "Can't be resolved",
        "hindi naresolba",
        "forwarded to the client",
    ],
)
def test_a_resolution_that_is_only_an_outcome_is_known(cell):
    assert cells.is_outcome(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "call the carrier",
        "Escalated to tier 2 and fixed the port",
        "resolved by credit",
        "provided info",
        "",
    ],
)
def test_a_resolution_that_says_what_was_done_is_left_alone(cell):
    assert not cells.is_outcome(cell)


@pytest.mark.parametrize(
    ("cell", "order", "meant"),
    [
        ("2026-11-20", None, date(2026, 11, 20)),
        ("2026/11/20", None, date(2026, 11, 20)),
        ("2026-11-20 00:00", None, date(2026, 11, 20)),
        ("20 Nov 2026", None, date(2026, 11, 20)),
        ("20-Nov-26", None, date(2026, 11, 20)),
        ("Fri, 20th November", None, date(2026, 11, 20)),
        ("Nov 20, 2026", None, date(2026, 11, 20)),
        ("November 20", None, date(2026, 11, 20)),
        ("Sept. 3", None, date(2026, 9, 3)),
        ("11/20/2026", None, date(2026, 11, 20)),
        ("20.11.2026", None, date(2026, 11, 20)),
        ("11/20", None, date(2026, 11, 20)),
        ("1/3", None, date(2027, 1, 3)),
        ("12/11/26", None, date(2026, 11, 12)),
        ("12/11/26", "mdy", date(2026, 12, 11)),
    ],
)
def test_a_date_is_read_as_people_write_it(cell, order, meant):
    assert cells.read_date(cell, near=NEAR, order=order) == meant


@pytest.mark.parametrize("cell", ["", "31/31/2026", "2026-02-30", "someday", "45 Foo 2026", "20"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(ValueError, match=r"is not a date\. Write it like 2026-11-20"):
        cells.read_date(cell, near=NEAR)


@pytest.mark.parametrize(
    ("cell", "wall", "day", "is_bare"),
    [
        ("9:15 PM", time(21, 15), None, False),
        ("9:15", time(9, 15), None, True),
        ("09:15", time(9, 15), None, False),
        ("21:15", time(21, 15), None, False),
        ("noon", time(12), None, False),
        ("2026-11-20 21:15", time(21, 15), NEAR, False),
        ("2026-11-20T21:15:00", time(21, 15), NEAR, False),
        ("11/20/2026 9:15 PM", time(21, 15), NEAR, False),
        ("Nov 20, 2026 9:15 PM", time(21, 15), NEAR, False),
        ("20 Nov 9 pm", time(21), NEAR, False),
    ],
)
def test_a_time_cell_may_hold_a_date(cell, wall, day, is_bare):
    assert cells.read_clock(cell, near=NEAR) == cells.Clock(wall, day, is_bare)


@pytest.mark.parametrize("cell", ["soon", "2026-13-40 21:15", "foo 1 9:99 PM"])
def test_a_time_cell_that_is_none_is_refused(cell):
    with pytest.raises(ValueError, match="time"):
        cells.read_clock(cell, near=NEAR)


@pytest.mark.parametrize(
    "cell",
    ["2026-11-20T13:15Z", "2026-11-20 13:15", "2026-11-20 13:15 UTC", "2026-11-20T21:15+08:00"],
)
def test_an_instant_is_utc_unless_it_says_otherwise(cell):
    assert cells.read_instant(cell) == datetime(2026, 11, 20, 13, 15, tzinfo=UTC)


def test_the_own_order_of_the_sheet_can_be_told_from_its_cells():
    assert cells.looks_like_time("9:15 PM")
    assert not cells.looks_like_time("Concern")
    assert cells.looks_like_agent("Tina / 123456")
    assert not cells.looks_like_agent("Concern")


@given(st.text(max_size=60))
def test_no_text_breaks_a_cell(text):
    cells.read_agent_cell(text)
    cells.is_outcome(text)
    readers = (
        cells.read_yes_no,
        cells.read_status,
        cells.read_severity,
        cells.read_instant,
        lambda cell: cells.read_date(cell, near=NEAR),
        lambda cell: cells.read_clock(cell, near=NEAR),
    )
    for read in readers:
        with contextlib.suppress(ValueError):
            read(text)


@pytest.mark.parametrize("text", ["1" * 9_000, "1 " * 4_000, "1" + " " * 9_000 + "x", "1T" * 4_000])
def test_a_long_cell_is_no_time_and_soon_refused(text):
    began = process_time()
    assert not cells.looks_like_time(text)
    assert not cells.possible_dates(text, near=NEAR)
    assert process_time() - began < 2
