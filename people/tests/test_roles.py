"""The table of roles says what DESIGN §3 says."""

import pytest

from people.models import CaptainAppointment
from people.roles import ROLES, abilities_of

BY_ABILITY = {
    "see_own_feedback": "agent",
    "read_practices": "agent sme captain manager",
    "read_log": "sme captain manager",
    "read_reports": "sme captain manager",
    "log": "sme captain manager",
    "edit_own": "sme captain manager",
    "give_feedback": "sme captain manager",
    "give_position": "sme captain",
    "edit_any": "captain manager",
    "void": "captain manager",
    "import": "captain manager",
    "clear_numbers": "captain manager",
    "group_topics": "captain",
    "run_sessions": "captain",
    "publish_practices": "captain",
    "forward": "manager",
    "record_volumes": "manager",
    "manage_people": "manager",
    "rule_practices": "manager",
    "write_practices": "captain manager",
    "answer_letter": "client_contact",
    "manage_programs": "admin",
    "manage_memberships": "admin",
}


def test_the_table_is_complete_and_says_nothing_else():
    assert {
        ability: {role for role, abilities in ROLES.items() if ability in abilities}
        for ability in frozenset().union(*ROLES.values())
    } == {ability: set(roles.split()) for ability, roles in BY_ABILITY.items()}


def test_roles_add_up_and_an_unknown_one_gives_nothing():
    both = abilities_of(frozenset({"agent", "sme"}))
    assert both == ROLES["agent"] | ROLES["sme"]
    assert abilities_of(frozenset({"owner"})) == frozenset()


def test_a_captain_is_an_sme_with_a_current_appointment(cora):
    assert cora.may("void")
    assert cora.role_names == ["SME", "SME Captain"]
    cora.roles = ["agent"]
    assert not cora.may("void")


def test_somebody_whose_roles_are_gone_may_nothing(sam):
    sam.roles = []
    assert sam.abilities == frozenset()
    assert not CaptainAppointment.objects.exists()


@pytest.mark.parametrize("role", ["agent", "sme", "manager"])
def test_no_role_of_a_program_reaches_the_admin(role):
    assert not ROLES[role] & ROLES["admin"]
