"""Members and their roles: given and taken, never the last manager's."""

import pytest

from people.actions.members import set_roles
from people.models import CaptainAppointment, Membership
from people.refusals import ActionRefused, StaleVersion, VersionMissing
from people.tests.factories import MembershipFactory, UserFactory

HX = {"HX-Request": "true"}


def post(browser, member, *roles, version=1, headers=None):
    url = f"/p/{member.program.slug}/people/members/{member.pk}/"
    return browser.post(url, {"roles": roles, "version": version}, headers=headers or {})


def test_a_manager_gives_a_role(mona, sam, browse):
    answer = post(browse(mona), sam, "sme", "manager", headers=HX)
    assert answer.status_code == 200
    assert answer.text.strip().startswith(f'<tr id="member-{sam.pk}"')
    sam = Membership.objects.get(pk=sam.pk)
    assert (sam.roles, sam.version) == (["sme", "manager"], 2)


def test_a_role_taken_away_is_gone_on_the_next_request(mona, sam, browse):
    sams = browse(sam)
    assert sams.get("/p/skyline/people/agents/").status_code == 200
    assert post(browse(mona), sam).status_code == 302
    assert sams.get("/p/skyline/people/agents/").status_code == 404
    assert post(browse(mona), sam, "agent", version=2).status_code == 302
    assert sams.get("/p/skyline/people/agents/").status_code == 403


def test_the_last_manager_stays(mona, browse):
    answer = post(browse(mona), mona, "sme", headers=HX)
    assert answer.status_code == 409
    assert "last manager" in answer.text


def test_a_manager_does_not_lose_the_own_role_by_accident(mona, sam, browse):
    set_roles(sam, ["manager"], version=1, by=mona)
    answer = post(browse(mona), mona, "sme")
    assert answer.status_code == 409
    assert "your own manager role" in answer.text
    other = Membership.objects.get(pk=sam.pk)
    assert set_roles(mona, ["sme"], version=1, by=other).roles == ["sme"]


def test_a_manager_with_a_closed_account_does_not_count(mona, skyline):
    gone = MembershipFactory(user=UserFactory(is_active=False), program=skyline, roles=["manager"])
    with pytest.raises(ActionRefused, match="last manager"):
        set_roles(mona, [], version=1, by=mona)
    assert set_roles(gone, [], version=1, by=mona).roles == []


def test_a_captain_who_is_no_sme_any_more_is_no_captain(mona, cora, browse):
    answer = post(browse(mona), cora, "agent", headers=HX)
    assert "Nobody is captain now" in answer.text
    assert CaptainAppointment.objects.get().ended_by == mona.user


def test_two_managers_on_one_person_are_told(mona, sam, browse):
    post(browse(mona), sam, "sme", "agent")
    for headers in ({}, HX):
        answer = post(browse(mona), sam, "manager", version=1, headers=headers)
        assert answer.status_code == 409
        assert "You had ticked: Operations Manager" in answer.text
    with pytest.raises(StaleVersion):
        set_roles(sam, [], version=1, by=mona)
    with pytest.raises(VersionMissing):
        set_roles(sam, [], version=None, by=mona)


def test_an_unknown_role_is_refused(mona, sam, browse):
    assert post(browse(mona), sam, "captain").status_code == 409
    with pytest.raises(ActionRefused):
        set_roles(sam, ["owner"], version=1, by=mona)


def test_nothing_changed_writes_nothing(mona, sam):
    assert set_roles(sam, ["sme"], version=1, by=mona).version == 1


def test_another_program_s_member_is_not_there(mona, olga, browse):
    answer = browse(mona).post(f"/p/skyline/people/members/{olga.pk}/", {"version": 1})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["sam", "abe", "cora"])
def test_only_a_manager_gives_roles(who, request, browse):
    member = request.getfixturevalue(who)
    assert post(browse(member), member, "manager").status_code == 403


def test_members_are_found_and_the_roleless_come_last(mona, sam, sol, browse):
    set_roles(sam, [], version=1, by=mona)
    browser = browse(mona)
    assert list(browser.get("/p/skyline/people/").context["members"]) == [mona, sol, sam]
    headers = {**HX, "HX-Target": "section#members"}
    answer = browser.get("/p/skyline/people/?who=sol@floor", headers=headers)
    assert list(answer.context["members"]) == [sol]
    assert "No member fits" in browser.get("/p/skyline/people/?who=zz", headers=headers).text


def test_a_change_of_roles_says_who_made_it(mona, sam):
    set_roles(sam, ["agent"], version=1, by=mona)
    event = sam.events.filter(pgh_label="changed").get()
    assert (event.roles, event.pgh_context.metadata["by"]) == (["sme"], mona.user_id)
