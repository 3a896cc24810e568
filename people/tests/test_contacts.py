"""Who do I call now?"""

from datetime import UTC, datetime, time

import pytest

from people.actions.contacts import change_contact, remove_contact, restore_contact, verify_contact
from people.callnow import sorted_by_reach
from people.models import ContactPoint
from people.refusals import ActionRefused, VersionMissing
from people.tests.factories import ContactPointFactory

HX = {"HX-Request": "true"}
URL = "/p/skyline/people/contacts/"
SAID = {"tier": 1, "name": "Duty desk", "phone": "+63 2 8123 4567"}


@pytest.fixture
def desk(skyline):
    return ContactPointFactory(program=skyline, name="Desk")


def edit(browser, contact, headers=None, **said):
    said = {"tier": 1, "name": contact.name, "phone": contact.phone, "version": 1, **said}
    return browser.post(f"{URL}{contact.pk}/edit/", said, headers=headers or {})


def test_a_manager_puts_somebody_on_the_list(mona, browse):
    said = {**SAID, "duty": "outages", "from_time": "21:00", "to_time": "06:00"}
    answer = browse(mona).post(URL, said, headers=HX)
    assert "Duty desk is on the list." in answer.text
    assert "9:00 PM–6:00 AM" in answer.text
    assert ContactPoint.objects.get().to_time == time(6)
    browse(mona).post(URL, said, headers=HX)  # a second click
    assert ContactPoint.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"phone": ""}, "phone number or an e-mail"),
        ({"from_time": "21:00"}, "from when until when"),
        ({"from_time": "21:00", "to_time": "21:00"}, "around the clock"),
        ({"tier": "0"}, "greater than or equal to 1"),
        ({"name": ""}, "required"),
        ({"email": "x"}, "valid email"),
    ],
)
def test_what_cannot_be_called_is_refused_in_words(mona, desk, browse, said, why):
    for headers in ({}, HX):
        answer = browse(mona).post(URL, {**SAID, **said}, headers=headers)
        assert answer.status_code == 422
        assert why in answer.text
        assert edit(browse(mona), desk, headers, **said).status_code == 422
    assert ContactPoint.objects.count() == 1


def test_another_number_is_no_longer_verified(mona, desk, browse):
    browse(mona).post(f"{URL}{desk.pk}/verified/", headers=HX)
    desk.refresh_from_db()
    assert (desk.verified_on is not None, desk.version) == (True, 2)
    assert verify_contact(desk, by=mona).version == 2
    assert edit(browse(mona), desk, version=2, phone="1").status_code == 302
    desk.refresh_from_db()
    assert (desk.phone, desk.verified_on) == ("1", None)


def test_the_fields_open_in_the_row(mona, desk, browse):
    opened = browse(mona).get(f"{URL}{desk.pk}/edit/", headers=HX).text
    assert opened.strip().startswith(f'<tr id="contact-{desk.pk}">')
    assert browse(mona).get(f"{URL}{desk.pk}/edit/").status_code == 200


def test_two_managers_on_one_contact_never_overwrite_each_other(mona, desk, browse):
    said = {"from_time": "09:00", "to_time": "17:00"}
    assert edit(browse(mona), desk, HX, phone="111", **said).status_code == 200
    for headers in ({}, HX):
        answer = edit(browse(mona), desk, headers, phone="222")
        assert answer.status_code == 409
        for words in ("111", "222", "09:00", "nothing", 'name="version" value="2"'):
            assert words in answer.text
    desk.refresh_from_db()
    assert desk.phone == "111"
    with pytest.raises(VersionMissing):
        change_contact(desk, {}, version=None, by=mona)


def test_removing_can_be_taken_back(mona, desk, browse):
    answer = browse(mona).post(f"{URL}{desk.pk}/remove/", headers=HX)
    assert f"{URL}{desk.pk}/restore/" in answer.text
    assert f'id="contact-{desk.pk}"' not in answer.text
    assert "Desk" not in browse(mona).get("/p/skyline/people/now/").text
    assert edit(browse(mona), desk, version=2).status_code == 409
    with pytest.raises(ActionRefused):
        remove_contact(desk, by=mona)
    assert "Desk" in browse(mona).post(f"{URL}{desk.pk}/restore/", headers=HX).text
    assert restore_contact(desk, by=mona).version == 3
    actions = desk.events.order_by("pgh_id").values_list("pgh_context__metadata__action")
    assert [action for (action,) in actions if action] == ["removed", "restored"]


@pytest.mark.parametrize("verb", ["edit", "verified", "remove", "restore"])
def test_another_program_s_contact_is_not_there(mona, sam, browse, harbor, desk, verb):
    foreign = ContactPointFactory(program=harbor)
    assert browse(mona).post(f"{URL}{foreign.pk}/{verb}/").status_code == 404
    assert browse(sam).post(f"{URL}{desk.pk}/{verb}/").status_code == 403


def at(hour, minute=0):
    """An instant by the clocks of Manila on 20 November 2026."""
    return datetime(2026, 11, 20, (hour - 8) % 24, minute, tzinfo=UTC)


def test_whoever_can_be_reached_now_comes_first_by_tier(skyline):
    always = ContactPointFactory(program=skyline, tier=2)
    night = ContactPointFactory(program=skyline, tier=1, from_time=time(21), to_time=time(6))
    day = ContactPointFactory(program=skyline, tier=1, from_time=time(9), to_time=time(17))
    noon = ContactPointFactory(program=skyline, tier=3, from_time=time(12), to_time=time(13))
    listed = ContactPoint.objects.current()
    reachable, later = sorted_by_reach(listed, at(23), skyline)
    assert [one.contact for one in reachable] == [night, always]
    assert reachable[0].turns_at.astimezone(skyline.zone).time() == time(6)
    assert reachable[1].turns_at is None
    assert [one.contact for one in later] == [day, noon]
    reachable, later = sorted_by_reach(listed, at(12, 30), skyline)
    assert [one.contact for one in reachable] == [day, always, noon]
    assert [one.contact for one in later] == [night]


def test_an_sme_sees_whom_to_call(sam, browse, skyline, time_machine):
    time_machine.move_to(at(23))
    ContactPointFactory(program=skyline, name="Boss", email="boss@client.example")
    ContactPointFactory(program=skyline, name="Second", tier=2)
    ContactPointFactory(
        program=skyline,
        name="Office",
        tier=3,
        phone="",
        email="o@client.example",
        from_time=time(9),
        to_time=time(17),
    )
    ContactPointFactory(program=skyline, name="Night", tier=4, from_time=time(21), to_time=time(6))
    text = browse(sam).get("/p/skyline/people/now/").text
    order = [text.index(name) for name in ("Boss", "Second", "Night", "Office")]
    assert order == sorted(order)
    assert "until 6:00 AM" in text
    assert "9:00 AM" in text
    assert 'href="tel:+63281234567"' in text
    assert "Change the list" not in text


def test_an_empty_list_says_what_to_do(sam, mona, browse, skyline):
    assert "Ask your Operations Manager" in browse(sam).get("/p/skyline/people/now/").text
    assert "Add the people" in browse(mona).get("/p/skyline/people/now/").text


def test_at_an_hour_when_nobody_can_be_reached_it_says_so(sam, browse, skyline, time_machine):
    time_machine.move_to(at(23))
    ContactPointFactory(program=skyline, from_time=time(9), to_time=time(17))
    assert "Nobody on the list can be reached" in browse(sam).get("/p/skyline/people/now/").text


def test_an_agent_and_another_program_do_not_see_the_list(abe, olga, browse):
    assert browse(abe).get("/p/skyline/people/now/").status_code == 403
    assert browse(olga).get("/p/skyline/people/now/").status_code == 404
