"""A captain's life: appointed, until a day, ended, replaced."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.actions.captain import appoint, end_appointment
from people.models import CaptainAppointment, Membership
from people.refusals import ActionRefused

HX = {"HX-Request": "true"}
URL = "/p/skyline/people/captain/"


def fresh(member):
    return Membership.objects.get(pk=member.pk)


def test_an_sme_is_appointed_and_may_void_at_once(mona, sam, browse):
    assert not sam.may("void")
    answer = browse(mona).post(URL, {"member": sam.pk}, headers=HX)
    assert "Sam is SME Captain." in answer.text
    assert fresh(sam).may("void")
    assert CaptainAppointment.objects.get().appointed_by == mona.user


def test_a_new_captain_ends_the_one_before(mona, cora, sam, browse):
    browse(mona).post(URL, {"member": sam.pk})
    assert not fresh(cora).may("void")
    assert fresh(sam).may("void")
    before = CaptainAppointment.objects.get(user=cora.user)
    assert before.ended_by == mona.user
    assert "Captains before" in browse(mona).get("/p/skyline/people/").text


def test_a_captaincy_ends_with_its_day(mona, sam, skyline, time_machine):
    day = skyline.current_shift()
    until = skyline.shift_bounds(day)[1]
    appoint(sam, by=mona, until=until)
    assert fresh(sam).is_captain
    time_machine.move_to(until)
    assert not fresh(sam).is_captain
    again = appoint(sam, by=mona)
    assert again.until is None
    first = CaptainAppointment.objects.exclude(pk=again.pk).get()
    assert first.ended_at == until


def test_the_day_may_be_given_on_the_page(mona, sam, skyline, browse):
    day = skyline.current_shift() + timedelta(days=3)
    browse(mona).post(URL, {"member": sam.pk, "until": day.isoformat()})
    assert CaptainAppointment.objects.get().until == skyline.shift_bounds(day)[1]
    assert "until" in browse(mona).get("/p/skyline/people/").text


@pytest.mark.parametrize("until", ["2020-01-01", "never", "9999-12-31"])
def test_a_day_that_has_passed_or_is_none_is_refused(mona, sam, browse, until):
    answer = browse(mona).post(URL, {"member": sam.pk, "until": until}, headers=HX)
    assert answer.status_code == 422
    assert not CaptainAppointment.objects.exists()


def test_only_an_sme_of_this_program_can_be_captain(mona, abe, olga, browse):
    for member in (abe, olga, mona):
        answer = browse(mona).post(URL, {"member": member.pk}, headers=HX)
        assert answer.status_code == 422
        with pytest.raises(ActionRefused):
            appoint(member, by=mona)


def test_a_captain_is_not_appointed_twice(mona, cora, browse):
    answer = browse(mona).post(URL, {"member": cora.pk}, headers=HX)
    assert answer.status_code == 409
    assert "captain already" in answer.text
    with pytest.raises(ActionRefused):
        appoint(cora, by=mona, until=timezone.now() - timedelta(days=1))


def test_ending_it_and_ending_it_twice(mona, cora, browse):
    url = f"{URL}{CaptainAppointment.objects.get().pk}/end/"
    assert "no longer captain" in browse(mona).post(url, headers=HX).text
    assert not fresh(cora).may("void")
    assert browse(mona).post(url).status_code == 409


def test_another_program_s_captaincy_is_not_there(mona, olga, browse, harbor):
    other = CaptainAppointment.objects.create(
        program=harbor, user=olga.user, appointed_by=mona.user
    )
    assert browse(mona).post(f"{URL}{other.pk}/end/").status_code == 404
    with pytest.raises(CaptainAppointment.DoesNotExist):
        end_appointment(other, by=mona)


@pytest.mark.parametrize("who", ["sam", "abe", "cora"])
def test_only_a_manager_appoints(who, request, browse):
    member = request.getfixturevalue(who)
    assert browse(member).post(URL, {"member": member.pk}).status_code == 403


def test_the_history_says_who_appointed_whom(mona, sam):
    end_appointment(appoint(sam, by=mona), by=mona)
    appointment = CaptainAppointment.objects.get()
    labels = {e.pgh_label: e.pgh_context.metadata["action"] for e in appointment.events.all()}
    assert labels == {"appointed": "appointed", "changed": "ended"}
