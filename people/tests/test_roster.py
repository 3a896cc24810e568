"""The roster: who is on it, changing it in place, pasted rows, the combo box."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.actions.roster import change_agent
from people.models import Agent
from people.refusals import ActionRefused
from people.tests.factories import AgentFactory

HX = {"HX-Request": "true"}


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, name="Tina", employee_id="123456", team="A")


def edit(browser, agent, headers=None, **said):
    url = f"/p/skyline/people/roster/{agent.pk}/edit/"
    said = {"name": agent.name, "team": agent.team, "version": agent.version, **said}
    return browser.post(url, said, headers=headers or {})


# Reading it


def test_a_manager_sees_the_agents_of_the_own_program_only(mona, browse, tina, harbor):
    AgentFactory(program=harbor, name="Foreign")
    page = browse(mona).get("/p/skyline/people/").text
    assert "Tina" in page
    assert "Foreign" not in page


def test_people_are_found_by_name_and_id_whatever_accents(mona, browse, skyline, tina):
    AgentFactory(program=skyline, name="Trísha Ñuñez", employee_id="852963")
    for asked in ("trisha", "NUNEZ tri", "8529", "852963"):
        page = browse(mona).get("/p/skyline/people/", {"q": asked}).text
        assert "Ñuñez" in page, asked
        assert f'id="agent-{tina.pk}"' not in page
    assert "Nobody on the roster fits" in browse(mona).get("/p/skyline/people/?q=zzz").text


def test_searching_by_htmx_answers_the_roster_alone(mona, browse, tina):
    headers = {**HX, "HX-Target": "section#roster"}
    answer = browse(mona).get("/p/skyline/people/", {"q": "tin"}, headers=headers).text
    assert answer.strip().startswith('<section class="section" id="roster"')
    assert "Tina" in answer


def test_pages_of_a_long_roster_hold_everybody_once(mona, browse, skyline):
    for n in range(45):
        AgentFactory(program=skyline, name="Same Name" if n % 2 else f"Agent {n:02}")
    browser, url, seen = browse(mona), "/p/skyline/people/", []
    while url:
        response = browser.get(url)
        seen += [agent.pk for agent in response.context["agents"]]
        cursor = response.context["next_cursor"]
        url = f"/p/skyline/people/?cursor={cursor}" if cursor else ""
    assert len(seen) == len(set(seen)) == 45


def test_a_forged_cursor_is_the_first_page(mona, browse, tina):
    assert "Tina" in browse(mona).get("/p/skyline/people/?cursor=abc").text


def test_the_page_asks_twelve_questions_at_most_however_long_the_roster(
    mona, browse, skyline, tina
):
    browser = browse(mona)
    browser.get("/p/skyline/people/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/p/skyline/people/")
    AgentFactory.create_batch(40, program=skyline)
    with CaptureQueriesContext(connection) as many:
        browser.get("/p/skyline/people/")
    assert len(few) == len(many) <= 12


# Changing it


def test_a_manager_adds_an_agent_and_sees_the_row(mona, browse):
    said = {"name": "Tina", "employee_id": "123456", "team": "A"}
    answer = browse(mona).post("/p/skyline/people/roster/add/", said, headers=HX)
    assert "Tina / 123456 is on the roster." in answer.text
    assert str(Agent.objects.get()) == "Tina / 123456"


def test_without_javascript_the_browser_goes_back_to_the_roster(mona, browse):
    said = {"name": "Tina", "employee_id": "123456"}
    answer = browse(mona).post("/p/skyline/people/roster/add/", said, follow=True)
    assert answer.redirect_chain == [("/p/skyline/people/#roster", 302)]
    assert "is on the roster" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        {"name": "", "employee_id": "1"},
        {"name": "Tina", "employee_id": "12 34"},
        {"name": "Tina", "employee_id": "x" * 33},
        {"name": "Eric", "employee_id": "123456"},
        {},
    ],
)
def test_what_cannot_be_an_agent_is_said_and_nothing_is_added(mona, browse, tina, said):
    for headers in ({}, HX):
        answer = browse(mona).post("/p/skyline/people/roster/add/", said, headers=headers)
        assert answer.status_code == 422
        assert "Not saved yet" in answer.text
    assert Agent.objects.count() == 1


def test_editing_in_place_saves_and_answers_with_the_row(mona, browse, tina):
    browser = browse(mona)
    opened = browser.get(f"/p/skyline/people/roster/{tina.pk}/edit/", headers=HX).text
    assert opened.strip().startswith(f'<tr id="agent-{tina.pk}">')
    answer = edit(browser, tina, HX, name="Tanya")
    assert answer.text.strip().startswith(f'<tr id="agent-{tina.pk}"')
    tina.refresh_from_db()
    assert (tina.name, tina.version, tina.search_text) == ("Tanya", 2, "tanya 123456")


def test_two_managers_on_one_agent_never_overwrite_each_other(mona, browse, tina):
    browser = browse(mona)
    edit(browser, tina, name="Tanya")
    for headers in ({}, HX):
        answer = edit(browser, tina, headers, name="Martina")
        assert answer.status_code == 409
        assert "Tanya" in answer.text
        assert "Martina" in answer.text
        assert 'name="version" value="2"' in answer.text
    tina.refresh_from_db()
    assert tina.name == "Tanya"


def test_an_edit_without_a_version_is_refused(mona, browse, tina):
    assert edit(browse(mona), tina, version="").status_code == 428


def test_an_invalid_edit_stays_open(mona, browse, tina):
    for headers in ({}, HX):
        assert edit(browse(mona), tina, headers, name=" ").status_code == 422
    assert browse(mona).get(f"/p/skyline/people/roster/{tina.pk}/edit/").status_code == 200


def test_an_agent_gets_a_login_of_a_member(mona, abe, browse, tina):
    Agent.objects.filter(user=abe.user).update(user=None)
    assert edit(browse(mona), tina, user=abe.user.pk).status_code == 302
    tina.refresh_from_db()
    assert tina.user == abe.user


def test_a_login_is_a_member_s_and_nobody_else_s(mona, abe, olga, browse, tina):
    for stranger in (abe.user, olga.user):
        assert edit(browse(mona), tina, user=stranger.pk).status_code == 422
        with pytest.raises(ActionRefused):
            change_agent(tina, by=mona, version=1, user=stranger)


def test_who_left_is_off_the_floor_and_can_come_back(mona, browse, tina):
    browser = browse(mona)
    answer = browser.post(f"/p/skyline/people/roster/{tina.pk}/leave/", headers=HX)
    assert "has left the floor" in answer.text
    assert f"/p/skyline/people/roster/{tina.pk}/return/" in answer.text
    row = f'id="agent-{tina.pk}"'
    assert row not in browser.get("/p/skyline/people/").text
    assert row in browser.get("/p/skyline/people/?left=1").text
    assert browser.get("/p/skyline/people/agents/?q=tina").json() == []
    browser.post(f"/p/skyline/people/roster/{tina.pk}/return/")
    assert row in browser.get("/p/skyline/people/").text
    assert browser.get(f"/p/skyline/people/roster/{tina.pk}/", headers=HX).status_code == 200
    assert browser.get(f"/p/skyline/people/roster/{tina.pk}/").status_code == 200


@pytest.mark.parametrize("what", ["edit", "leave", "return", ""])
def test_another_program_s_agent_is_not_there(mona, olga, browse, harbor, what):
    foreign = AgentFactory(program=harbor)
    base = "/p/skyline/people/roster/"
    there = browse(mona).post(f"{base}{foreign.pk}/{what and what + '/'}")
    unknown = browse(mona).post(f"{base}{foreign.pk + 1000}/{what and what + '/'}")
    assert there.status_code == unknown.status_code
    assert there.content == unknown.content


@pytest.mark.parametrize("who", ["sam", "abe", "cora"])
def test_only_a_manager_keeps_the_roster(who, request, browse, tina):
    browser = browse(request.getfixturevalue(who))
    assert browser.get("/p/skyline/people/").status_code == 403
    assert browser.post("/p/skyline/people/roster/add/", {"name": "X"}).status_code == 403
    assert browser.post(f"/p/skyline/people/roster/{tina.pk}/leave/").status_code == 403
    assert edit(browser, tina, name="X").status_code == 403


def test_every_change_says_who_made_it(mona, tina):
    change_agent(tina, by=mona, version=1, name="Tanya")
    event = tina.events.filter(pgh_label="changed").get()
    assert event.name == "Tina"
    assert event.pgh_context.metadata["by"] == mona.user_id


# The combo box


def test_the_combo_box_offers_who_begins_with_it_first(sam, browse, skyline, tina):
    AgentFactory(program=skyline, name="Martina", employee_id="555", team="")
    offered = browse(sam).get("/p/skyline/people/agents/", {"q": "tin"}).json()
    assert offered == [
        {"value": "Tina / 123456", "label": "Tina", "note": "123456 · A"},
        {"value": "Martina / 555", "label": "Martina", "note": "555"},
    ]
    for asked in ("1234", "Tina / 123456", "ti"):
        offered = browse(sam).get("/p/skyline/people/agents/", {"q": asked}).json()
        assert [one["label"] for one in offered] == ["Tina"], asked


def test_the_combo_box_offers_twelve_at_most_and_nothing_for_nothing(sam, browse, skyline):
    AgentFactory.create_batch(20, program=skyline)
    browser = browse(sam)
    assert len(browser.get("/p/skyline/people/agents/?q=agent").json()) == 12
    assert browser.get("/p/skyline/people/agents/?q=%20/").json() == []
    assert browser.get("/p/skyline/people/agents/?q=a%00b%25_").json() == []


def test_agents_of_another_program_are_not_offered(olga, browse, tina, harbor):
    assert browse(olga).get("/p/harbor/people/agents/?q=tina").json() == []
    assert browse(olga).get("/p/skyline/people/agents/?q=tina").status_code == 404
