"""The pages of the reports: who may read them, what is asked in the address, an empty floor."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from escalations.actions import topics as grouping
from escalations.tests.factories import a_line
from people.tests.factories import AgentFactory
from reports.kinds import KINDS

pytestmark = pytest.mark.django_db
HERE = "/p/skyline/reports/"
DAY = timedelta(days=1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_floor_without_lines_is_told_what_will_be_here(kind, sam, browse):
    page = browse(sam).get(f"{HERE}{kind.slug}/").content.decode()
    assert "once lines are logged" in page
    assert 'class="report-section"' not in page
    assert page.count("To the log sheet") == 1


def test_reports_are_read_by_those_who_log(sam, cora, mona, abe, olga, browse):
    for address in (HERE, f"{HERE}peaks/"):
        answers = [browse(who).get(address).status_code for who in (sam, cora, mona, abe, olga)]
        assert answers == [200, 200, 200, 403, 404]


def test_an_unknown_report_is_not_found(sam, browse):
    assert browse(sam).get(f"{HERE}league-table/").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=2026-11-20&to=2026-11-19", "“From” is after “to”."),
        ("from=soon", "Write the day like 2026-11-20."),
        ("agent=000000", "There is no Agent “000000”."),
        ("by=nobody", "There is no SME “nobody”."),
        ("topic=nothing", "There is no such topic."),
        ("severity=5", "Select a valid choice."),
        ("split=mood", "Select a valid choice."),
        ("agent=%00", "Null characters are not allowed."),
        ("from=1990-01-01&to=2026-01-01", "Ask for ten years at most."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_counted(query, said, sam, browse):
    a_line(sam)
    for address in (HERE, f"{HERE}waiting/"):
        response = browse(sam).get(f"{address}?{query}")
        page = response.content.decode()
        assert response.status_code == 422
        assert said in page
        assert 'class="report-section"' not in page
        assert 'name="from"' in page


def test_an_agent_is_named_as_the_list_names_them(sam, browse):
    agent = AgentFactory(program=sam.program, name="Tina", employee_id="123456", team="Amihan")
    a_line(sam, agent=agent)
    a_line(sam, number=2)
    page = browse(sam).get(HERE, {"agent": "Tina / 123456", "team": "Amihan"}).content.decode()
    assert "Agent: Tina / 123456" in page
    assert "Team: Amihan" in page
    assert "agent=123456" in page
    assert first_figure(page) == "1"


def first_figure(page):
    """What the first figure of a page says."""
    return re.search(r'figure-said">\s*<a [^>]*>([^<]*)<', page)[1]


def test_filters_stay_when_another_report_is_opened_and_can_be_taken_off(sam, cora, browse):
    fees = grouping.create("Fees", by=cora).topic
    a_line(sam, topic=fees, severity=2)
    query = {"topic": "fees", "by": "sam", "severity": "2"}
    page = browse(sam).get(HERE, query).content.decode().replace("&amp;", "&")
    for words in ("Topic: Fees", "SME: ", "Severity: 2"):
        assert words in page
    today = sam.program.current_shift()
    days = f"from={today - 27 * DAY}&to={today}"
    assert f'href="{HERE}topics/?{days}&topic=fees&by=sam&severity=2"' in page
    assert f'href="{HERE}?{days}&by=sam&severity=2"' in page
    assert '<option value="fees" selected>Fees</option>' in page


def test_the_overview_is_split_by_name(sam, browse):
    for name, number in (("Zed", 1), ("Amy", 2)):
        agent = AgentFactory(program=sam.program, name=name, employee_id=f"55000{number}")
        a_line(sam, number=number, agent=agent)
    page = browse(sam).get(HERE, {"split": "agent"}).content.decode()
    assert page.index("Amy / 550002</th>") < page.index("Zed / 550001</th>")


def test_the_other_numbers_are_a_link_away(sam, browse):
    a_line(sam)
    page = browse(sam).get(HERE).content.decode()
    for name in ("board", "volumes", "effects"):
        assert f'href="{reverse(name, kwargs={"p": "skyline"})}"' in page
    assert 'aria-current="page">Reports<' in page


def test_every_definition_stands_beside_its_figure_and_on_paper(sam, browse):
    a_line(sam)
    page = browse(sam).get(HERE).content.decode()
    told = re.findall(r'aria-describedby="(rule-[^"]*)"', page)
    assert len(told) == len(set(told)) > 5
    for name in told:
        assert re.search(rf'role="tooltip" id="{name}">[^<]{{20,}}<', page)
    assert page.count("Every line that is not void. Unit: escalations.") >= 2
