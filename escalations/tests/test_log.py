"""The log sheet: what an SME finds there, and what logging a line does."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.models import Agent
from people.tests.factories import AgentFactory

LOG = "/p/skyline/log/"
HTMX = {"HX-Request": "true"}
NIGHT = date(2026, 11, 20)


def posted(**said):
    return {
        "key": str(uuid.uuid4()),
        "time": "",
        "agent": "Tina / 123456",
        "concern": "waive the late fee",
        "resolution": "Advised valid charges",
        "status": "resolved",
        "requires_feedback": "N",
        **said,
    }


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


def concerns(response):
    return [line.concern for line in response.context["sheet"].rows]


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
    assert "these are close" in page.text


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


def test_logging_without_javascript_comes_back_to_the_sheet(sam, browse):
    page = browse(sam).post(LOG, posted(), follow=True)
    assert page.status_code == 200
    assert concerns(page) == ["waive the late fee"]
    assert "Saved as line 1." in page.text


def test_logging_with_htmx_answers_the_row_and_a_fresh_entry_row(sam, browse):
    answer = browse(sam).post(LOG, posted(), headers=HTMX)
    assert answer.status_code == 201
    assert answer["HX-Trigger"] == "sheet-changed"
    assert 'id="line-1"' in answer.text
    assert 'id="entry"' in answer.text
    assert "<html" not in answer.text


def test_all_of_a_line_is_kept(sam, browse):
    browse(sam).post(
        LOG,
        posted(
            status="unresolved",
            requires_feedback="Y",
            severity="1",
            offered="a credit of 5",
            refused_because="wants all of it",
            wanted="no late fee",
            customer_ref="C-77",
            callback_at="2030-01-02 15:00",
        ),
    )
    line = Escalation.objects.get()
    assert (line.status, line.feedback, line.severity) == ("unresolved", "owed", 1)
    assert (line.offered, line.refused_because, line.wanted) == (
        "a credit of 5",
        "wants all of it",
        "no late fee",
    )
    assert line.customer_ref == "C-77"
    assert line.callback_at == datetime(2030, 1, 2, 7, tzinfo=UTC)


def test_a_time_later_than_now_was_yesterday_evening(sam, browse, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
    browse(sam).post(LOG, posted(time="9:15 PM"))
    line = Escalation.objects.get()
    assert line.occurred_at == datetime(2026, 11, 20, 13, 15, tzinfo=UTC)
    assert sam.program.shift_day_of(line.occurred_at) == NIGHT


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        ((20, 13, 20), "9:15", (20, 13, 15)),
        ((20, 17, 50), "1:40", (20, 17, 40)),
        ((20, 17, 50), "12:10", (20, 16, 10)),
        ((20, 13, 20), "09:15", (20, 1, 15)),
        ((21, 2, 0), "9:15", (21, 1, 15)),
        ((20, 10, 30), "5:45", (20, 9, 45)),
    ],
)
def test_a_time_without_am_or_pm_is_the_nearer_half_of_the_day(
    sam, browse, time_machine, now, typed, meant
):
    time_machine.move_to(datetime(2026, 11, *now, tzinfo=UTC))
    browse(sam).post(LOG, posted(time=typed))
    assert Escalation.objects.get().occurred_at == datetime(2026, 11, *meant, tzinfo=UTC)


def test_on_an_earlier_sheet_the_time_is_of_that_shift(sam, browse, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    sheet = f"{LOG}?shift=2026-11-20"
    browser = browse(sam)
    assert browser.post(sheet, posted()).status_code == 422
    for typed in ("1:40 AM", "1:40", "9:15"):
        browser.post(sheet, posted(time=typed))
    first, second, third = Escalation.objects.order_by("pk")
    assert first.occurred_at == second.occurred_at == datetime(2026, 11, 20, 17, 40, tzinfo=UTC)
    assert third.occurred_at == datetime(2026, 11, 20, 13, 15, tzinfo=UTC)


def test_a_line_of_another_shift_says_where_it_went(sam, browse, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))
    answer = browse(sam).post(LOG, posted(time="5 PM"), headers=HTMX)
    assert "Saved to the shift of Thu 19 Nov" in answer.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agent": ""}, "Say which agent"),
        ({"agent": "Nobody"}, "No agent is called Nobody"),
        ({"agent": "999999"}, "Add the name"),
        ({"concern": "  "}, "Say what the concern is"),
        ({"time": "half past"}, "is not a time"),
        ({"callback_at": "some day"}, "call"),
        ({"severity": "9"}, "not one of the available choices"),
        ({"status": "void"}, "either resolved or unresolved"),
        ({"key": "not-a-key"}, ""),
        ({"concern": "x" * 5000}, "at most 4000"),
        ({"concern": "nul\0"}, "Null characters"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(sam, browse, wrong, said):
    for headers in ({}, HTMX):
        answer = browse(sam).post(LOG, posted(**wrong), headers=headers)
        assert answer.status_code in (409, 422)
        assert said in answer.text
    assert not Escalation.objects.exists()


def test_an_id_under_another_name_asks_which_is_right(sam, browse, tina):
    browser = browse(sam)
    entry = posted(agent="Tanya / 123456")
    asked = browser.post(LOG, entry, headers=HTMX)
    assert asked.status_code == 422
    assert "123456 is Tina on the roster, not Tanya" in asked.text
    assert browser.post(LOG, {**entry, "agent_is": "known"}).status_code == 302
    browser.post(LOG, {**posted(agent="Tanya / 123456"), "agent_is": "renamed"})
    assert {line.agent.name for line in Escalation.objects.all()} == {"Tanya"}
    assert Agent.objects.count() == 1


def test_a_name_two_agents_have_is_asked_about(sam, browse, tina):
    AgentFactory(program=sam.program, employee_id="654321", name="tina")
    asked = browse(sam).post(LOG, posted(agent="Tina"), headers=HTMX)
    assert "Several agents are called Tina" in asked.text
    assert "Tina / 123456" in asked.text


def test_a_repeated_post_is_the_same_line_also_after_signing_in_again(sam, browse):
    entry = posted()
    first, again = browse(sam).post(LOG, entry), browse(sam).post(LOG, entry)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Escalation.objects.count() == 1
    other = browse(sam).post(LOG, {**entry, "concern": "something else"})
    assert other.status_code == 422
    assert Escalation.objects.count() == 1


def test_a_repeated_post_counts_even_when_the_time_would_no_longer_fit(sam, browse, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, tzinfo=UTC))
    entry = posted(callback_at="in 30 minutes")
    assert browse(sam).post(LOG, entry).status_code == 302
    time_machine.move_to(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert browse(sam).post(LOG, entry).status_code == 302
    assert Escalation.objects.count() == 1


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
