"""The same crowds at the pages: one line for one key, one winner for one version."""

import re
import uuid
from collections import Counter

import pytest
from django.test import Client as Browser
from django.urls import reverse

from escalations.models import Escalation
from escalations.tests.crowd import at_once
from escalations.tests.factories import EscalationFactory
from people.models import Agent
from people.tests.factories import PASSWORD, AgentFactory

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "6f2d2c1e-1111-4222-8333-944444444444"
SAID = {
    "key": KEY,
    "time": "",
    "agent": "Tina / 123456",
    "concern": "waive all the charges on the bill",
    "resolution": "advised valid charges",
    "status": "resolved",
    "requires_feedback": "N",
}
HTMX = {"HX-Request": "true"}


def signed_in(username: str) -> Browser:
    """A browser that went through the sign-in page."""
    browser = Browser()
    browser.post("/accounts/login/", {"login": username, "password": PASSWORD})
    assert "_auth_user_id" in browser.session
    return browser


def same_browser(browser: Browser) -> Browser:
    """Another tab: the same session, its own connection."""
    other = Browser()
    other.cookies.update(browser.cookies)
    return other


def told(page: bytes) -> str:
    """The page without what is new each time: tokens of forms, the next entry's key."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "KEY", text)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_sixteen_posts_of_one_key_make_one_line_and_are_answered_alike(sam, headers):
    url, browser = reverse("log", kwargs={"p": "skyline"}), signed_in("sam")

    def post(_: int):
        return same_browser(browser).post(url, SAID, headers=headers)

    answers = at_once(16, post)
    line = Escalation.objects.get()
    assert (line.number, line.key) == (1, uuid.UUID(KEY))
    assert Agent.objects.count() == 1
    assert {answer.status_code for answer in answers} == {201 if headers else 302}
    assert len({answer.get("Location") for answer in answers}) == 1
    assert len({told(answer.content) for answer in answers}) == 1


def test_the_same_key_after_signing_out_and_in_is_the_same_line(sam):
    url, browser = reverse("log", kwargs={"p": "skyline"}), signed_in("sam")
    first = browser.post(url, SAID)
    browser.post("/accounts/logout/")
    assert browser.post(url, SAID)["Location"].startswith("/accounts/login/")
    again = signed_in("sam").post(url, SAID)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert Escalation.objects.count() == 1


def test_the_same_key_from_another_person_is_another_line(sam, sol):
    url = reverse("log", kwargs={"p": "skyline"})
    for who in ("sam", "sol"):
        assert signed_in(who).post(url, SAID, headers=HTMX).status_code == 201
    assert Escalation.objects.count() == 2


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    "other",
    [
        {"concern": "late fee"},
        {"resolution": ""},
        {"requires_feedback": "Y"},
        {"agent": "Eric / 456789"},
        {"wanted": "a credit"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_the_same_key_with_other_words_is_refused(sam, other, headers):
    url, browser = reverse("log", kwargs={"p": "skyline"}), signed_in("sam")
    browser.post(url, SAID)
    answer = browser.post(url, SAID | other, headers=headers)
    assert answer.status_code == 422
    assert "saved before with other words" in answer.content.decode()
    line = Escalation.objects.get()
    assert (line.concern, line.feedback) == (SAID["concern"], "none")
    assert Agent.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_of_fifty_saves_of_one_version_one_is_kept_and_the_rest_see_both(sam, headers):
    line = EscalationFactory(agent=AgentFactory(program=sam.program), logged_by=sam.user)
    url = reverse("line", kwargs={"p": "skyline", "n": line.number})
    browser = signed_in("sam")

    def save(which: int):
        said = {"version": "1", "concern": f"my text {which}"}
        return same_browser(browser).post(url, said, headers=headers)

    answers = at_once(50, save)
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {200 if headers else 302: 1, 409: 49}
    line.refresh_from_db()
    assert line.version == 2
    assert line.past.count() == 1
    for which, answer in enumerate(answers):
        if answer.status_code == 409:
            page = answer.content.decode()
            assert line.concern in page
            assert f"my text {which}" in page


def test_a_save_without_a_version_is_refused(sam):
    line = EscalationFactory(agent=AgentFactory(program=sam.program), logged_by=sam.user)
    url = reverse("line", kwargs={"p": "skyline", "n": line.number})
    assert signed_in("sam").post(url, {"concern": "x"}).status_code == 428
    line.refresh_from_db()
    assert line.version == 1
