"""Times are read as people type them, and refused in a sentence when they could mean two things."""

import contextlib
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalations.timewords import other_half, read_moment, read_time

MANILA = ZoneInfo("Asia/Manila")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 20, 13, 20, 31, tzinfo=UTC)  # Friday, 9:20 PM in Manila


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:15 PM", time(21, 15)),
        ("9:15PM", time(21, 15)),
        ("9:15 p.m.", time(21, 15)),
        ("9:15 P. M.", time(21, 15)),
        ("9.15pm", time(21, 15)),
        ("9;15 pm", time(21, 15)),
        ("9 15 pm", time(21, 15)),
        ("9h15 pm", time(21, 15)),
        ("09:15:42 PM", time(21, 15)),
        ("21:15:00.000", time(21, 15)),
        ("915p", time(21, 15)),
        ("915 pm", time(21, 15)),
        ("0915 PM", time(21, 15)),
        ("2115", time(21, 15)),
        ("21:15", time(21, 15)),
        ("21.15", time(21, 15)),
        ("21:15 PM", time(21, 15)),
        ("  9:15\u202fPM ", time(21, 15)),  # as spreadsheets in newer locales write it
        ("９：１５ ＰＭ", time(21, 15)),
        ("9:15", time(9, 15)),
        ("915", time(9, 15)),
        ("0915", time(9, 15)),
        ("9 pm", time(21)),
        ("9p", time(21)),
        ("9a", time(9)),
        ("12am", time(0)),
        ("12:10 AM", time(0, 10)),
        ("12:10 PM", time(12, 10)),
        ("12p", time(12)),
        ("0:05", time(0, 5)),
        ("00:05 AM", time(0, 5)),
        ("0000", time(0)),
        ("noon", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_sme_types_a_time_the_way_they_say_it(typed, meant):
    assert read_time(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", " ", "soon", "25:00", "24:00", "2360", "9:60 PM", "13:00 AM", "0:15 PM", "-9 pm"]
)
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="Write it like 9:15 PM or 21:15"):
        read_time(typed)


@pytest.mark.parametrize("typed", ["9", "21"])
def test_a_bare_hour_asks_for_morning_or_evening(typed):
    with pytest.raises(ValueError, match="morning or evening"):
        read_time(typed)


def test_a_long_answer_is_quoted_short():
    with pytest.raises(ValueError, match="is not a time") as refused:
        read_time("x" * 5000)
    assert len(str(refused.value)) < 120


@given(st.times())
def test_every_minute_is_read_back_from_every_way_of_writing_it(wall):
    meant = wall.replace(second=0, microsecond=0, fold=0)
    half = "PM" if meant.hour >= 12 else "AM"
    hour = meant.hour % 12 or 12
    for typed in (
        f"{hour}:{meant.minute:02} {half}",
        f"{hour}{meant.minute:02}{half[0].lower()}",
        f"{meant.hour:02}{meant.minute:02}",
        f"{meant.hour}:{meant.minute:02}",
    ):
        assert read_time(typed) == meant


@given(st.text(max_size=30))
def test_nothing_typed_breaks_the_reading(typed):
    for read in (read_time, lambda text: read_moment(text, now=NOW, zone=MANILA)):
        with contextlib.suppress(ValueError):
            read(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30 PM", "2026-11-20T13:30"),
        ("9:15 PM", "2026-11-21T13:15"),
        ("today 5 pm", "2026-11-20T09:00"),
        ("tonight 11pm", "2026-11-20T15:00"),
        ("tomorrow 3pm", "2026-11-21T07:00"),
        ("3pm tomorrow", "2026-11-21T07:00"),
        ("Tomorrow at 3 PM", "2026-11-21T07:00"),
        ("bukas 3pm", "2026-11-21T07:00"),
        ("mon 9am", "2026-11-23T01:00"),
        ("9am on Monday", "2026-11-23T01:00"),
        ("thurs, 9am", "2026-11-26T01:00"),
        ("fri 9am", "2026-11-27T01:00"),
        ("friday 10 pm", "2026-11-20T14:00"),
        ("2026-11-23 15:00", "2026-11-23T07:00"),
        ("2026-11-23, 3 pm", "2026-11-23T07:00"),
        ("2026-11-23T15:00", "2026-11-23T07:00"),
        ("in 30 min", "2026-11-20T13:50"),
        ("in 1 hour", "2026-11-20T14:20"),
        ("+2h", "2026-11-20T15:20"),
    ],
)
def test_a_call_back_is_promised_in_words(typed, meant):
    expected = datetime.fromisoformat(meant).replace(tzinfo=UTC)
    assert read_moment(typed, now=NOW, zone=MANILA) == expected


def test_a_call_back_in_the_hour_the_clocks_skip_is_just_after_it():
    now = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)
    expected = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)
    assert read_moment("tomorrow 2:30 AM", now=now, zone=NEW_YORK) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tomorrow", "At what time"),
        ("today at", "At what time"),
        ("2026-13-40 15:00", "There is no day"),
        ("0001-01-01 15:00", "too far away"),
        ("tomorrow soon", "is not a time"),
        ("whenever", "is not a time"),
        ("tomorrow 9", "morning or evening"),
    ],
)
def test_a_call_back_that_cannot_be_read_is_refused_in_words(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_moment(typed, now=NOW, zone=MANILA)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("9:15", time(21, 15)),
        ("915", time(21, 15)),
        ("12:10", time(0, 10)),
        ("09:15", None),
        ("0915", None),
        ("1210", None),
        ("21:15", None),
        ("9:15 PM", None),
        ("noon", None),
    ],
)
def test_only_a_time_that_does_not_say_its_half_has_another(typed, other):
    assert other_half(typed) == other
