"""Reports of phone systems are read in the layouts they come in; nothing is guessed silently."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from escalations.reading.delimited import read_delimited
from escalations.reading.table import SheetRefused
from people.models import Program
from reports.volumes.reading import Reading, read_volumes

SHIFT = date(2025, 10, 20)
NOW = datetime(2025, 12, 1, tzinfo=UTC)


def floor(zone: str = "Asia/Manila", starts_at: time = time(18)) -> Program:
    return Program(name="Skyline", slug="skyline", time_zone=zone, shift_starts_at=starts_at)


def read(text: str, program: Program | None = None, shift: date = SHIFT) -> Reading:
    return read_volumes(read_delimited(text), program or floor(), shift=shift, now=NOW)


def calls(reading: Reading, program: Program | None = None) -> dict[str, int | None]:
    """The calls by the hour on the program's clocks."""
    zone = (program or floor()).zone
    return {
        f"{hour.astimezone(zone):%d %H:%M}": one.numbers.calls
        for hour, one in reading.hours.items()
    }


def test_rows_with_a_date_an_hour_and_averages() -> None:
    reading = read(
        "Date,Hour,Calls Offered,Calls Handled,ASA,AHT\n"
        "10/20/2025,18:00,50,41,0:12,00:05:30\n"
        "10/20/2025,19:00,44,40,15,312.5\n"
        "10/21/2025,00:00,9,0,,\n"
    )
    assert calls(reading) == {"20 18:00": 41, "20 19:00": 40, "21 00:00": 0}
    first, second, third = (one.numbers for one in reading.hours.values())
    assert (first.wait, first.handling) == (12, 330)
    assert (second.wait, second.handling) == (15, Decimal("312.5"))
    assert (third.wait, third.handling) == (None, None)
    assert (reading.says_wait, reading.says_handling) == (True, True)
    assert not reading.problems


@pytest.mark.parametrize(
    "times",
    [
        ("18:00", "18:30", "19:00"),
        ("6:00 PM", "6:30 PM", "7:00 PM"),
        ("18:00-18:30", "18:30-19:00", "19:00-19:30"),
        ("6:00 PM - 6:29 PM", "6:30 PM - 6:59 PM", "7:00 PM - 7:29 PM"),
        ("1800", "1830", "1900"),
        ("2025-10-20 18:00", "2025-10-20 18:30", "2025-10-20 19:00"),
        ("2025-10-20T18:00:00", "2025-10-20T18:30:00", "2025-10-20T19:00:00"),
    ],
)
def test_half_hours_are_added_up_and_averages_weighted(times: tuple[str, ...]) -> None:
    dated = "Interval\tACD Calls\tAvg Speed Ans\n"
    rows = zip(times, (10, 30, 7), (20, 40, 5), strict=True)
    reading = read(dated + "".join(f"{at}\t{n}\t{wait}\n" for at, n, wait in rows))
    assert calls(reading) == {"20 18:00": 40, "20 19:00": 7}
    whole, half = reading.hours.values()
    assert (whole.numbers.wait, whole.rows, whole.note) == (35, [2, 3], "")
    assert half.note == "1 of 2 intervals of 30 minutes"


def test_quarters_of_an_hour() -> None:
    reading = read("Time,Answered\n" + "".join(f"18:{m:02},{m}\n" for m in (0, 15, 30, 45)))
    assert calls(reading) == {"20 18:00": 90}


def test_hours_by_days_and_days_by_hours() -> None:
    across = read(
        "Hour,20 Oct 2025,21 Oct 2025,Total\n18:00,41,38,79\n19:00,,40,40\nTotal,41,78,\n"
    )
    down = read(
        "Date,18:00,19:00,20:00,21:00,Total\n2025-10-20,41,,3,4,48\n2025-10-21,38,40,,,78\n"
    )
    assert calls(across) == {"20 18:00": 41, "21 18:00": 38, "21 19:00": 40}
    assert calls(down) == calls(across) | {"20 20:00": 3, "20 21:00": 4}
    assert across.left_out == [
        "1 row of totals",
        "1 cell or row without a number of calls",
        "1 column that is neither day nor hour",
    ]


def test_a_matrix_with_hours_from_0_to_23() -> None:
    reading = read("Hour;2025-10-20\n0;3\n6;4\n18;41\n")
    assert calls(reading) == {"20 00:00": 3, "20 06:00": 4, "20 18:00": 41}


def test_without_a_date_the_times_run_forward_across_midnight() -> None:
    text = "Hour\tCalls handled\n" + "".join(f"{h % 24}:00\t{h}\n" for h in range(18, 30))
    reading = read(text)
    assert list(calls(reading))[:2] == ["20 18:00", "20 19:00"]
    assert list(calls(reading))[-2:] == ["21 04:00", "21 05:00"]


def test_two_bare_columns_are_enough() -> None:
    assert calls(read("18:00\t41\n19:00\t40\n")) == {"20 18:00": 41, "20 19:00": 40}
    assert calls(read("2025-10-20\t18:00\t41\n2025-10-20\t19:00\t4\n"))["20 18:00"] == 41


def test_queues_are_added_up_in_either_order() -> None:
    rows = ["18:00,Billing,10", "18:00,Service,5", "19:00,Billing,7", "19:00,Service,1"]
    for heading in ("Queue", "Tenant"):
        for order in (rows, [rows[0], rows[2], rows[1], rows[3]]):
            text = "\n".join([f"Interval,{heading},Handled", *order])
            assert calls(read(text)) == {"20 18:00": 15, "20 19:00": 8}


def test_the_same_interval_twice_is_nobodys_guess() -> None:
    reading = read("Date,Hour,Handled\n" + "2025-10-20,18:00,10\n" * 2 + "2025-10-20,19:00,4\n")
    assert calls(reading) == {"20 19:00": 4}
    assert [(p.row, p.reason) for p in reading.problems] == [
        (3, "This interval is in row 2 already. Take one of the two out.")
    ]
    forward = read("Hour,Handled\n18:00,10\n18:00,10\n19:00,4\n")
    assert calls(forward) == {"20 19:00": 4}


NEW_YORK = floor("America/New_York")


@pytest.mark.parametrize("head", ["Date,Hour,Handled", "Shift day,Hour,Handled", "Hour,Handled"])
def test_of_the_repeated_hour_the_second_in_order_is_the_second(head: str) -> None:
    """On 2 November 2025 the clocks of New York go back from 2 AM to 1 AM."""
    day = {"D": "2025-11-02,", "S": "2025-11-01,", "H": ""}[head[0]]
    rows = "".join(
        f"{day}{at},{n}\n" for at, n in (("0:00", 5), ("1:00", 6), ("1:00", 7), ("2:00", 8))
    )
    reading = read(f"{head}\n{rows}", NEW_YORK, date(2025, 11, 1))
    assert [(hour.hour, one.numbers.calls) for hour, one in reading.hours.items()] == [
        (4, 5), (5, 6), (6, 7), (7, 8),
    ]  # fmt: skip
    assert not reading.problems


def test_a_repeated_hour_that_is_there_once_is_the_first_and_that_is_said() -> None:
    reading = read("Date,Hour,Handled\n2025-11-02,1:00,6\n2025-11-02,2:00,7\n", NEW_YORK)
    assert [hour.hour for hour in reading.hours] == [5, 7]
    assert reading.notes == [
        "On Sun 2 Nov 2025 an hour comes twice, and the sheet has it once: it is taken for the "
        "first."
    ]


def test_halves_and_queues_of_the_repeated_hour() -> None:
    rows = [f"2025-11-02,{at},{q},1" for q in "AB" for at in ("1:00", "1:30", "1:00", "1:30")]
    reading = read("Date,Hour,Queue,Handled\n" + "\n".join(rows), NEW_YORK)
    assert [(hour.hour, one.numbers.calls) for hour, one in reading.hours.items()] == [
        (5, 4),
        (6, 4),
    ]


@pytest.mark.parametrize("head", ["Date,Hour,Handled", "Hour,Handled"])
def test_an_hour_the_clocks_skip_is_refused_in_a_sentence(head: str) -> None:
    day = "2025-03-09," if head[0] == "D" else ""
    rows = "".join(f"{day}{at},{n}\n" for at, n in (("1:00", 6), ("2:00", 7), ("3:00", 8)))
    reading = read(f"{head}\n{rows}", NEW_YORK, date(2025, 3, 8))
    assert [hour.hour for hour in reading.hours] == [6, 7]
    assert [(p.row, p.reason) for p in reading.problems] == [
        (
            3,
            "On the night of Sun 9 Mar 2025 the clocks in New York skip 02:00: there is no such "
            "time.",
        )
    ]


def test_the_second_column_of_a_matrix_may_have_the_repeated_hour() -> None:
    reading = read("Hour,1 Nov 2025,2 Nov 2025\n0:00,1,2\n1:00,3,4\n1:00,0,5\n2:00,6,7\n", NEW_YORK)
    assert sum(one.numbers.calls or 0 for one in reading.hours.values()) == 28
    assert len(reading.hours) == 7
    assert not reading.problems


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("-3", "“-3” calls: there cannot be fewer than none."),
        ("41.5", "“41.5” is not a whole number of calls."),
        ("1000000000", "1,000,000,000 calls in an hour? At most 100,000 are believed."),
        ("many", "“many” is not a number of calls."),
    ],
)
def test_numbers_that_cannot_be_are_listed_with_row_and_column(cell: str, why: str) -> None:
    reading = read(f"Hour,Calls handled\n18:00,{cell}\n19:00,4\n")
    assert calls(reading) == {"20 19:00": 4}
    assert [(p.row, p.column, p.reason) for p in reading.problems] == [(2, "Calls handled", why)]


def test_an_hour_of_which_half_cannot_be_read_is_left_out_whole() -> None:
    reading = read("Time,Handled\n18:00,10\n18:30,x\n19:00,4\n19:30,5\n")
    assert calls(reading) == {"20 19:00": 9}
    assert reading.notes == ["Mon 20 Oct 2025, 18:00 is left out, because of row 3."]


def test_calls_nobody_can_place_block_a_sheet_that_is_added_up() -> None:
    assert "row 3 belong" in read("Time,Handled\n18:00,10\nlate,7\n18:30,9\n").blocked
    hourly = read("Time,Handled\n18:00,10\nlate,7\n19:00,9\n")
    assert not hourly.blocked
    assert [(p.row, p.column) for p in hourly.problems] == [(3, "Time")]


def test_hours_to_come_and_long_ago_are_refused() -> None:
    reading = read("Date,Hour,Handled\n2026-10-20,18:00,4\n1999-10-20,18:00,4\n")
    assert not reading.hours
    assert "lies in the future" in reading.problems[0].reason
    assert "too long ago" in reading.problems[1].reason


def test_totals_blank_rows_titles_and_headings_again_are_left_out_and_said() -> None:
    reading = read(
        "Hourly report,,\nSite: Manila,,\n,,\nDate,Interval,Handled\n20 Oct,18:00,4\n,19:00,5\n"
        "Total,,9\n,,\nDate,Interval,Handled\n21 Oct,18:00,6\nGrand Total,,15\nPrinted by Ana,,\n"
    )
    assert calls(reading) == {"20 18:00": 4, "20 19:00": 5, "21 18:00": 6}
    assert reading.left_out == [
        "1 blank row",
        "2 rows of totals",
        "1 row of headings that stand again",
        "1 row without numbers",
    ]


def test_calls_offered_are_not_calls_handled() -> None:
    with pytest.raises(SheetRefused, match="not how many were handled"):
        read("Date,Hour,Calls Offered,Abandoned\n2025-10-20,18:00,4,1\n")
    with pytest.raises(SheetRefused, match="No layout Tala knows"):
        read("Agent,Concern\nTina,late fee\n")


def test_a_column_that_only_says_calls_is_taken_and_that_is_said() -> None:
    assert read("Hour,Calls\n18:00,4\n").notes == [
        "The column “Calls” is taken for the calls handled."
    ]


def test_how_dates_are_read_is_said_when_they_can_be_read_two_ways() -> None:
    reading = read("Date,Hour,Handled\n10/11/2025,18:00,4\n11/11/2025,18:00,4\n")
    assert reading.notes[0].startswith("Dates are read as month/day: the first is Sat 11 Oct")


def test_intervals_that_fit_no_hour_are_refused() -> None:
    reading = read("Time,Handled\n18:00-20:00,10\n20:45-21:15,4\n22:07-22:37,4\n23:00-23:30,1\n")
    assert [p.reason for p in reading.problems] == [
        "An interval of 120 minutes. Give the calls hour by hour.",
        "The interval from 20:45 on belongs to two hours.",
        "22:07 is not the beginning of an interval.",
    ]


def test_on_lord_howe_the_piece_of_half_an_hour_is_its_own() -> None:
    program = floor("Australia/Lord_Howe", time(0))
    reading = read(
        "Date,Time,Handled\n"
        + "".join(f"2025-04-06,{at},1\n" for at in ("1:00", "1:30", "1:30", "2:00", "2:30")),
        program,
    )
    assert [(f"{h:%H:%M}", one.numbers.calls, one.note) for h, one in reading.hours.items()] == [
        ("14:00", 2, ""), ("15:00", 1, ""), ("15:30", 2, ""),
    ]  # fmt: skip


def test_minutes_are_said_in_the_heading() -> None:
    reading = read("Hour,Handled,AHT (min)\n18:00,4,5.5\n")
    assert [one.numbers.handling for one in reading.hours.values()] == [330]


def test_days_at_the_ends_of_the_calendar_are_refused_not_an_error() -> None:
    reading = read("Hour begins (UTC),Handled\n9999-12-31 23:00,4\n0001-01-01 00:00,4\n")
    assert not reading.hours
    assert {problem.reason for problem in reading.problems} == {"That date is too far away."}
