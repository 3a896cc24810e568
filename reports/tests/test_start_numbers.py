"""First pages: ages against the promise, the week's rate, and how often the database is asked."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calibration.tests.factories import log, topic
from calibration.tests.practices import in_force
from calibration.tests.sessionworld import lines_of, make_session
from escalations.models import Escalation
from people.shiftday import clock_hour
from people.tests.factories import MessageFactory
from reports.start.ages import _COUNTED, ages
from reports.tests.factories import CallVolumeFactory
from reports.tests.startpage import START, figures, look, matters, rows_at

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("promise", [1, 2, 3, 7, 10, 29, 30, 365])
def test_every_shift_day_has_one_age_and_what_is_past_the_promise_is_over_it(promise):
    found = ages(promise, TODAY)
    for back in range(promise + 3):
        day = TODAY - timedelta(days=back)
        [mine] = [one for one in found if (one.first or date.min) <= day <= one.last]
        assert (mine.words == "past the promise") == (back > promise)
        if mine.words == "nearly past the promise":
            assert back >= 0.9 * promise


def test_unresolved_lines_stand_by_age_each_number_leading_to_its_lines(sam, mona, browse):
    program = sam.program
    today = program.current_shift()
    for back, count in ((0, 1), (14, 2), (15, 1), (26, 1), (27, 3), (30, 1), (31, 2), (400, 1)):
        starts = program.shift_bounds(today - timedelta(days=back))[0]
        log(sam, *[f"{back} days"] * count, status="unresolved", occurred_at=starts)
    browser = browse(mona)
    found = matters(look(browser))["unresolved"]
    assert [(name, end) for name, _, end in found.rows] == [
        ("Over 30 days", "3"),
        ("27–30 days", "4"),
        ("15–26 days", "2"),
        ("0–14 days", "3"),
    ]
    for _, url, end in found.rows:
        assert rows_at(browser, url) == int(end)


def test_more_lines_than_anybody_counts_are_said_so(sam, mona, browse, monkeypatch):
    monkeypatch.setattr("reports.start.ages.CAP", 2)
    monkeypatch.setattr("reports.start.ages._COUNTED", _capped(2))
    log(sam, "one", "two", "three", status="unresolved")
    assert matters(look(browse(mona)))["unresolved"].rows[0][2] == "2+"


def _capped(most: int) -> str:
    return _COUNTED.replace("LIMIT 1001", f"LIMIT {most + 1}")


def test_the_weeks_rate_is_of_hours_with_a_volume_and_the_others_are_asked_for(sam, mona, browse):
    program = sam.program
    starts = [
        program.shift_bounds(program.current_shift() - timedelta(days=back))[0]
        for back in (1, 2, 8)
    ]
    for start in starts:
        log(sam, "one", "two", occurred_at=start + timedelta(minutes=5))
    log(sam, "slip", status="void", void_reason="twice", occurred_at=starts[0])
    browser = browse(mona)
    assert "for 2 of 2 hours with escalations in the last 7 shift days, so there is no rate" in (
        words(look(browser))
    )
    CallVolumeFactory(program=program, hour=clock_hour(starts[0], program.zone), calls=80)
    page = look(browser)
    assert "for 1 of 2 hours with escalations" in words(page)
    assert "2.5 % of calls escalated in the last 7 shift days, 0.7 % to 8.7 %" in words(page)
    assert "2 lines in 80 calls" in words(page)
    url = page.split('<a href="')[
        [">2 lines<" in one for one in page.split('<a href="')].index(True)
    ]
    assert rows_at(browser, url.split('"')[0].replace("&amp;", "&")) == 2


def words(page: str) -> str:
    """The text of a page, as one line."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


@pytest.fixture
def floor(skyline, sam, cora, mona):
    def fill(count: int) -> None:
        now = timezone.now().replace(second=0, microsecond=0)
        for columns in (
            {"feedback": "owed", "occurred_at": now - timedelta(days=3)},
            {"callback_at": now},
            {"status": "answered"},
            {"status": "unresolved", "owner": sam.user},
        ):
            for who in (sam, mona):
                log(who, *["words"] * count, **columns)
        fees = topic(cora, f"Fee {count}", "one", "two")
        for _ in range(count // 5):
            make_session(fees, lines_of(fees), [cora.user, sam.user])
        for n in range(count // 2):
            in_force(cora, words={"title": f"Breathe {count} {n}"})
            MessageFactory(program=skyline, state="failed")

    return fill


MOST = {"sam": 12, "cora": 14, "mona": 22}


def test_each_page_asks_as_often_with_fifty_rows_as_with_five(request, floor, browse):
    def asked(who: str) -> int:
        browser = browse(request.getfixturevalue(who))
        look(browser)
        with CaptureQueriesContext(connection) as queries:
            look(browser)
        return len(queries)

    floor(5)
    few = {who: asked(who) for who in MOST}
    floor(50)
    assert {who: asked(who) for who in MOST} == few
    assert {who: count for who, count in few.items() if count > MOST[who]} == {}


def test_another_programs_lines_are_on_nobodys_first_page(sam, olga, browse):
    log(olga, "theirs", feedback="owed", callback_at=timezone.now())
    assert matters(look(browse(sam))) == {}
    assert {value for value, _ in figures(look(browse(sam))).values()} == {"0"}
    assert browse(olga).get(START).status_code == 404
    assert Escalation.objects.get().program == olga.program
