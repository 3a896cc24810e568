"""One line: its page, edits, conflicts, void and undo."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.tests.factories import AgentFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def line(sam):
    tina = AgentFactory(program=sam.program, employee_id="123456", name="Tina")
    return EscalationFactory(agent=tina, logged_by=sam.user, number=7)


def url(line, what=""):
    return f"/p/skyline/log/{line.number}/{what}"


def fresh(line):
    return Escalation.objects.get(pk=line.pk)


def test_a_line_reads_as_a_sentence_and_says_whose_turn_it_is(sam, browse, line):
    line.status = "unresolved"
    line.save()
    page = browse(sam).get(url(line))
    assert "Tina / 123456" in page.text
    assert "The Operations Manager’s turn" in page.text


def test_a_line_shows_all_it_knows(sam, browse, line):
    facts = {
        "offered": "a credit",
        "refused_because": "too little",
        "wanted": "everything",
        "severity": 2,
        "customer_ref": "C-1",
        "callback_at": timezone.now(),
    }
    Escalation.objects.filter(pk=line.pk).update(**facts)
    page = browse(sam).get(url(line))
    for words in ("a credit", "too little", "everything", "C-1", "Promised call-back"):
        assert words in page.text


def test_an_edit_changes_what_was_sent_and_only_that(sam, browse, line):
    answer = browse(sam).post(url(line), {"version": 1, "resolution": "called the carrier"})
    assert answer.status_code == 302
    after = fresh(line)
    assert (after.resolution, after.concern, after.version) == (
        "called the carrier",
        line.concern,
        2,
    )


@pytest.fixture
def last_night(sam):
    """A line of last night, 9 PM: the midnight after it is over, whatever the clock says now."""
    tina = AgentFactory(program=sam.program, employee_id="123456", name="Tina")
    starts, _ = sam.program.shift_bounds(sam.program.current_shift() - timedelta(days=1))
    at = starts + timedelta(hours=3)
    return EscalationFactory(agent=tina, logged_by=sam.user, number=7, occurred_at=at)


def test_the_story_tells_who_changed_what_and_why(sam, cora, browse, last_night):
    line = last_night
    browse(sam).post(url(line), {"version": 1, "resolution": "called the carrier"})
    browse(cora).post(
        url(line),
        {
            "version": 2,
            "agent": "Eric / 456789",
            "requires_feedback": "Y",
            "status": "unresolved",
            "time": "12:01 AM",
            "reason": "heard the call",
        },
    )
    page = browse(cora).get(url(line))
    story = page.context["story"]
    assert [step.did for step in story] == ["changed it", "changed it", "logged it"]
    assert story[0].who == "Cora"
    assert story[0].reason == "heard the call"
    said = {change.name: (change.before, change.after) for change in story[0].changes}
    assert said["Agent"] == ("Tina / 123456", "Eric / 456789")
    assert said["Status"] == ("Resolved", "Unresolved")
    assert said["Feedback"] == ("No feedback", "Owed")
    assert "12:01 AM" in said["Time"][1]


def test_editing_in_the_row_answers_fragments(sam, browse, line):
    browser = browse(sam)
    opened = browser.get(url(line, "edit/"), headers=HTMX)
    assert 'name="version" value="1"' in opened.text
    assert "<html" not in opened.text
    saved = browser.post(url(line), {"version": 1, "concern": "waive it all"}, headers=HTMX)
    assert saved["HX-Trigger"] == "sheet-changed"
    assert "waive it all" in saved.text
    assert "Undo" in saved.text
    row = browser.get(url(line, "row/"), headers=HTMX)
    assert 'id="line-7"' in row.text


def test_without_htmx_the_row_pages_lead_to_the_line(sam, cora, browse, line):
    assert browse(sam).get(url(line, "edit/"))["Location"] == url(line)
    assert browse(cora).get(url(line, "void/"))["Location"] == url(line)


def test_what_cannot_be_saved_is_said_in_the_row_and_on_the_page(sam, browse, line):
    wrong = {"version": 1, "time": "late", "agent": "Nobody", "concern": ""}
    for headers in ({}, HTMX):
        answer = browse(sam).post(url(line), wrong, headers=headers)
        assert answer.status_code == 422
        assert "No agent is called Nobody" in answer.text
        assert "is not a time" in answer.text
        assert "Say what the concern is" in answer.text
    assert fresh(line).version == 1


def test_an_edit_cannot_move_a_line_into_the_future(cora, browse, line):
    tomorrow = cora.program.current_shift() + timedelta(days=1)
    answer = browse(cora).post(url(line), {"version": 1, "shift": tomorrow, "time": "9 PM"})
    assert "has not come yet" in answer.text


def test_a_line_can_move_to_another_shift_day(cora, browse, line):
    browse(cora).post(url(line), {"version": 1, "shift": "2026-11-18", "time": "1:40 AM"})
    assert fresh(line).occurred_at == datetime(2026, 11, 18, 17, 40, tzinfo=UTC)
    browse(cora).post(url(line), {"version": 2, "time": "1:20"})
    assert fresh(line).occurred_at == datetime(2026, 11, 18, 17, 20, tzinfo=UTC)


def test_an_unchanged_call_back_keeps_its_instant(sam, browse, line):
    promised = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    Escalation.objects.filter(pk=line.pk).update(callback_at=promised)
    browser = browse(sam)
    browser.post(url(line), {"version": 1, "callback_at": "2026-01-02 11:04", "resolution": "x"})
    assert fresh(line).callback_at == promised
    browser.post(url(line), {"version": 2, "callback_at": ""})
    assert fresh(line).callback_at is None


def test_a_stale_edit_shows_both_versions_and_either_can_be_chosen(sam, cora, browse, line):
    browse(cora).post(url(line), {"version": 1, "resolution": "theirs"})
    mine = {"version": 1, "resolution": "mine", "concern": line.concern}
    for headers in ({}, HTMX):
        answer = browse(sam).post(url(line), mine, headers=headers)
        assert answer.status_code == 409
        assert "theirs" in answer.text
        assert "mine" in answer.text
        assert "Cora saved this line" in answer.text
        assert 'name="version" value="2"' in answer.text
        assert [one.name for one in answer.context["differences"]] == ["resolution"]
    assert fresh(line).resolution == "theirs"
    browse(sam).post(url(line), {"version": 2, "resolution": "mine"})
    assert fresh(line).resolution == "mine"


def test_a_stale_edit_of_the_same_words_says_so(sam, cora, browse, line):
    browse(cora).post(url(line), {"version": 1, "resolution": "same"})
    answer = browse(sam).post(url(line), {"version": 1, "resolution": "same"})
    assert "Both of you wrote the same" in answer.text


def test_an_edit_without_a_version_is_asked_for_one(sam, browse, line):
    for headers in ({}, HTMX):
        answer = browse(sam).post(url(line), {"resolution": "x"}, headers=headers)
        assert answer.status_code == 428
    assert fresh(line).version == 1


def test_an_sme_does_not_edit_another_smes_line(sol, browse, line):
    for headers in ({}, HTMX):
        answer = browse(sol).post(url(line), {"version": 1, "resolution": "x"}, headers=headers)
        assert answer.status_code == 403
        assert "another SME" in answer.text
    assert browse(sol).get(url(line, "edit/"), headers=HTMX).status_code == 403
    assert "Edit this line" not in browse(sol).get(url(line)).text


def test_an_sme_does_not_edit_a_line_of_an_earlier_shift(sam, browse, line):
    Escalation.objects.filter(pk=line.pk).update(occurred_at=timezone.now() - timedelta(days=3))
    answer = browse(sam).post(url(line), {"version": 1, "resolution": "x"})
    assert answer.status_code == 403
    assert "earlier shifts" in answer.text


def test_voiding_needs_a_reason_and_keeps_the_line(cora, browse, line):
    browser = browse(cora)
    asked = browser.get(url(line, "void/"), headers=HTMX)
    assert "Why is this line void?" in asked.text
    assert browser.post(url(line, "void/"), {"version": 1}).status_code == 409
    answer = browser.post(url(line, "void/"), {"version": 1, "reason": "twice"}, headers=HTMX)
    assert answer.status_code == 200
    assert fresh(line).status == "void"
    page = browser.get(url(line))
    assert "twice" in page.text
    assert "Edit this line" not in page.text


def test_undo_takes_a_void_back(cora, browse, line):
    browser = browse(cora)
    browser.post(url(line, "void/"), {"version": 1, "reason": "twice"})
    browser.post(url(line, "undo/"), {"version": 2})
    assert (fresh(line).status, fresh(line).void_reason) == ("resolved", "")


def test_an_old_change_stays_but_an_old_void_can_be_taken_back(cora, browse, line, time_machine):
    browser = browse(cora)
    browser.post(url(line), {"version": 1, "resolution": "called"})
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert "Take back the last change" not in browser.get(url(line)).text
    assert browser.post(url(line, "undo/"), {"version": 2}).status_code == 409
    browser.post(url(line, "void/"), {"version": 2, "reason": "twice"})
    time_machine.move_to(timezone.now() + timedelta(days=9))
    assert "Take back the last change" in browser.get(url(line)).text
    browser.post(url(line, "undo/"), {"version": 3})
    assert fresh(line).status == "resolved"


def test_undo_of_a_fresh_line_leaves_it_void(sam, browse, line):
    answer = browse(sam).post(url(line, "undo/"), {"version": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert fresh(line).status == "void"


@pytest.mark.parametrize("version", ["", "one", "99999999999999", "-1"])
def test_undo_with_a_wrong_version_changes_nothing(sam, browse, line, version):
    answer = browse(sam).post(url(line, "undo/"), {"version": version})
    assert answer.status_code == 428
    assert fresh(line).version == 1


def test_an_imported_line_tells_where_it_came_from(cora, browse, line):
    from escalations.tests.factories import ImportFactory

    batch = ImportFactory(program=cora.program, by=cora.user)
    Escalation.objects.filter(pk=line.pk).update(imported_by=batch)
    assert "imported it from log-sheet.csv" in browse(cora).get(url(line)).text


def test_unknown_and_foreign_lines_answer_alike(olga, sam, browse, line):
    unknown = browse(sam).get("/p/skyline/log/999/")
    foreign = browse(olga).get(url(line))
    assert unknown.status_code == foreign.status_code == 404
    assert browse(sam).get("/p/skyline/log/99999999999999999999/").status_code == 404
