"""Inviting: who may, whom, and the mail that carries the link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from people.actions.delivery import deliver_due
from people.actions.invitations import (
    fresh_link,
    hash_of,
    invite,
    revoke,
    send_again,
)
from people.models import Invitation, Message
from people.refusals import ActionRefused
from people.tests.factories import InvitationFactory, MessageFactory

HX = {"HX-Request": "true"}
URL = "/p/skyline/people/invitations/"
GOOD = "quite another phrase"


@pytest.fixture
def nina(mona):
    return invite(email="Nina@floor.example", name="Nina", roles=["sme"], by=mona)


@pytest.fixture
def token(nina, mona):
    return fresh_link(nina, by=mona)


# Inviting


def test_a_manager_invites_and_the_mail_is_queued_in_the_same_transaction(mona, browse):
    said = {"email": "Nina@floor.example", "name": "Nina", "roles": ["sme", "agent"]}
    answer = browse(mona).post(URL, said, headers=HX)
    assert "nina@floor.example is invited." in answer.text
    invitation = Invitation.objects.get()
    assert (invitation.roles, len(invitation.token_hash)) == (["agent", "sme"], 64)
    message = Message.objects.get()
    assert (message, message.about) == (invitation.message, f"invitation:{invitation.pk}")
    assert (message.state, message.program) == ("queued", mona.program)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"email": "nina"}, "valid email"),
        ({"name": ""}, "required"),
        ({"roles": []}, "required"),
        ({"roles": ["admin"]}, "valid choice"),
        ({"email": "SAM@floor.example"}, "member already"),
        ({"email": "twice@floor.example"}, "invited already"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(mona, sam, browse, said, why):
    InvitationFactory(program=mona.program, email="twice@floor.example")
    said = {"email": "new@floor.example", "name": "N", "roles": ["sme"], **said}
    for headers in ({}, HX):
        answer = browse(mona).post(URL, said, headers=headers)
        assert answer.status_code == 422
        assert why in answer.text
    assert Invitation.objects.count() == 1
    with pytest.raises(ActionRefused):
        invite(email="x@floor.example", name="X", roles=[], by=mona)


@pytest.mark.parametrize("who", ["sam", "abe", "cora"])
def test_only_a_manager_invites(who, request, browse):
    browser = browse(request.getfixturevalue(who))
    assert browser.post(URL, {}).status_code == 403
    mine = InvitationFactory(program=request.getfixturevalue("skyline"))
    for verb in ("again", "link", "revoke"):
        assert browser.post(f"{URL}{mine.pk}/{verb}/").status_code == 403


def test_another_program_s_invitation_is_not_there(mona, browse, harbor):
    foreign = InvitationFactory(program=harbor)
    for verb in ("again", "link", "revoke"):
        assert browse(mona).post(f"{URL}{foreign.pk}/{verb}/").status_code == 404


def test_inviting_too_often_is_stopped(mona, browse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "1/h/user"}
    said = {"email": "a@floor.example", "name": "A", "roles": ["sme"]}
    assert browse(mona).post(URL, said).status_code == 302
    answer = browse(mona).post(URL, {**said, "email": "b@floor.example"}, headers=HX)
    assert answer.status_code == 429
    assert "too often" in answer.text or "many invitations" in answer.text


def test_a_revoked_invitation_is_gone_from_the_page(mona, nina, browse):
    answer = browse(mona).post(f"{URL}{nina.pk}/revoke/", headers=HX)
    assert "taken back" in answer.text
    assert "Nobody is waiting to join" in answer.text
    assert browse(mona).post(f"{URL}{nina.pk}/again/").status_code == 409


def test_the_page_shows_how_each_invitation_stands(mona, browse, skyline):
    now = timezone.now()
    sent = MessageFactory(program=skyline, state="sent", sent_at=now)
    InvitationFactory(program=skyline, message=sent)
    failed = MessageFactory(program=skyline, state="failed", last_error="550 no such mailbox")
    InvitationFactory(program=skyline, message=failed)
    InvitationFactory(program=skyline, expires_at=now - timedelta(days=1))
    InvitationFactory(program=skyline, token_hash="a" * 64)
    InvitationFactory(program=skyline, message=MessageFactory(program=skyline))
    text = browse(mona).get("/p/skyline/people/").text
    for words in ("Sent", "550 no such mailbox", "Expired", "Link handed over", "On its way"):
        assert words in text


# The mail


def test_the_mail_carries_a_link_that_only_the_mail_knows(mona, smtp, settings):
    settings.SITE_URL = "https://tala.example"
    nina = invite(email="nina@floor.example", name="Nina", roles=["sme"], by=mona)
    waiting = Message.objects.get()
    assert deliver_due("w").sent == 1
    (mail,) = smtp.mails
    assert mail.to == ["nina@floor.example"]
    token = re.search(r"https://tala\.example/accounts/join/(\S+)/", mail.text)[1]
    assert len(token) >= 43
    assert f"/accounts/join/{token}/" in mail.html
    nina.refresh_from_db()
    assert nina.token_hash == hash_of(token)
    assert token not in str(vars(nina)) + str(vars(waiting))
    sent = Message.objects.get()
    assert sent.sent_at
    assert token not in str(vars(sent))
    assert sent.sealed == ""
    assert mail.message["Message-ID"] == waiting.message_id


def test_user_text_is_text_in_the_html_mail(mona, smtp):
    invite(email="evil@floor.example", name="<img src=x>", roles=["sme"], by=mona)
    deliver_due("w")
    assert "<img" not in smtp.mails[0].html
    assert "<img src=x>" in smtp.mails[0].text


def test_a_mail_is_not_sent_twice_nor_when_it_was_replaced(mona, nina, smtp):
    assert deliver_due("w").sent == 1
    assert deliver_due("w").sent == 0
    send_again(nina, by=mona)
    send_again(nina, by=mona)
    assert deliver_due("w").sent == 1
    send_again(nina, by=mona)
    fresh_link(nina, by=mona)
    assert deliver_due("w").sent == 0
    assert len(smtp.mails) == 2


def test_a_revoked_invitation_is_not_mailed(mona, nina, smtp):
    revoke(nina, by=mona)
    assert deliver_due("w").sent == 0


def test_no_is_shown_to_the_manager_and_not_tried_again(mona, nina, smtp, browse):
    smtp.refuses = "550 5.1.1 No such mailbox"
    assert deliver_due("w").refused == 1
    assert deliver_due("w").refused == 0
    assert "550 5.1.1 No such mailbox" in browse(mona).get("/p/skyline/people/").text
