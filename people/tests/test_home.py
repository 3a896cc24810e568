"""The way in: everybody lands where their work is."""

from people.tests.factories import UserFactory


def test_an_sme_of_one_program_lands_on_its_sheet(sam, browse):
    assert browse(sam).get("/")["Location"] == "/p/skyline/log/"


def test_a_manager_of_two_programs_chooses(mona, browse):
    page = browse(mona).get("/").text
    assert 'href="/p/skyline/log/"' in page
    assert 'href="/p/harbor/log/"' in page


def test_an_agent_reads_what_will_be_here(abe, browse):
    answer = browse(abe).get("/")
    assert answer.status_code == 200
    assert "best practices in force" in answer.text
    assert "/p/skyline/log/" not in answer.text


def test_who_is_no_member_reads_whom_to_ask(db, browse, root):
    page = browse(UserFactory(username="nobody")).get("/").text
    assert "invite nobody@floor.example" in page
    assert "/admin/" not in page
    assert "/admin/" in browse(root).get("/").text


def test_who_lost_every_role_is_no_member(sam, browse):
    sam.roles = []
    sam.save()
    assert "not a member" in browse(sam).get("/").text


def test_signed_out_people_sign_in_first(db, browse):
    assert browse(None).get("/")["Location"] == "/accounts/login/?next=/"
