"""A person's own name, look and keys, and where they are signed in."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client as Browser

from people.actions.accounts import set_preferences
from people.browsername import browser_name
from people.models import User
from people.tests.factories import PASSWORD

URL = "/accounts/preferences/"
SAID = {"name": "Samantha", "theme": "dark", "density": "roomy"}


def test_a_person_sets_name_theme_density_and_keys(sam, browse):
    browser = browse(sam)
    assert browser.get(URL).status_code == 200
    answer = browser.post(URL, SAID, follow=True)
    assert "Saved." in answer.text
    assert 'data-theme="dark"' in answer.text
    assert 'data-density="roomy"' in answer.text
    assert 'data-single-keys="off"' in answer.text
    sam.user.refresh_from_db()
    assert (sam.user.name, sam.user.single_keys) == ("Samantha", False)
    browser.post(URL, {**SAID, "single_keys": "on"})
    browser.post(URL, {**SAID, "single_keys": "on"})
    sam.user.refresh_from_db()
    assert sam.user.single_keys


@pytest.mark.parametrize("said", [{"name": ""}, {"theme": "pink"}, {"density": "x" * 9}])
def test_what_is_no_preference_is_refused(sam, browse, said):
    assert browse(sam).post(URL, {**SAID, **said}).status_code == 422
    sam.user.refresh_from_db()
    assert sam.user.name == "Sam"


def test_the_switch_in_the_list_of_keys_changes_nothing_else(sam, browse):
    browser = browse(sam)
    answer = browser.post(URL, {"single_keys": "off"}, headers={"X-Keys-Only": "1"})
    assert answer.status_code == 204
    sam.user.refresh_from_db()
    assert (sam.user.single_keys, sam.user.name) == (False, "Sam")
    assert browser.post(URL, {"single_keys": "on"}).status_code == 302
    sam.user.refresh_from_db()
    assert sam.user.single_keys


def test_nobody_sets_more_than_preferences(sam, browse):
    browse(sam).post(URL, {**SAID, "is_staff": "on", "username": "root"})
    user = User.objects.get(pk=sam.user_id)
    assert (user.is_staff, user.username) == (False, "sam")
    with pytest.raises(ValueError, match="is_staff"):
        set_preferences(user, {"is_staff": True})


def test_a_signed_out_person_signs_in_first(db):
    for url in (URL, "/accounts/sessions/"):
        assert Browser().get(url)["Location"].startswith("/accounts/login/")


def signed_in(agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"):
    browser = Browser(HTTP_USER_AGENT=agent)
    browser.post("/accounts/login/", {"login": "sam", "password": PASSWORD})
    return browser


def test_a_person_signs_out_there(sam):
    here, there = signed_in(), signed_in("Mozilla/5.0 (Linux; Android 15) Chrome/140.0")
    page = here.get("/accounts/sessions/").text
    assert "Firefox on Windows" in page
    assert "Chrome on Android" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    answer = here.post("/accounts/sessions/", {"session": other.pk}, follow=True)
    assert "Signed out there." in answer.text
    assert there.get(URL).status_code == 302
    assert here.get(URL).status_code == 200
    answer = here.post("/accounts/sessions/", {"session": other.pk}, follow=True)
    assert "signed out already" in answer.text


def test_a_person_signs_out_everywhere_else(sam):
    here, one, two = signed_in(), signed_in(), signed_in()
    answer = here.post("/accounts/sessions/", {"others": "yes"}, follow=True)
    assert "2 other places" in answer.text
    assert {one.get(URL).status_code, two.get(URL).status_code} == {302}
    assert here.get(URL).status_code == 200


@pytest.mark.parametrize("said", [{}, {"session": "x"}, {"session": "9" * 30}])
def test_nonsense_signs_nobody_out(sam, said):
    here, there = signed_in(), signed_in()
    here.post("/accounts/sessions/", said)
    assert there.get(URL).status_code == 200


def test_another_person_s_session_is_out_of_reach(sam, sol, browse):
    there = signed_in()
    other = UserSession.objects.get()
    browse(sol).post("/accounts/sessions/", {"session": other.pk})
    assert there.get(URL).status_code == 200
    assert "Only here" in browse(sol).get("/accounts/sessions/").text


def test_a_browser_is_named_in_words():
    assert browser_name("curl/8") == "A browser"
    assert browser_name("Mozilla (Macintosh; Intel Mac OS X) Edg/140") == "Edge on macOS"
