"""Joining by a link: a secret that works once and tells nobody anything else."""

import re

import pytest
from django.test import Client as Browser
from django.utils import timezone

from people.actions.delivery import deliver_due
from people.actions.invitations import (
    LinkDead,
    fresh_link,
    invite,
    join_as_known,
    join_as_new,
    open_invitation,
    revoke,
)
from people.models import Invitation, Membership, User
from people.refusals import ActionRefused
from people.tests.factories import InvitationFactory, UserFactory

HX = {"HX-Request": "true"}
URL = "/p/skyline/people/invitations/"
GOOD = "quite another phrase"


@pytest.fixture
def nina(mona):
    return invite(email="Nina@floor.example", name="Nina", roles=["sme"], by=mona)


@pytest.fixture
def token(nina, mona):
    return fresh_link(nina, by=mona)


def page(token):
    return f"/accounts/join/{token}/"


def join(browser, token, **said):
    said = {"name": "Nina", "username": "nina", "password": GOOD, **said}
    return browser.post(page(token), said)


# The link on screen


def test_a_link_to_hand_over_is_shown_once_and_the_mailed_one_stops(mona, nina, smtp, browse):
    deliver_due("w")
    mailed = re.search(r"/accounts/join/(\S+)/", smtp.mails[0].text)[1]
    browser = browse(mona)
    answer = browser.post(f"{URL}{nina.pk}/link/", headers=HX)
    shown = re.search(r"/accounts/join/([^/]+)/", answer.text)[1]
    assert "no longer works" in answer.text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert Browser().get(page(mailed)).status_code == 404
    assert Browser().get(page(shown)).status_code == 200
    assert shown not in browser.get("/p/skyline/people/").text
    assert "/accounts/join/" in browser.post(f"{URL}{nina.pk}/link/").text


# Joining


def test_looking_at_the_link_changes_nothing(token, nina):
    before = Invitation.objects.values().get()
    for _ in range(2):
        answer = Browser().get(page(token))
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
    assert Browser().head(page(token)).status_code == 200
    assert Invitation.objects.values().get() == before
    assert Browser().put(page(token)).status_code == 405


def test_somebody_new_joins_and_is_signed_in(token):
    browser = Browser()
    answer = join(browser, token)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    nina = User.objects.get(username="nina")
    assert nina.email == "nina@floor.example"
    assert nina.check_password(GOOD)
    assert Membership.objects.get(user=nina).roles == ["sme"]
    assert Invitation.objects.get().accepted_by == nina
    assert browser.get("/", follow=True).request["PATH_INFO"] == "/p/skyline/"
    assert len(browser.get("/accounts/sessions/").context["sessions"]) == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"username": "MONA"}, "Somebody has that username"),
        ({"username": "ni na"}, "Letters, digits"),
        ({"username": "nina@floor.example"}, "Letters, digits"),
        ({"username": ""}, "required"),
        ({"password": "short"}, "too short"),
        ({"password": "nina@floor.example"}, "too similar"),
        ({"password": ""}, "required"),
    ],
)
def test_what_cannot_be_an_account_is_said_and_the_link_still_works(token, said, why):
    answer = join(Browser(), token, **said)
    assert answer.status_code == 422
    assert why in answer.text
    assert join(Browser(), token, name="").status_code == 302
    assert User.objects.get(username="nina").name == "Nina"


def test_a_username_taken_in_the_same_moment_is_refused(token):
    UserFactory(username="nina", email="other@floor.example")
    with pytest.raises(ActionRefused):
        join_as_new(token, username="NINA", name="", password=GOOD)


def test_dead_links_are_one_and_the_same_page(mona, nina, token, skyline):
    used = fresh_link(InvitationFactory(program=skyline), by=mona)
    join(Browser(), used, username="used")
    revoked_one = InvitationFactory(program=skyline)
    revoked = fresh_link(revoked_one, by=mona)
    revoke(revoked_one, by=mona)
    expired_one = InvitationFactory(program=skyline)
    expired = fresh_link(expired_one, by=mona)
    Invitation.objects.filter(pk=expired_one.pk).update(expires_at=timezone.now())
    replaced = token
    fresh_link(nina, by=mona)
    tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
    nina.refresh_from_db()
    dead = [used, revoked, expired, replaced, tampered, "x", "%00", "é" * 400, nina.token_hash]
    answers = [Browser().get(page(one)) for one in dead]
    answers += [join(Browser(), one, username="late") for one in dead]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert {answer["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert not User.objects.filter(username="late").exists()


def test_who_has_an_account_signs_in_first_and_then_joins(token, nina, olga):
    User.objects.filter(pk=olga.user_id).update(email="NINA@floor.example")
    browser = Browser()
    asked = browser.get(page(token))
    assert "sign in with it first" in asked.text
    assert f'name="next" value="{page(token)}"' in asked.text
    assert join(browser, token).status_code == 409
    browser.force_login(User.objects.get(pk=olga.user_id))
    assert "added to this account" in browser.get(page(token)).text
    assert browser.post(page(token))["Location"] == "/"
    assert Membership.objects.get(user=olga.user, program=nina.program).roles == ["sme"]


def test_joining_again_adds_roles_to_those_held(mona, sam):
    link = fresh_link(
        InvitationFactory(program=mona.program, email=sam.user.email, roles=["manager"]), by=mona
    )
    assert join_as_known(link, user=sam.user).roles == ["sme", "manager"]


def test_somebody_else_s_invitation_is_not_taken(token, sam, browse):
    assert "another address" in browse(sam).get(page(token)).text
    assert browse(sam).post(page(token)).status_code == 409
    with pytest.raises(ActionRefused):
        join_as_known(token, user=sam.user)
    assert open_invitation(token).is_open


def test_a_link_used_in_the_same_moment_works_once(token):
    join(Browser(), token)
    with pytest.raises(LinkDead):
        join_as_new(token, username="second", name="", password=GOOD)


def test_a_link_that_changes_between_reading_and_locking_is_dead(token, monkeypatch, mona, nina):
    from people.actions import invitations

    stale = open_invitation(token)
    fresh_link(nina, by=mona)
    monkeypatch.setattr(invitations, "open_invitation", lambda _: stale)
    with pytest.raises(LinkDead):
        join_as_new(token, username="second", name="", password=GOOD)


def test_joining_too_often_is_stopped(token, settings):
    settings.ACCOUNT_RATE_LIMITS = {"join": "1/m/ip"}
    assert join(Browser(), "x").status_code == 404
    assert join(Browser(), token).status_code == 429


def test_the_form_needs_its_token_even_where_browsers_hide_the_origin(token):
    browser = Browser(enforce_csrf_checks=True)
    assert join(browser, token).status_code == 403
    field = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page(token)).text)
    said = {"username": "nina", "password": GOOD, "csrfmiddlewaretoken": field[1]}
    foreign = browser.post(page(token), said, HTTP_ORIGIN="https://evil.example")
    assert foreign.status_code == 403
    assert browser.post(page(token), said, HTTP_ORIGIN="null").status_code == 302


def test_who_has_joined_cannot_be_invited_or_revoked_again(mona, nina, token, browse):
    join(Browser(), token)
    nina.refresh_from_db()
    for verb in ("again", "link", "revoke"):
        assert browse(mona).post(f"{URL}{nina.pk}/{verb}/").status_code == 409
    assert str(nina) == "nina@floor.example to Skyline Cable"
