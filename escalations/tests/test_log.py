"""The log sheet: what an SME finds there, and what logging a line does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from escalations.tests.factories import EscalationFactory
from escalations.tests.sheet import HTMX, LOG, concerns, posted
from people.tests.factories import AgentFactory

NIGHT = date(2026, 11, 20)


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


@pytest.fixture
def night(sam, tina):
    """Three lines of the shift of 20 November: 9:15 PM, 12:10 AM and 3:00 AM in Manila."""
    eric = AgentFactory(program=sam.program, employee_id="456789", name="Eric Dela Cruz")
    moments = [(20, 13, 15), (20, 16, 10), (20, 19, 0)]
    concerns = ["waive all the charges", "Device unlock from another carrier", "Mataas ang singil"]
    return [
        EscalationFactory(
            agent=agent,
            logged_by=sam.user,
            number=number,
            occurred_at=datetime(2026, 11, *moment, tzinfo=UTC),
            concern=concern,
            **more,
        )
        for number, (moment, concern, agent, more) in enumerate(
            zip(
                moments,
                concerns,
                [tina, eric, tina],
                [{"status": "unresolved"}, {"feedback": "owed"}, {}],
                strict=True,
            ),
            start=1,
        )
    ]


def test_an_empty_shift_says_what_will_be_here(sam, browse):
    page = browse(sam).get(LOG)
    assert page.status_code == 200
    assert "Tonight’s lines will stand here" in page.text


def test_a_shift_shows_its_lines_newest_first_numbered_in_paper_order(sam, browse, night):
    page = browse(sam).get(LOG, {"shift": "2026-11-20"})
    assert [line.ordinal for line in page.context["sheet"].rows] == [3, 2, 1]
    assert "9:15 PM" in page.text
    assert "12:10 AM" in page.text
    assert page.context["sheet"].totals == {"logged": 3, "unresolved": 1, "owed": 1}


def test_every_number_links_to_exactly_its_rows(sam, browse, night):
    browser = browse(sam)
    asked = browser.get(LOG, {"shift": "2026-11-20"}).context["asked"]
    assert len(concerns(browser.get(LOG + asked.plain))) == 3
    assert concerns(browser.get(LOG + asked.only_unresolved)) == ["waive all the charges"]
    assert concerns(browser.get(LOG + asked.only_owed)) == ["Device unlock from another carrier"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "unlock"}, 1),
        ({"q": "charg waiv"}, 1),
        ({"q": "singil"}, 1),
        ({"q": "SINGÍL"}, 1),
        ({"q": "123456"}, 2),
        ({"q": "dela"}, 1),
        ({"q": "#2"}, 1),
        ({"q": "100%_"}, 0),
        ({"agent": "123456"}, 2),
        ({"agent": "999"}, 0),
        ({"status": "unresolved"}, 1),
        ({"feedback": "owed"}, 1),
        ({"feedback": "none"}, 2),
        ({"by": "sam"}, 3),
        ({"by": "sol"}, 0),
    ],
)
def test_filters_and_search_find_what_they_say(sam, browse, night, asked, found):
    page = browse(sam).get(LOG, {"shift": "all", **asked})
    assert len(page.context["sheet"].rows) == found


@pytest.mark.parametrize("misspelt", ["devize", "unlcok", "Erik", "carier"])
def test_a_misspelt_word_finds_what_is_close_and_says_so(sam, browse, night, misspelt):
    page = browse(sam).get(LOG, {"shift": "all", "q": misspelt})
    assert concerns(page) == ["Device unlock from another carrier"]
    assert "No line has exactly these words" in page.text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"from": "2026-11-20", "to": "2026-11-20"}, 3),
        ({"from": "2026-11-21"}, 0),
        ({"to": "2026-11-19"}, 0),
        ({"to": "2026-11-20"}, 3),
        ({"shift": "all"}, 3),
    ],
)
def test_a_range_of_shift_days_is_shown_with_its_days(sam, browse, night, asked, found):
    assert len(concerns(browse(sam).get(LOG, asked))) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"shift": "yesterday"},
        {"shift": "0001-01-01"},
        {"from": "2026-11-21", "to": "2026-11-20"},
        {"status": "'; --"},
        {"feedback": "maybe"},
        {"cursor": "made-up"},
        {"q": "nul\0here"},
        {"q": "x" * 300},
    ],
)
def test_a_filter_that_cannot_be_read_shows_nothing_and_says_why(sam, browse, night, wrong):
    page = browse(sam).get(LOG, wrong)
    assert page.status_code == 422
    assert concerns(page) == []
    assert "a filter cannot be read" in page.text


def test_filters_on_can_be_taken_off_one_by_one(sam, browse, night):
    page = browse(sam).get(LOG, {"shift": "2026-11-20", "q": "unlock", "status": "resolved"})
    assert [chip.label for chip in page.context["asked"].chips] == ["“unlock”", "Status: resolved"]
    assert page.context["asked"].chips[0].without == "?shift=2026-11-20&status=resolved"


def test_pages_follow_each_other_both_ways_without_a_gap(sam, browse, tina):
    start = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for n in range(120):
        EscalationFactory(
            agent=tina,
            logged_by=sam.user,
            number=n + 1,
            concern=f"concern {n}",
            occurred_at=start + timedelta(minutes=n // 3),
        )
    browser, seen, cursors = browse(sam), [], [None]
    while True:
        asked = {"shift": "2026-11-20"} | ({"cursor": cursors[-1]} if cursors[-1] else {})
        sheet = browser.get(LOG, asked).context["sheet"]
        seen += sheet.rows
        if sheet.page.older is None:
            break
        cursors.append(str(sheet.page.older))
    assert [line.ordinal for line in seen] == list(range(120, 0, -1))
    back = browser.get(LOG, {"shift": "2026-11-20", "cursor": str(sheet.page.newer)})
    assert [line.ordinal for line in back.context["sheet"].rows] == list(range(70, 20, -1))
    assert back.context["sheet"].page.newer
    assert back.context["sheet"].page.older


def test_sheet_polls_cheaply_when_nothing_changed(sam, browse, night):
    browser = browse(sam)
    first = browser.get(LOG, {"shift": "2026-11-20"}, headers=HTMX)
    assert (
        first.text.startswith('<div class="sheet-frame"')
        or '<div class="sheet-frame"' in first.text
    )
    again = browser.get(
        LOG, {"shift": "2026-11-20"}, headers={**HTMX, "If-None-Match": first["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_paper_sheet_prints_oldest_first(sam, browse, night):
    page = browse(sam).get(LOG + "print/", {"shift": "2026-11-20"})
    assert [line.ordinal for line in page.context["lines"]] == [1, 2, 3]
    assert "Escalating Agent (name / ID)" in page.text
    empty = browse(sam).get(LOG + "print/", {"shift": "2026-11-18"})
    assert "Nothing was logged" in empty.text
    assert "Tue 17 Nov" not in empty.text


def test_an_outsider_sees_nothing(olga, browse, night):
    assert browse(olga).get(LOG).status_code == 404
    assert browse(olga).post(LOG, posted()).status_code == 404


def test_an_agent_may_not_read_the_log(abe, browse, night):
    assert browse(abe).get(LOG).status_code == 403


def test_one_shift_back_and_forward(sam, browse, night):
    today = sam.program.current_shift(timezone.now())
    asked = browse(sam).get(LOG).context["asked"]
    assert (asked.before, asked.after) == (today - timedelta(days=1), None)
    past = browse(sam).get(LOG, {"shift": "2026-11-19"}).context["asked"]
    assert past.after == NIGHT
