"""Rows of a roster pasted from elsewhere: read, previewed, confirmed."""

import pytest

from people.models import Agent
from people.rosterwords import MOST_ROWS, read_roster, split_cells
from people.tests.factories import AgentFactory

HX = {"HX-Request": "true"}


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, name="Tina", employee_id="123456", team="A")


@pytest.mark.parametrize(
    "text",
    [
        "Tina / 123456 / Team A",
        "Tina\t123456\tTeam A",
        "Tina,123456,Team A",
        "Tina; 123456; Team A",
        "123456 / Tina / Team A",
        "Team\tName\tID\nTeam A\tTina\t123456",
    ],
)
def test_rows_are_read_as_people_paste_them(skyline, text):
    (row,) = read_roster(text, skyline).added
    assert (row.name, row.employee_id, row.team) == ("Tina", "123456", "Team A")


def test_a_quoted_comma_is_part_of_the_name():
    assert split_cells('"Cruz, Tina",123456') == ["Cruz, Tina", "123456"]
    assert split_cells('"open,1') == ["open,1"]


def test_a_preview_says_what_is_new_changed_the_same_and_unreadable(skyline, tina):
    AgentFactory(program=skyline, name="Eric", employee_id="ab1", team="B")
    plan = read_roster(
        "Tanya / 123456 / B\nEric / AB1\nJoan / 813456\n\nJoan / 813456\nno id\n/ 5\nX / a b\n"
        f"{'n' * 121} / 77",
        skyline,
    )
    assert [row.name for row in plan.added] == ["Joan"]
    assert [row.differences for row in plan.changed] == ["name: Tina → Tanya, team: A → B"]
    assert len(plan.same) == 1
    assert [row.line for row in plan.unreadable] == [5, 6, 7, 8, 9]
    assert "further up" in plan.unreadable[0].problem


def test_too_many_rows_are_said(skyline):
    plan = read_roster("\n".join(f"N / {n}" for n in range(MOST_ROWS + 1)), skyline)
    assert len(plan.added) == MOST_ROWS
    assert "at a time" in plan.unreadable[0].problem


def test_nothing_is_written_before_the_preview_is_confirmed(mona, browse, tina):
    browser, url = browse(mona), "/p/skyline/people/roster/paste/"
    rows = "Tanya / 123456\nJoan / 813456 / C\nnobody"
    shown = browser.post(url, {"pasted": rows}, headers=HX)
    assert shown.status_code == 200
    assert "Tina → Tanya" in shown.text
    assert Agent.objects.count() == 1
    digest = shown.context["plan"].digest
    answer = browser.post(url, {"pasted": rows, "digest": digest}, headers=HX)
    assert "2 agents added or changed" in answer.text
    tina.refresh_from_db()
    assert (tina.name, tina.team, tina.version) == ("Tanya", "A", 2)
    assert Agent.objects.filter(name="Joan", team="C").exists()


def test_a_confirmation_of_an_old_preview_is_shown_anew(mona, browse, tina):
    browser, url = browse(mona), "/p/skyline/people/roster/paste/"
    digest = browser.post(url, {"pasted": "Joan / 813456"}).context["plan"].digest
    AgentFactory(program=tina.program, name="Joanna", employee_id="813456")
    answer = browser.post(url, {"pasted": "Joan / 813456", "digest": digest})
    assert answer.status_code == 409
    assert "Joanna → Joan" in answer.text


def test_empty_rows_are_refused(mona, browse):
    answer = browse(mona).post("/p/skyline/people/roster/paste/", {"pasted": ""}, headers=HX)
    assert answer.status_code == 422


def test_pasting_brings_somebody_back(mona, browse, tina):
    browser, url = browse(mona), "/p/skyline/people/roster/paste/"
    browser.post(f"/p/skyline/people/roster/{tina.pk}/leave/")
    plan = browser.post(url, {"pasted": "Tina / 123456"}).context["plan"]
    assert plan.changed[0].differences == "back on the floor"
    browser.post(url, {"pasted": "Tina / 123456", "digest": plan.digest})
    tina.refresh_from_db()
    assert tina.left_on is None
