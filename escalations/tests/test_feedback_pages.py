"""The pages of feedback: the list and giving in place, the agent's own page, slip, quick texts."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from escalations.actions import feedback
from escalations.models import Escalation, FeedbackNote, QuickText
from escalations.tests.factories import EscalationFactory, FeedbackNoteFactory, QuickTextFactory
from people.models import Agent
from people.tests.factories import AgentFactory

LIST = "/p/skyline/feedback/"
MINE = "/p/skyline/my-feedback/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def tina(skyline) -> Agent:
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def owed(agent, by, days=0, **facts):
    at = timezone.now() - timedelta(days=days, minutes=1)
    facts = {"feedback": "owed", "occurred_at": at} | facts
    return EscalationFactory(agent=agent, logged_by=by.user, **facts)


def numbers(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="told-(\d+)"', page)]


def posted(line, **said):
    return {"key": str(uuid.uuid4()), "version": line.version, "text": "Offer the plan."} | said


def test_what_i_owe_comes_first_then_the_oldest(tina, sam, sol, browse):
    theirs, mine, mine_old = owed(tina, sol, 9), owed(tina, sam, 1), owed(tina, sam, 5)
    owed(tina, sam, 2, status="void", void_reason="twice")
    owed(tina, sam, 2, feedback="none")
    page = browse(sam).get(LIST).content.decode()
    assert numbers(page) == [mine_old.number, mine.number, theirs.number]
    assert re.findall(r"<b>(\d+)</b> (\w+)<small>oldest ([^<]+)<", page) == [
        ("2", "mine", "5 days ago"),
        ("1", "Sol", "9 days ago"),
    ]
    assert page.count("What can Tina do next time?") == 1  # the first one is open


def test_the_list_is_narrowed_by_agent_sme_and_state(tina, sam, sol, browse):
    other = AgentFactory(program=tina.program, employee_id="777777")
    one, two = owed(tina, sam), owed(other, sol)
    given = FeedbackNoteFactory(escalation=owed(tina, sam, feedback="given")).escalation
    browser = browse(sam)

    def shown(query):
        return numbers(browser.get(f"{LIST}{query}").content.decode())

    assert shown("?agent=777777") == [two.number]
    assert shown("?by=sam") == [one.number]
    assert shown("?by=nobody") == []
    assert shown("?state=given") == [given.number]
    assert shown("?state=given&by=sol") == []
    assert browser.get(f"{LIST}?state=maybe").status_code == 422
    assert browser.get(f"{LIST}?cursor=broken").status_code == 200


def test_the_pages_of_the_list_leave_none_out_and_show_none_twice(tina, sam, sol, browse):
    same = timezone.now() - timedelta(days=1)
    mine = [owed(tina, sam, occurred_at=same) for _ in range(40)]
    theirs = [owed(tina, sol, occurred_at=same) for _ in range(35)]
    browser, url, seen, sizes = browse(sam), LIST, [], []
    while url:
        page = browser.get(url).content.decode()
        sizes.append(len(numbers(page)))
        seen += numbers(page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        url = found[1].replace("&amp;", "&") if found else ""
    assert sizes == [30, 30, 15]
    assert seen == [line.number for line in (*mine, *theirs)]


def test_feedback_is_given_in_its_row(tina, sam, browse):
    line = owed(tina, sam)
    row = browse(sam).get(f"{LIST}{line.number}/", headers=HTMX).content.decode()
    assert "autofocus" in row
    assert "Tina has no sign-in" in row
    said = posted(line, back="list")
    answer = browse(sam).post(f"{LIST}{line.number}/", said, headers=HTMX)
    page = answer.content.decode()
    assert "data-next-please" in page
    assert "Offer the plan." in page
    assert "Undo" in page
    assert "too early to say, ask again on" in page
    again = browse(sam).post(f"{LIST}{line.number}/", said, headers=HTMX)
    assert again.status_code == 200
    assert FeedbackNote.objects.count() == 1


def test_feedback_is_given_without_javascript_too(tina, sam, browse):
    one, two = owed(tina, sam), owed(tina, sam)
    back = browse(sam).post(f"{LIST}{one.number}/", posted(one, back="list"))
    assert back["Location"] == LIST
    back = browse(sam).post(f"{LIST}{two.number}/", posted(two, in_person="on", text=""))
    assert back["Location"] == f"/p/skyline/log/{two.number}/"
    assert FeedbackNote.objects.get(escalation=two).in_person


def test_nothing_said_and_what_is_stale_are_asked_about_and_nothing_is_lost(tina, sam, browse):
    line = owed(tina, sam)
    url = f"{LIST}{line.number}/"
    empty = browse(sam).post(url, posted(line, text=" "), headers=HTMX)
    assert empty.status_code == 422
    assert "Write what the agent can do next time." in empty.content.decode()
    assert browse(sam).post(url, posted(line, version="")).status_code == 428
    Escalation.objects.filter(pk=line.pk).update(version=5, concern="another concern")
    stale = browse(sam).post(url, posted(line, version=1), headers=HTMX)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Offer the plan." in page
    assert "another concern" in page
    assert 'name="version" value="5"' in page


def test_what_was_given_is_taken_back_with_undo(tina, sam, browse):
    line = owed(tina, sam)
    note = feedback.give(line, text="Oops", key=uuid.uuid4(), version=1, by=sam)
    url = f"{LIST}{line.number}/back/"
    row = browse(sam).post(url, {"version": note.version}, headers=HTMX).content.decode()
    assert "What can Tina do next time?" in row
    line.refresh_from_db()
    assert line.feedback == "owed"
    assert browse(sam).post(url, {"version": 2}).status_code == 409


def test_feedback_is_waived_on_its_page(tina, sam, browse):
    line = owed(tina, sam)
    page = browse(sam).get(f"{LIST}{line.number}/").content.decode()
    assert "Not owed after all?" in page
    said = {"version": 1, "reason": "she left"}
    assert browse(sam).post(f"{LIST}{line.number}/waive/", said)["Location"] == LIST
    line.refresh_from_db()
    assert line.feedback == "none"


def test_a_slip_is_printed_for_who_has_no_sign_in(tina, sam, browse):
    line = owed(tina, sam)
    assert browse(sam).get(f"{LIST}{line.number}/slip/").status_code == 409
    feedback.give(line, text="Offer the plan.", key=uuid.uuid4(), version=1, by=sam)
    page = browse(sam).get(f"{LIST}{line.number}/slip/").content.decode()
    assert "For Tina" in page
    assert "Offer the plan." in page


def test_the_agent_reads_and_answers_on_the_own_page(sam, abe, skyline, browse):
    agent = Agent.objects.get(user=abe.user)
    line, others = owed(agent, sam), owed(AgentFactory(program=skyline), sam)
    note = feedback.give(line, text="Offer the plan.", key=uuid.uuid4(), version=1, by=sam)
    feedback.give(others, text="Not for Abe.", key=uuid.uuid4(), version=1, by=sam)
    browser = browse(abe)
    page = browser.get(MINE).content.decode()
    assert "Offer the plan." in page
    assert "Not for Abe." not in page
    assert "<b>1</b> new to read" in page
    assert 'My feedback <span class="count">1</span>' in page
    url, said = (
        f"{MINE}{line.number}/",
        {"version": note.version, "words": "I will.", "helped": "Y"},
    )
    assert browser.post(url, said | {"words": " "}, headers=HTMX).status_code == 422
    assert browser.post(url, said | {"version": ""}).status_code == 428
    assert browser.post(url, said | {"version": 7}, headers=HTMX).status_code == 409
    assert browser.post(f"{MINE}{others.number}/", said).status_code == 404
    assert browser.post(url, said)["Location"] == MINE
    note.refresh_from_db()
    assert (note.words, note.helped) == ("I will.", True)
    page = browser.get(MINE).content.decode()
    assert "Nothing is left to read." in page
    assert "I will." in page


def test_the_agents_answers_are_paged(sam, abe, browse):
    agent = Agent.objects.get(user=abe.user)
    same = timezone.now()
    for _ in range(45):
        FeedbackNoteFactory(
            escalation=owed(agent, sam, feedback="acknowledged"),
            given_at=same,
            acknowledged_at=same,
            acknowledged_by=abe.user,
        )
    browser, url, seen = browse(abe), MINE, []
    while url:
        page = browser.get(url).content.decode()
        seen += re.findall(r'id="my-note-(\d+)"', page)
        found = re.search(r'href="([^"]+)" rel="next"', page)
        url = found[1] if found else ""
    assert len(seen) == len(set(seen)) == 45
    assert browser.get(f"{MINE}?cursor=broken").status_code == 200


def test_an_agent_who_is_not_on_the_roster_is_told_so(skyline, browse):
    from conftest import member

    page = browse(member("ann", skyline, "agent")).get(MINE).content.decode()
    assert "not linked to an agent" in page


def test_quick_texts_are_kept_worded_anew_removed_and_brought_back(mona, tina, sam, browse):
    url, browser = f"{LIST}quick/", browse(mona)
    assert (
        browser.post(url, {"key": str(uuid.uuid4()), "text": "First the plan."})["Location"] == url
    )
    assert browser.post(url, {"key": str(uuid.uuid4()), "text": " "}).status_code == 422
    quick = QuickText.objects.get()
    one = f"{url}{quick.pk}/"
    assert browser.post(one, {"text": "First the payment plan."}).status_code == 428
    assert browser.post(one, {"version": 1, "text": "First the payment plan."}).status_code == 302
    stale = browser.post(one, {"version": 1, "text": "Mine."})
    assert stale.status_code == 409
    assert "Somebody saved “First the payment plan.”" in stale.content.decode()
    owed(tina, sam)
    assert 'data-quick="First the payment plan."' in browse(sam).get(LIST).content.decode()
    assert browser.post(one, {"version": 2, "do": "remove"}).status_code == 302
    assert "data-quick" not in browse(sam).get(LIST).content.decode()
    assert "Bring back" in browser.get(url).content.decode()
    assert browser.post(one, {"version": 3, "do": "restore"}).status_code == 302
    assert QuickText.objects.current().count() == 1


def test_there_are_twenty_quick_texts_at_most(mona, browse):
    for _ in range(20):
        QuickTextFactory(program=mona.program)
    said = {"key": str(uuid.uuid4()), "text": "One more."}
    assert browse(mona).post(f"{LIST}quick/", said).status_code == 409
