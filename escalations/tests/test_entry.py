"""Logging a line in the entry row: what is kept, what is asked, what a repeat does."""

from datetime import UTC, date, datetime

import pytest

from escalations.models import Escalation
from escalations.tests.sheet import HTMX, LOG, concerns, posted
from people.models import Agent
from people.tests.factories import AgentFactory

NIGHT = date(2026, 11, 20)


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


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
