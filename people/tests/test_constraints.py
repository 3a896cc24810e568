"""What the database itself refuses: one test per named constraint."""

from datetime import time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import CaptainAppointment, Membership, Program, User
from people.tests.factories import (
    AgentFactory,
    ContactPointFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)


class Refused:
    """The block breaks the named constraint."""

    def __init__(self, name):
        self.raises = pytest.raises(IntegrityError, match=name)
        self.atomic = transaction.atomic()

    def __enter__(self):
        self.raises.__enter__()
        self.atomic.__enter__()

    def __exit__(self, *error):
        self.atomic.__exit__(*error)
        return self.raises.__exit__(*error)


def test_two_people_cannot_share_an_address_whatever_the_case(db):
    UserFactory(email="tina@floor.example")
    with Refused("user_email_once"):
        UserFactory(email="TINA@floor.example")
    UserFactory(email="")
    UserFactory(email="")
    assert User.objects.count() == 3


def test_two_people_cannot_share_a_username_whatever_the_case(db):
    UserFactory(username="tina")
    with Refused("user_username_once"):
        UserFactory(username="Tina", email="other@floor.example")


def test_a_person_is_a_member_of_a_program_once(sam):
    with Refused("membership_once"):
        MembershipFactory(user=sam.user, program=sam.program)


def test_a_membership_has_known_roles_only(sam):
    with Refused("membership_roles_known"):
        Membership.objects.filter(pk=sam.pk).update(roles=["captain"])


def test_a_program_has_one_open_captain(cora, sam, mona):
    with Refused("captain_one_open_per_program"):
        CaptainAppointment.objects.create(
            program=cora.program, user=sam.user, appointed_by=mona.user
        )


def test_an_ended_captaincy_says_who_ended_it(cora):
    with Refused("captain_ended_pair"):
        CaptainAppointment.objects.update(ended_at=timezone.now())


def test_a_program_promises_at_least_a_day(skyline):
    with Refused("program_promise_positive"):
        Program.objects.update(promise_days=0)


def test_an_employee_id_stands_once_in_a_program(skyline, harbor):
    AgentFactory(program=skyline, employee_id="1")
    AgentFactory(program=harbor, employee_id="1")
    with Refused("agent_employee_id_once"):
        AgentFactory(program=skyline, employee_id="1")


def test_a_login_belongs_to_one_agent_of_a_program(abe):
    with Refused("agent_login_once"):
        AgentFactory(program=abe.program, user=abe.user)


def test_a_contact_can_be_reached_somehow(skyline):
    with Refused("contact_reachable_somehow"):
        ContactPointFactory(program=skyline, phone="", email="")


def test_hours_of_a_contact_have_both_ends(skyline):
    with Refused("contact_hours_pair"):
        ContactPointFactory(program=skyline, from_time=time(9))


def test_tiers_begin_at_one(skyline):
    with Refused("contact_tier_from_one"):
        ContactPointFactory(program=skyline, tier=0)


def test_a_token_belongs_to_one_invitation(skyline):
    InvitationFactory(program=skyline, token_hash="a" * 64)
    with Refused("invitation_token_once"):
        InvitationFactory(program=skyline, token_hash="a" * 64)


def test_an_invitation_has_known_roles_and_at_least_one(skyline):
    with Refused("invitation_roles_known"):
        InvitationFactory(program=skyline, roles=["admin"])
    with Refused("invitation_roles_known"):
        InvitationFactory(program=skyline, roles=[])


def test_an_accepted_invitation_says_by_whom(skyline):
    with Refused("invitation_accepted_pair"):
        InvitationFactory(program=skyline, accepted_at=timezone.now())
