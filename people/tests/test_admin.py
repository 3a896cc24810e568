"""The Django admin: clients, programs and any membership, for administrators only."""

import pytest

from people.admin import site
from people.models import Client, Membership, Program

ADD = "/admin/people/program/add/"


def program(client, **said):
    return {
        "client": client.pk,
        "name": "Metro Water",
        "slug": "metro",
        "time_zone": "Asia/Manila",
        "shift_starts_at": "18:00",
        "promise_days": "30",
        "dispositions": "hold policy\r\n\r\n explain ",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        **said,
    }


def test_only_clients_and_programs_are_there():
    assert {model.__name__ for model in site._registry} == {"Client", "Program"}


def test_the_first_manager_comes_to_be(root, sam, browse, skyline):
    browser = browse(root)
    assert "Clients and programs" in browser.get("/admin/").text
    browser.post("/admin/people/client/add/", {"name": "Metro"})
    page = browser.get(ADD).text
    assert '<option value="sam">Sam</option>' in page
    assert "make an exception" in page
    said = program(Client.objects.get(name="Metro"))
    said |= {"memberships-0-user": "sam", "memberships-0-roles": ["manager"]}
    assert browser.post(ADD, said).status_code == 302
    made = Program.objects.get(slug="metro")
    assert made.dispositions == ["hold policy", "explain"]
    assert browse(sam).get("/p/metro/people/").status_code == 200
    event = Membership.objects.get(program=made).events.get()
    assert event.pgh_context.metadata["by"] == root.pk


def test_an_administrator_changes_any_membership_and_history_is_shown(root, sam, browse):
    browser, pk = browse(root), sam.program_id
    said = program(sam.program.client, **{"memberships-INITIAL_FORMS": "1"})
    said |= {"memberships-0-id": sam.pk, "memberships-0-program": pk}
    said |= {"memberships-0-user": "sam", "memberships-0-roles": ["agent", "manager"]}
    assert browser.get(f"/admin/people/program/{pk}/change/").status_code == 200
    assert browser.post(f"/admin/people/program/{pk}/change/", said).status_code == 302
    sam.refresh_from_db()
    assert (sam.roles, sam.version) == (["agent", "manager"], 2)
    assert "Changed" in browser.get(f"/admin/people/program/{pk}/history/").text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"time_zone": "Manila"}, "is not a time zone"),
        ({"memberships-0-user": "nobody"}, "Nobody has that username."),
        ({"slug": "a b"}, "valid"),
        ({"promise_days": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_a_program_is_refused(root, browse, skyline, said, why):
    answer = browse(root).post(ADD, program(skyline.client, **said))
    assert answer.status_code == 200
    assert why in answer.text
    assert Program.objects.count() == 1


def test_a_program_without_a_manager_is_pointed_out(root, browse, skyline):
    answer = browse(root).post(ADD, program(skyline.client), follow=True)
    assert "Operations Manager, to begin" in answer.text
    assert "Metro Water" in answer.text


def test_a_program_with_members_cannot_be_deleted(root, sam, browse):
    url = f"/admin/people/program/{sam.program_id}/delete/"
    assert "protected" in browse(root).get(url).text.lower()
    assert browse(root).get("/admin/people/client/").status_code == 200


@pytest.mark.parametrize("who", ["sam", "mona", "abe", "cora"])
def test_nobody_else_gets_in(who, request, browse):
    browser = browse(request.getfixturevalue(who))
    for path in ("/admin/", "/admin/login/", "/admin/people/client/", ADD):
        answer = browser.post(path) if path == ADD else browser.get(path, follow=True)
        if path == ADD:
            answer = browser.get(answer["Location"])
        assert answer.status_code == 403


def test_signing_in_is_the_site_s_own(db, browse, root):
    signed_out = browse(None).get("/admin/", follow=True)
    assert signed_out.redirect_chain[-1][0] == "/accounts/login/?next=/admin/"
    said = {"username": "root", "password": "x"}
    assert browse(None).post("/admin/login/", said)["Location"].startswith("/accounts/login/")
    assert browse(root).get("/admin/login/")["Location"] == "/admin/"
    password = browse(root).get("/admin/password_change/")
    assert password["Location"] == "/accounts/password/change/"
    browser = browse(root)
    assert browser.get("/admin/logout/").status_code == 302
    assert browser.get("/admin/").status_code == 200
    assert browser.post("/admin/logout/")["Location"] == "/accounts/login/"
    assert browser.get("/admin/").status_code == 302
