"""The way in: everybody lands where their work is."""

from people.tests.factories import MembershipFactory, UserFactory


def test_everybody_of_one_program_lands_on_their_first_page(sam, cora, abe, browse):
    for who in (sam, cora, abe):
        assert browse(who).get("/")["Location"] == "/p/skyline/"


def test_a_manager_of_two_programs_chooses(mona, browse):
    page = browse(mona).get("/").text
    assert 'href="/p/skyline/"' in page
    assert 'href="/p/harbor/"' in page


def test_the_switch_leads_to_the_first_page_of_every_program_one_is_in(mona, abe, harbor, browse):
    assert 'href="/p/harbor/"' in browse(mona).get("/p/skyline/people/").text
    MembershipFactory(user=abe.user, program=harbor, roles=["agent"])
    assert 'href="/p/harbor/"' in browse(abe).get("/p/skyline/my-feedback/").text


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
