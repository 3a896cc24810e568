"""Inbox, notification choices and the mail page in a browser, as a person uses them."""

import re

import pytest

from people.actions.messages import notify
from people.models import Message, NotificationChoice
from people.tests.factories import MessageFactory

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}}


def tell(member, sentence):
    link = f"/p/{member.program.slug}/people/now/"
    return notify([member], "line_answered", sentence, link, program=member.program)


def test_news_is_counted_in_the_header_and_opened_by_keyboard(sam, browse_as, axe):
    for n in (8, 9):
        tell(sam, f"The client answered line {n}: waive one fee once in twelve months.")
    page = browse_as(sam, "/p/skyline/people/now/", **PHONE)
    inbox = page.get_by_role("link", name="2 unread in your inbox")
    inbox.click()
    page.wait_for_url("**/accounts/inbox/")
    axe(page)
    page.get_by_role("button", name=re.compile("Open.*line 9")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/now/")
    page.get_by_role("link", name="1 unread in your inbox").click()
    page.get_by_role("button", name="Mark all as read").click()
    page.get_by_role("link", name="inbox", exact=True).wait_for()
    assert page.get_by_role("button", name="Mark").count() == 0


def test_a_person_chooses_what_is_mailed(sam, browse_as, axe):
    page = browse_as(sam, "/accounts/preferences/", color_scheme="dark", **PHONE)
    axe(page)
    box = page.get_by_role("checkbox", name="The client answered a line of mine, Skyline Cable: by")
    assert box.is_checked()
    box.uncheck()
    page.get_by_role("button", name="Save what I am told").click()
    page.wait_for_url("**/preferences/#notifications")
    assert not box.is_checked()
    assert not NotificationChoice.objects.get(kind="line_answered").mail


def test_the_manager_sends_a_refused_mail_again(mona, browse_as, axe):
    said = {"program": mona.program, "to_name": "Carla Client"}
    MessageFactory(state="failed", last_error="550 5.1.1 No such mailbox", **said)
    MessageFactory(last_error="451 4.7.1 Greylisted, come back later", attempts=3, **said)
    MessageFactory(state="sent", sent_at="2026-11-20T20:00Z", **said)
    page = browse_as(mona, "/p/skyline/people/", color_scheme="dark", **PHONE)
    page.get_by_role("link", name="Mail", exact=True).click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Send again to").click()
    page.get_by_text("is on its way again").wait_for()
    assert not Message.objects.failed().exists()
