"""Signing in and out: known and unknown alike, counted, and nobody locked out."""

import pytest
from django.test import Client as Browser

from people.models import User
from people.tests.factories import PASSWORD, UserFactory

LOGIN = "/accounts/login/"


def sign_in(browser, login, password=PASSWORD, address="203.0.113.1", **said):
    said = {"login": login, "password": password, **said}
    return browser.post(LOGIN, said, REMOTE_ADDR=address)


@pytest.fixture
def tina(db):
    return UserFactory(username="Tina", email="tina@floor.example")


@pytest.fixture
def few(settings):
    """The limits of the site, with smaller numbers: hashing is slow on purpose."""
    settings.ACCOUNT_RATE_LIMITS = {
        "sign_in": "8/m/ip",
        "login_failed": "6/m/ip,3/5m/key",
        "login_account": "5/h/key",
    }


def is_in(browser):
    return browser.get("/accounts/preferences/").status_code == 200


@pytest.mark.parametrize("login", ["Tina", "tina", " TINA ", "Tina@Floor.example"])
def test_a_person_signs_in_by_username_or_address_whatever_the_case(tina, login):
    browser = Browser()
    answer = sign_in(browser, login)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(browser)


def test_an_address_that_is_somebody_s_username_means_the_address(tina):
    other = UserFactory(username="tina@floor.example", email="other@floor.example")
    other.set_password("some other words")
    other.save()
    browser = Browser()
    sign_in(browser, "tina@floor.example")
    assert browser.get("/accounts/preferences/").context["request"].user == tina


def test_the_page_has_two_fields_the_first_focused_and_is_not_stored(db):
    page = Browser().get(LOGIN)
    assert 'name="login"' in page.text
    assert 'name="password"' in page.text
    assert page.text.count("autofocus") == 1
    assert "no-store" in page["Cache-Control"]
    assert "signup" not in page.text


def test_known_and_unknown_accounts_answer_alike(tina):
    UserFactory(username="gone", email="gone@floor.example", is_active=False)

    def answer(login):
        response = sign_in(Browser(), login, "wrong")
        assert response.status_code == 422
        errors = response.context["form"].errors
        return errors.as_text()

    assert answer("tina") == answer("nobody") == answer("gone")
    addresses = ("tina@floor.example", "nobody@floor.example", "gone@floor.example")
    assert len({answer(one) for one in addresses}) == 1


def test_one_password_is_hashed_whoever_is_asked_for(tina, monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed = []

    def noted(method):
        def counting(self, *args, **kwargs):
            hashed.append(method.__name__)
            return method(self, *args, **kwargs)

        return counting

    for name in ("verify", "encode"):
        monkeypatch.setattr(Argon2PasswordHasher, name, noted(getattr(Argon2PasswordHasher, name)))
    counts = []
    for login in ("tina", "nobody", "tina@floor.example", "nobody@floor.example"):
        hashed.clear()
        sign_in(Browser(), login, "wrong")
        counts.append(len(hashed))
    assert counts == [1, 1, 1, 1]


def test_an_inactive_account_is_told_only_with_the_right_password(db):
    UserFactory(username="gone", is_active=False)
    answer = sign_in(Browser(), "gone")
    assert answer["Location"] == "/accounts/inactive/"
    assert "closed" in Browser().get("/accounts/inactive/").text


def test_the_session_id_changes_at_sign_in(tina):
    browser = Browser()
    session = browser.session
    session["before"] = "set"
    session.save()
    before = session.session_key
    sign_in(browser, "tina")
    assert is_in(browser)
    assert browser.session.session_key != before


def test_passwords_are_kept_as_argon2(tina):
    assert User.objects.get().password.startswith("argon2$")


def test_after_signing_in_people_are_where_they_wanted_to_be(tina):
    asked = Browser().get("/p/skyline/log/?q=fee")
    assert asked["Location"] == f"{LOGIN}?next=/p/skyline/log/%3Fq%3Dfee"
    answer = sign_in(Browser(), "tina", next="/accounts/preferences/")
    assert answer["Location"] == "/accounts/preferences/"
    for foreign in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert sign_in(Browser(), "tina", next=foreign)["Location"] == "/"


def test_a_signed_out_fragment_request_is_told_to_sign_in_and_come_back(db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/p/skyline/log/?q=a"}
    answer = Browser().get("/p/skyline/people/now/", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"{LOGIN}?next=%2Fp%2Fskyline%2Flog%2F%3Fq%3Da"
    headers["HX-Current-URL"] = "http://evil.example//evil.example/"
    answer = Browser().get("/accounts/preferences/", headers=headers)
    assert answer["HX-Redirect"] == LOGIN


def test_signing_out_takes_a_post(tina):
    browser = Browser()
    sign_in(browser, "tina")
    assert "Sign out?" in browser.get("/accounts/logout/").text
    assert is_in(browser)
    assert browser.post("/accounts/logout/")["Location"] == LOGIN
    assert "You are signed out." in browser.get(LOGIN).text
    assert not is_in(browser)


def test_nobody_signs_up(db):
    for path in ("signup/", "email/", "confirm-email/", "reauthenticate/", "password/set/"):
        assert Browser().get(f"/accounts/{path}").status_code == 404
    from allauth.account.adapter import get_adapter

    assert not get_adapter().is_open_for_signup(None)


def test_a_form_without_its_token_is_refused(tina):
    browser = Browser(enforce_csrf_checks=True)
    assert sign_in(browser, "tina").status_code == 403


def test_the_limits_are_counted_by_account_and_by_address(settings):
    limits = settings.ACCOUNT_RATE_LIMITS
    assert {limits[name].split("/")[-1] for name in ("sign_in", "login_account")} == {"ip", "key"}
    assert "/ip," in limits["login_failed"]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 50_000


def test_guessing_is_stopped_in_words_for_known_and_unknown_alike(tina, few):
    for login, address in (("tina", "198.51.100.1"), ("nobody", "198.51.100.2")):
        answers = [sign_in(Browser(), login, "wrong", address) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
        assert "Your account is not locked" in answers[-1].text


def test_the_owner_is_not_locked_out_by_a_guesser_elsewhere(tina, few):
    for _ in range(4):
        answer = sign_in(Browser(), "tina", "wrong", address="198.51.100.9")
    assert answer.status_code == 429
    assert sign_in(Browser(), "tina", address="203.0.113.7").status_code == 302


def test_the_owner_s_own_browser_is_let_in_even_beside_many_guessers(tina, few):
    own = Browser()
    sign_in(own, "tina")
    own.post("/accounts/logout/")
    for n in range(6):
        answer = sign_in(Browser(), "tina", "wrong", address=f"198.51.100.{n}")
    assert answer.status_code == 429
    assert sign_in(Browser(), "tina", address="203.0.113.8").status_code == 429
    assert sign_in(own, "tina").status_code == 302


def test_one_address_cannot_try_many_accounts(db, few):
    codes = [sign_in(Browser(), f"person{n}", "wrong").status_code for n in range(9)]
    assert codes == [422] * 6 + [429] * 3
    assert Browser().get(LOGIN, REMOTE_ADDR="203.0.113.1").status_code == 200


def test_people_who_get_in_are_not_counted_as_failing(tina, few):
    codes = [sign_in(Browser(), "tina").status_code for _ in range(8)]
    assert codes == [302] * 8


def test_a_forged_device_cookie_counts_for_nothing(tina):
    browser = Browser()
    browser.cookies["tala_device"] = "forged:cookie"
    assert sign_in(browser, "tina", "wrong").status_code == 422
    assert sign_in(browser, "tina").status_code == 302


def test_a_shared_computer_remembers_eight_people(db, rf):
    from django.http import HttpResponse

    from people.devices import device_of, remember_device

    request = rf.get("/")
    for n in range(9):
        response = HttpResponse()
        remember_device(request, response, f"person{n}")
        request.COOKIES["tala_device"] = response.cookies["tala_device"].value
    assert device_of(request, "person0") == ""
    assert all(device_of(request, f"PERSON{n}") for n in range(1, 9))
    assert response.cookies["tala_device"]["httponly"]
