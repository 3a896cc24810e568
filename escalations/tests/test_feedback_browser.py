"""Feedback in a real browser: worked off by keyboard, answered on a phone, open to everybody."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from escalations.actions import feedback
from escalations.models import Escalation, FeedbackNote, FollowUp
from escalations.tests.factories import EscalationFactory, QuickTextFactory
from people.models import Agent
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def tina(skyline) -> Agent:
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


def owed(agent, by, days, **facts) -> Escalation:
    facts = {"feedback": "owed"} | facts
    at = timezone.now() - timedelta(days=days)
    return EscalationFactory(agent=agent, logged_by=by.user, occurred_at=at, **facts)


def text_of(page: Page, line: Escalation):
    return page.locator(f"#told-text-{line.number}")


def test_an_sme_works_the_list_off_without_a_mouse(sam, tina, browse_as, axe):
    QuickTextFactory(program=sam.program, text="Offer the plan first.")
    first, second, third = (owed(tina, sam, days) for days in (9, 5, 2))
    page = browse_as(sam, "/p/skyline/feedback/")
    axe(page)
    expect(text_of(page, first)).to_be_focused()
    page.keyboard.type("Read the notes first, 4111 1111 1111 1111.")
    page.keyboard.press("Enter")
    expect(text_of(page, second)).to_be_focused()
    page.keyboard.press("Alt+1")
    expect(text_of(page, second)).to_have_value("Offer the plan first.")
    page.keyboard.press("Enter")
    expect(text_of(page, third)).to_be_focused()
    page.keyboard.press("Enter")  # nothing said: asked in place
    expect(page.get_by_role("alert").filter(has_text="Not given yet")).to_be_visible()
    expect(text_of(page, third)).to_be_focused()
    axe(page)
    said = dict(FeedbackNote.objects.values_list("escalation", "text"))
    assert set(said) == {first.pk, second.pk}
    assert said[second.pk] == "Offer the plan first."
    assert "4111 1111" not in said[first.pk]
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(text_of(page, second)).to_be_visible()
    assert Escalation.objects.get(pk=second.pk).feedback == "owed"


def test_the_sheet_and_the_line_lead_to_giving_feedback(sam, tina, browse_as, axe):
    line = owed(tina, sam, 0, feedback="none")
    page = browse_as(sam, "/p/skyline/log/")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator(f"#line-{line.number}")).to_contain_text("Owed")
    page.keyboard.press("f")
    page.wait_for_url(f"**/feedback/{line.number}/")
    expect(text_of(page, line)).to_be_focused()
    axe(page)
    page.goto(f"/p/skyline/log/{line.number}/")
    page.keyboard.press("f")
    page.wait_for_url(f"**/feedback/{line.number}/")
    page.keyboard.type("Offer the plan first.")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/log/{line.number}/")
    expect(page.locator("#feedback")).to_contain_text("Offer the plan first.")
    expect(page.locator(".timeline")).to_contain_text("gave the agent feedback")
    axe(page)


def test_feedback_is_written_with_the_line(sam, tina, browse_as):
    page = browse_as(sam, "/p/skyline/log/")
    page.locator("#entry-agent").fill("Tina / 123456")
    page.locator("#entry-concern").fill("waive the late fee")
    page.keyboard.press("Alt+m")
    page.locator("#entry-feedback_text").fill("Offer the plan first.")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.line")).to_contain_text("Given")
    assert FeedbackNote.objects.get().text == "Offer the plan first."
    expect(page.locator("#entry-feedback_text")).to_have_value("")


def test_an_agent_acknowledges_on_a_phone(sam, abe, browse_as, axe):
    line = owed(Agent.objects.get(user=abe.user), sam, 1)
    feedback.give(line, text="Offer the plan first.", key=uuid.uuid4(), version=1, by=sam)
    page = browse_as(abe, "/p/skyline/my-feedback/", **PHONE)
    expect(page.locator(".brief")).to_contain_text("1 new to read")
    axe(page)
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    page.get_by_role("button", name="Acknowledge").tap()
    expect(page.get_by_role("alert").filter(has_text="Not saved yet")).to_be_visible()
    page.get_by_label("in your own words").fill("I offer the plan before I hand over.")
    page.get_by_text("Yes", exact=True).tap()
    page.get_by_role("button", name="Acknowledge").tap()
    expect(page.locator(".answer")).to_contain_text("I offer the plan before I hand over.")
    axe(page)
    note = FeedbackNote.objects.get()
    assert (note.helped, note.acknowledged_by) == (True, abe.user)
    page.reload()
    expect(page.locator(".brief")).to_contain_text("0 new to read")


def test_call_backs_are_worked_off_without_a_mouse(sam, tina, browse_as, axe):
    now = timezone.now()
    one, two = (
        owed(tina, sam, 1, feedback="none", callback_at=now - timedelta(hours=hours))
        for hours in (5, 2)
    )
    page = browse_as(sam, "/p/skyline/follow-ups/")
    axe(page)
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator(f"#call-result-{one.number}")).to_be_focused()
    page.keyboard.type("He is content.")
    page.keyboard.press("Tab")
    page.keyboard.press("4")
    page.locator(f"#call-result-{one.number}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#call-result-{two.number}")).to_be_focused()
    call = FollowUp.objects.get()
    assert (call.result, call.satisfaction) == ("He is content.", 4)
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_the_pages_shuts_nobody_out(sam, mona, abe, browse_as, axe, scheme):
    agent = Agent.objects.get(user=abe.user)
    lines = [owed(agent, sam, days) for days in (3, 2, 1)]
    notes = [
        feedback.give(line, text="Offer the plan.", key=uuid.uuid4(), version=1, by=sam)
        for line in lines[:2]
    ]
    feedback.acknowledge(notes[0], words="I will.", helped=False, version=1, by=abe)
    QuickTextFactory(program=sam.program)
    page = browse_as(mona, color_scheme=scheme)
    for path in (
        *("feedback/?state=given", "feedback/?state=acknowledged", "feedback/quick/"),
        *(f"feedback/{lines[0].number}/slip/", f"feedback/{lines[2].number}/"),
        *("follow-ups/?state=done", "feedback/?agent=nobody"),
    ):
        page.goto(f"/p/skyline/{path}")
        axe(page)
    assert re.search("No feedback|Nothing owed", page.locator("main").inner_text())
