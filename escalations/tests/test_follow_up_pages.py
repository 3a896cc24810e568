"""The due list: overdue first, done in its row with a result, and said on the sheet's head."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations.models import Escalation, FeedbackNote, FollowUp
from escalations.tests.factories import EscalationFactory
from escalations.tests.sheet import LOG, posted
from people.models import Agent
from people.tests.factories import AgentFactory

LIST = "/p/skyline/follow-ups/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def tina(skyline) -> Agent:
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def promised(agent, by, hours, **facts):
    at = timezone.now() + timedelta(hours=hours)
    return EscalationFactory(agent=agent, logged_by=by.user, callback_at=at, **facts)


def numbers(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="call-(\d+)"', page)]


def said(line, **more):
    known = {"key": str(uuid.uuid4()), "version": line.version, "result": "He is content."}
    return known | {"satisfaction": "5", "again_at": ""} | more


def test_the_longest_overdue_stands_first(tina, sam, sol, browse):
    soon, late = promised(tina, sol, 2), promised(tina, sam, -3)
    later = promised(tina, sam, -1)
    promised(tina, sam, -9, status="void", void_reason="twice")
    promised(tina, sam, -9, called_back_at=timezone.now())
    page = browse(sam).get(LIST).content.decode()
    assert numbers(page) == [late.number, later.number, soon.number]
    assert page.count("status-overdue") == 3  # the head says it, too
    assert "2 overdue" in page
    assert numbers(browse(sam).get(f"{LIST}?by=sol").content.decode()) == [soon.number]
    overdue = browse(sam).get(f"{LIST}?state=overdue").content.decode()
    assert numbers(overdue) == [late.number, later.number]
    nothing = browse(sam).get(f"{LIST}?state=overdue&by=sol").content.decode()
    assert "No call-back is overdue" in nothing
    assert browse(sam).get(f"{LIST}?state=maybe").status_code == 422


def test_the_sheet_says_what_is_overdue(tina, sam, browse):
    promised(tina, sam, -3)
    sheet = browse(sam).get(LOG).content.decode()
    assert "call-back overdue" in sheet
    assert f"{LIST}?state=overdue" in sheet
    Escalation.objects.update(called_back_at=timezone.now())
    assert "overdue" not in browse(sam).get(LOG).content.decode()


def test_a_call_back_is_done_in_its_row_and_taken_back(tina, sam, browse):
    line, browser = promised(tina, sam, -1), browse(sam)
    url = f"{LIST}{line.number}/"
    assert "What came of the call?" in browser.get(url, headers=HTMX).content.decode()
    assert browser.post(url, said(line, result=" "), headers=HTMX).status_code == 422
    assert browser.post(url, said(line, satisfaction="6"), headers=HTMX).status_code == 422
    assert browser.post(url, said(line, again_at="yesterday"), headers=HTMX).status_code == 422
    assert browser.post(url, said(line, version="")).status_code == 428
    stale = browser.post(url, said(line, version="9"), headers=HTMX)
    assert stale.status_code == 409
    assert "He is content." in stale.content.decode()
    done = browser.post(url, said(line), headers=HTMX).content.decode()
    assert "data-next-please" in done
    assert "Satisfaction: 5 of 5" in done
    assert numbers(browser.get(LIST).content.decode()) == []
    assert "5 of 5" in browser.get(f"{LIST}?state=done").content.decode()
    assert "5 of 5" in browser.get(url).content.decode()
    back = browser.post(f"{url}back/", {"version": 1}, headers=HTMX)
    assert "What came of the call?" in back.content.decode()
    assert numbers(browser.get(LIST).content.decode()) == [line.number]
    assert browser.post(f"{url}back/", {"version": 1}).status_code == 404


def test_a_call_is_promised_again_without_javascript(tina, sam, browse):
    line, browser = promised(tina, sam, -1), browse(sam)
    url = f"{LIST}{line.number}/"
    again = said(line, result="No answer.", satisfaction="", again_at="in 3 hours")
    assert browser.post(url, again)["Location"] == LIST
    call = FollowUp.objects.get()
    assert (call.satisfaction_said, bool(call.again_at)) == ("not asked", True)
    assert "No answer." in browser.get(url).content.decode()
    assert browser.post(f"{url}back/", {"version": 1})["Location"] == LIST


@pytest.mark.parametrize("state", ["due", "done"])
def test_the_pages_leave_none_out(tina, sam, browse, state):
    at = timezone.now()
    for _ in range(65):
        line = EscalationFactory(agent=tina, logged_by=sam.user, callback_at=at)
        if state == "done":
            facts = {"done_by": sam.user, "due_at": at, "done_at": at, "result": f"r{line.number}."}
            line.follow_ups.create(program=line.program, key=uuid.uuid4(), **facts)
    browser, url, seen = browse(sam), f"{LIST}?state={state}", []
    while url:
        page = browser.get(url).content.decode()
        seen += numbers(page) if state == "due" else re.findall(r"r(\d+)\.", page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        url = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == len(set(seen)) == 65
    assert browser.get(f"{LIST}?state={state}&cursor=broken").status_code == 200


def test_feedback_is_given_with_the_line_and_costs_nothing_without(tina, sam, browse):
    browser = browse(sam)
    with CaptureQueriesContext(connection) as plain:
        assert browser.post(LOG, posted()).status_code == 302
    line = Escalation.objects.get()
    assert (line.feedback, FeedbackNote.objects.count()) == ("none", 0)
    assert len(plain) <= 8
    browser.post(LOG, posted(feedback_text="Offer the plan 4111111111111111 first."))
    line = Escalation.objects.order_by("-pk").first()
    note = line.notes.get()
    assert line.feedback == "given"
    assert "411111111111" not in note.text
    assert note.given_by == sam.user
    page = browser.get(f"{LOG}{line.number}/").content.decode()
    assert "Offer the plan" in page
    assert "too early to say" in page


def test_the_same_line_sent_again_gives_its_feedback_once(tina, sam, browse):
    once = posted(feedback_text="Offer the plan.")
    for _ in range(2):
        assert browse(sam).post(LOG, once).status_code == 302
    assert Escalation.objects.count() == FeedbackNote.objects.count() == 1
    other = once | {"feedback_text": "Something else."}
    assert browse(sam).post(LOG, other).status_code == 422
