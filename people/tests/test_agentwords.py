"""The agent cell as people type it, and what it means against a roster."""

import pytest

from people.actions.roster import add_agent, change_agent, settle_agent
from people.agentwords import match_agent, membership_roster, read_agent, same_name
from people.models import Agent, ContactPoint, Invitation, Membership
from people.refusals import ActionRefused
from people.tests.factories import AgentFactory


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Tina / 123456", ("Tina", "123456")),
        ("Tanya /567891", ("Tanya", "567891")),
        ("Tina/123456", ("Tina", "123456")),
        ("  Tina   Cruz /  123456 ", ("Tina Cruz", "123456")),
        ("Tina (123456)", ("Tina", "123456")),
        ("Tina | AB-12", ("Tina", "AB-12")),
        ("Tina", ("Tina", "")),
        ("123456", ("", "123456")),
        ("Tina /", ("Tina", "")),
        ("  ", ("", "")),
    ],
)
def test_a_cell_is_read_with_uneven_spaces(cell, read):
    assert read_agent(cell) == read


def test_case_accents_and_spaces_do_not_make_another_person():
    assert same_name("TRÍSHA  Ñuñez", "trisha nunez")
    assert not same_name("Tina", "Tanya")


def test_an_agent_is_found_by_id_or_name(skyline):
    tina = AgentFactory(program=skyline, name="Tina Cruz", employee_id="AB12")
    for cell in ("Tina Cruz / AB12", "ab12", "tína cruz / ab12", "Tina Cruz", "tina"):
        assert match_agent(cell, skyline).agent == tina, cell


def test_an_unknown_id_with_a_name_is_new(skyline, sam):
    match = match_agent("Tina / 123456", skyline)
    assert match.is_new
    assert settle_agent(match, by=sam) == Agent.objects.get(employee_id="123456")


def test_an_id_under_another_name_is_a_question(skyline, sam):
    tina = AgentFactory(program=skyline, name="Tina", employee_id="123456")
    match = match_agent("Tanya / 123456", skyline)
    assert (match.known_as, match.is_new) == (tina, False)
    assert settle_agent(match, by=sam).name == "Tina"
    assert settle_agent(match, by=sam, rename=True).name == "Tanya"


def test_several_of_one_name_are_a_choice(skyline, sam):
    AgentFactory.create_batch(2, program=skyline, name="Tina")
    match = match_agent("tina", skyline)
    assert len(match.choices) == 2
    with pytest.raises(ActionRefused, match="Several agents"):
        settle_agent(match, by=sam)


@pytest.mark.parametrize("cell", ["", "/", "99999", "Nobody", "x" * 121, "Tina / " + "9" * 33])
def test_a_cell_that_says_too_little_or_too_much_is_a_problem(skyline, sam, cell):
    match = match_agent(cell, skyline)
    assert match.problem
    with pytest.raises(ActionRefused):
        settle_agent(match, by=sam)


def test_an_agent_of_another_program_is_unknown(skyline, harbor):
    AgentFactory(program=harbor, name="Tina", employee_id="123456")
    assert match_agent("Tina / 123456", skyline).is_new


def test_adding_the_same_id_twice_is_the_same_agent(sam):
    one = add_agent(employee_id="1", name="Tina", by=sam)
    assert add_agent(employee_id="1", name="Tanya", by=sam) == one
    for said in ({"employee_id": "a b", "name": "Tina"}, {"employee_id": "2", "name": " "}):
        with pytest.raises(ActionRefused):
            add_agent(**said, by=sam)


def test_a_name_that_cannot_be_is_refused_and_the_same_one_writes_nothing(sam):
    tina = add_agent(employee_id="1", name="Tina", by=sam)
    with pytest.raises(ActionRefused):
        change_agent(tina, by=sam, version=1, name="")
    assert change_agent(tina, by=sam, version=1, name="Tina").version == 1


def test_who_may_not_read_the_log_finds_nobody(abe, sam, skyline):
    AgentFactory(program=skyline, name="Tina")
    assert membership_roster(abe, "tina") == []
    assert [one.name for one in membership_roster(sam, "tina")] == ["Tina"]
    for model, member in ((ContactPoint, abe), (Membership, sam), (Invitation, sam)):
        assert list(model.objects.visible_to(member)) == []
