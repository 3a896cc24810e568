"""Changing and resetting a password; the mail comes from the worker, to a real SMTP server."""

import re

import pytest
from django.test import Client as Browser
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people.actions.delivery import deliver_due, queue_password_reset
from people.models import Message
from people.tasks import send_password_reset
from people.tests.factories import PASSWORD, UserFactory

NEW = "quite another phrase"


@pytest.fixture
def tina(db):
    return UserFactory(username="tina", email="Tina@floor.example", name="Tina <b>Cruz</b>")


def link_in(mail):
    return re.search(r"http://\S+/accounts/password/reset/key/\S+/", mail.text)[0]


def test_a_person_changes_the_password_and_is_signed_out_elsewhere(tina, browse):
    here, there = Browser(), Browser()
    for browser in (here, there):
        browser.post("/accounts/login/", {"login": "tina", "password": PASSWORD})
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = here.post("/accounts/password/change/", said, follow=True)
    assert "Your new password is set." in answer.text
    assert here.get("/accounts/preferences/").status_code == 200
    assert there.get("/accounts/preferences/").status_code == 302
    assert len(here.get("/accounts/sessions/").context["sessions"]) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"oldpassword": "wrong"}, "current password"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "password1234", "password2": "password1234"}, "too common"),
        ({"password2": "something else"}, "same password"),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_words(tina, browse, said, why):
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **said}
    answer = browse(tina).post("/accounts/password/change/", said)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_signed_out_person_changes_nothing(db):
    answer = Browser().post("/accounts/password/change/", {})
    assert answer["Location"].startswith("/accounts/login/")


def test_asking_for_a_reset_answers_alike_and_at_once(tina):
    answers = []
    for address in ("tina@floor.example", "nobody@floor.example"):
        answer = Browser().post("/accounts/password/reset/", {"email": address})
        answers.append((answer.status_code, answer["Location"]))
    assert answers == [(302, "/accounts/password/reset/done/")] * 2
    assert DBTaskResult.objects.count() == 2
    assert "Look into your mail" in Browser().get("/accounts/password/reset/done/").text


def test_an_address_that_is_none_is_refused(db):
    answer = Browser().post("/accounts/password/reset/", {"email": "tina"})
    assert answer.status_code == 422
    assert Browser().get("/accounts/password/reset/").status_code == 200


def test_asking_too_often_for_one_address_is_stopped_known_or_not(tina):
    for address in ("tina@floor.example", "nobody@floor.example"):
        codes = [
            Browser().post("/accounts/password/reset/", {"email": address}).status_code
            for _ in range(4)
        ]
        assert codes == [302, 302, 302, 429]


def test_a_reset_arrives_by_mail_and_works_once(tina, smtp, settings):
    settings.SITE_URL = "http://tala.example"
    assert queue_password_reset("tina@floor.example") == "queued"
    deliver_due("w")
    (mail,) = smtp.mails
    assert "Tina <b>Cruz</b>" in mail.text
    assert "<b>Cruz" not in mail.html
    assert link_in(mail).startswith("http://tala.example/")
    path = link_in(mail).removeprefix("http://tala.example")
    browser = Browser()
    form = browser.get(path, follow=True)
    assert "Set a new password" in form.text
    where = form.redirect_chain[-1][0]
    assert path not in where
    assert browser.post(where, {"password1": NEW, "password2": "x"}).status_code == 422
    done = browser.post(where, {"password1": NEW, "password2": NEW}, follow=True)
    assert "Your new password is set" in done.text
    tina.refresh_from_db()
    assert tina.check_password(NEW)
    again = Browser().get(path, follow=True)
    assert "no longer works" in again.text


def test_a_reset_signs_the_person_out_everywhere(tina, smtp):
    there = Browser()
    there.post("/accounts/login/", {"login": "tina", "password": PASSWORD})
    queue_password_reset("tina@floor.example")
    deliver_due("w")
    browser = Browser()
    path = re.sub(r"^http://[^/]+", "", link_in(smtp.mails[0]))
    where = browser.get(path, follow=True).redirect_chain[-1][0]
    browser.post(where, {"password1": NEW, "password2": NEW})
    assert there.get("/accounts/preferences/").status_code == 302


def test_a_tampered_reset_link_is_refused(tina):
    for path in ("1-abc-def", "zzz-set-password", "0-0"):
        answer = Browser().get(f"/accounts/password/reset/key/{path}/")
        assert "no longer works" in answer.text


def test_nobody_gets_mail_for_an_unknown_or_closed_account(tina, smtp):
    UserFactory(email="gone@floor.example", is_active=False)
    UserFactory(email="")
    for address in ("nobody@floor.example", "gone@floor.example", ""):
        assert send_password_reset.call(address) == "nobody"
    assert not Message.objects.exists()


def test_the_secret_of_a_reset_does_not_wait_in_the_database(tina, smtp):
    smtp.refuses = "451 4.3.0 later please"
    queue_password_reset("tina@floor.example")
    deliver_due("w")
    waiting = Message.objects.get()
    assert (waiting.state, bool(waiting.sealed)) == ("queued", True)
    Message.objects.update(due_at=timezone.now())
    smtp.refuses = "550 5.1.1 no such mailbox"
    deliver_due("w")
    given_up = Message.objects.get()
    assert (given_up.state, given_up.sealed) == ("failed", "")
    assert "/reset/key/[" in waiting.text
