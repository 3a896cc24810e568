"""The memberships a page begins with are those the queryset describes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import CaptainAppointment, Membership
from people.whoasks import memberships_at_once, person_at_once


def told(memberships):
    return [
        (
            *(m.pk, m.user_id, m.program_id, m.program.name, m.program.client.name),
            *(m.roles, m.version, m.is_captain, sorted(m.abilities)),
        )
        for m in memberships
    ]


def agree(user):
    at_once = memberships_at_once(user)
    assert told(at_once) == told(Membership.objects.of(user))
    return at_once


def test_everybody_of_the_cast(sam, sol, cora, mona, abe, olga, root):
    for user in {m.user for m in (sam, sol, cora, mona, abe, olga)} | {root}:
        agree(user)
    assert len(agree(mona.user)) == 2
    assert agree(cora.user)[0].is_captain
    assert agree(root) == []


@pytest.mark.parametrize(("until", "ended"), [(-1, False), (1, False), (None, True)])
def test_a_captaincy_that_is_over_or_will_be(sam, mona, until, ended, django_assert_num_queries):
    now = timezone.now()
    CaptainAppointment.objects.create(
        program=sam.program,
        user=sam.user,
        appointed_by=mona.user,
        starts_at=now - timedelta(days=2),
        until=until and now + timedelta(days=until),
        ended_at=now if ended else None,
        ended_by=mona.user if ended else None,
    )
    assert agree(sam.user)[0].is_captain == (until == 1)
    with django_assert_num_queries(1):
        told(memberships_at_once(sam.user))
    assert told(person_at_once(sam.user.pk).memberships_read) == told(
        Membership.objects.of(sam.user)
    )


def test_no_roles_and_no_account_give_nothing(sam, sol):
    Membership.objects.filter(pk=sam.pk).update(roles=[])
    assert agree(sam.user) == []
    sol.user.is_active = False
    sol.user.save()
    assert agree(sol.user) == []
