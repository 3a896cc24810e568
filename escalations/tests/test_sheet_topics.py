"""The sheet's topics: the column, the filter, and how many lines of a shift each has."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from escalations import actions
from escalations.actions import topics as grouping
from escalations.models import Escalation, Topic
from escalations.tests.factories import EscalationFactory
from people.agentwords import match_agent
from people.refusals import ActionRefused
from people.tests.factories import AgentFactory

LOG = "/p/skyline/log/"
FIRST = 900


@pytest.fixture
def tina(skyline):
    return AgentFactory(program=skyline, employee_id="123456", name="Tina")


@pytest.fixture
def floor(skyline, sam, tina):
    """Four lines of late fees (one void), one of rental, two without a topic; tonight."""
    fees, rental = (
        Topic.objects.create(
            program=skyline, name=name, slug=name.lower().replace(" ", "-"), created_by=sam.user
        )
        for name in ("Late fees", "Rental")
    )
    for n, topic in enumerate([fees, fees, fees, fees, rental, None, None], start=1):
        void = n == 4
        EscalationFactory(
            agent=tina,
            logged_by=sam.user,
            number=n + FIRST,
            topic=topic,
            concern=f"concern {n}",
            status="void" if void else "resolved",
            void_reason="twice" if void else "",
        )
    return fees


def rows_on(page: str) -> set[int]:
    return {int(n) - FIRST for n in re.findall(r'<tbody class="line[^"]*" id="line-(\d+)"', page)}


def sheet(browse, person, asked: str = "") -> str:
    answer = browse(person).get(LOG + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(browse, person, **more: str):
    said = {"agent": "Tina / 123456", "concern": "late fee", "key": str(uuid.uuid4()), **more}
    return browse(person).post(LOG, said, headers={"HX-Request": "true"})


def test_each_row_names_its_topic_and_none_where_there_is_none(floor, sam, browse):
    page = sheet(browse, sam)
    assert re.search(
        r'id="line-901".*?<td class="c-topic" title="Late fees">Late fees</td>', page, re.DOTALL
    )
    assert re.search(r'id="line-906".*?<td class="c-topic"></td>', page, re.DOTALL)


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("?topic=late-fees", {1, 2, 3}),
        ("?topic=late-fees&status=void", {4}),
        ("?topic=late-fees&q=concern+2", {2}),
        ("?topic=rental&agent=123456&by=sam&feedback=none", {5}),
        ("?topic=none", {6, 7}),
        ("?topic=none&shift=all", {6, 7}),
        ("?topic=none&shift=all&q=concern", {6, 7}),
        ("?shift=2020-01-01&topic=rental", set()),
    ],
)
def test_a_topic_filters_together_with_all_else_on_sheet_print_and_export(
    floor, sam, browse, asked, numbers
):
    assert rows_on(sheet(browse, sam, asked)) == numbers
    concerns = {f"concern {n}" for n in numbers}
    for place in ("print/", "export.csv"):
        answer = browse(sam).get(f"{LOG}{place}{asked}")
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert set(re.findall(r"concern \d", text)) == concerns


def test_the_filter_is_shown_as_one_to_take_off_and_kept_in_every_link(floor, sam, browse):
    page = sheet(browse, sam, "?topic=late-fees")
    assert "Topic: Late fees" in page
    assert "export.csv?topic=late-fees" in page
    assert "print/?topic=late-fees" in page
    assert '<option value="late-fees" selected>' in page


EVERYTHING = "topic={}&agent=123456&status=resolved&feedback=none&by=sam&q=concrn"


@pytest.mark.parametrize("shift", ["", "shift=all&", "from=2020-01-01&to=2090-01-01&"])
@pytest.mark.parametrize("slug", ["late-fees", "rental"])
def test_a_misspelt_search_with_every_filter_asks_eight_times_at_most(
    floor, cora, browse, shift, slug
):
    grouping.merge(Topic.objects.get(slug="rental"), floor, by=cora)
    browser = browse(cora)
    browser.get(LOG)
    for headers in ({}, {"HX-Request": "true"}):
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(f"{LOG}?{shift}{EVERYTHING.format(slug)}", headers=headers)
        assert rows_on(answer.content.decode()) == {1, 2, 3, 5}
        assert len(queries) <= 8, [one["sql"][:90] for one in queries]


@pytest.mark.parametrize("asked", ["", "?topic=late-fees", "?topic=none&shift=all&agent=123456"])
def test_a_sheet_asks_eight_times_at_most_beside_the_header(floor, sam, browse, asked):
    browser = browse(sam)
    browser.get(LOG)
    with CaptureQueriesContext(connection) as queries:
        browser.get(LOG + asked)
    of_the_sheet = [one["sql"] for one in queries if "inbox" not in one["sql"]]
    assert len(of_the_sheet) <= 8, [sql[:90] for sql in of_the_sheet]


def test_a_topic_that_was_merged_leads_to_the_one_it_became(floor, cora, browse):
    rental = Topic.objects.get(slug="rental")
    grouping.merge(rental, floor, by=cora)
    assert rows_on(sheet(browse, cora, "?topic=rental")) == {1, 2, 3, 5}


def test_an_unknown_topic_shows_nothing_and_says_so(floor, harbor, sam, olga, browse):
    Topic.objects.create(program=harbor, name="Secret", slug="secret", created_by=olga.user)
    for slug in ("gone", "secret", "x" * 200):
        answer = browse(sam).get(f"{LOG}?topic={slug}")
        assert answer.status_code == 422
        assert rows_on(answer.content.decode()) == set()


def test_the_topics_of_the_shift_are_counted_the_most_first_and_void_lines_nowhere(
    floor, sam, browse
):
    page = sheet(browse, sam, "?status=unresolved")  # whatever else is filtered
    counted = page.split('id="shift-topics"')[1].split("</table>")[0]
    said = re.findall(r'<a href="([^"]+)">([^<]+)</a>', counted)
    assert [words for _, words in said] == ["Late fees", "3", "Rental", "1", "No topic", "2"]
    for link, number in zip(said[0::2], said[1::2], strict=True):
        found = browse(sam).get(link[0].replace("&amp;", "&")).content.decode()
        assert len(rows_on(found)) == int(number[1])


def test_a_shift_without_lines_and_a_range_have_no_bars(skyline, sam, browse):
    assert "their topics are counted here" in sheet(browse, sam)
    assert "shift-topics" not in sheet(browse, sam, "?shift=all")


def test_a_line_is_logged_with_its_topic_and_shown_with_it(floor, sam, browse):
    answer = post(browse, sam, topic="late-fees")
    assert answer.status_code == 201
    assert '<td class="c-topic" title="Late fees">' in answer.content.decode()
    assert Escalation.objects.latest("pk").topic == floor


def test_a_merged_topic_stands_for_what_it_became_when_a_line_comes_late(floor, cora, browse):
    rental = Topic.objects.get(slug="rental")
    grouping.merge(rental, floor, by=cora)
    assert post(browse, cora, topic="rental").status_code == 201
    assert Escalation.objects.latest("pk").topic == floor


def test_an_unknown_topic_is_asked_about_at_its_field_and_nothing_typed_is_lost(floor, sam, browse):
    before = Escalation.objects.count()
    answer = post(browse, sam, topic="gone")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Escalation.objects.count() == before
    assert 'href="#entry-topic"' in page
    assert 'value="late fee"' in page


def test_the_same_key_with_another_topic_is_another_line(floor, sam, browse):
    key = str(uuid.uuid4())
    assert post(browse, sam, key=key, topic="rental").status_code == 201
    assert post(browse, sam, key=key, topic="rental").status_code == 201
    assert post(browse, sam, key=key, topic="late-fees").status_code == 422
    assert Escalation.objects.filter(key=key).count() == 1


def test_a_line_with_a_topic_asks_the_database_no_more_than_one_without(floor, sam, browse):
    asked, page = {}, browse(sam)
    for slug in ("", "rental", "", "rental"):  # the first two ask once for the process
        with CaptureQueriesContext(connection) as queries:
            post(lambda _: page, sam, topic=slug)
        asked[slug] = len(queries)
    assert Escalation.objects.filter(topic__slug="rental", number__lt=FIRST).count() == 2
    assert asked["rental"] == asked[""] <= 8


@pytest.mark.parametrize("gone", ["merged", "withdrawn"])
def test_a_topic_that_goes_between_choosing_and_saving_is_followed(floor, sam, tina, gone):
    rental = Topic.objects.get(slug="rental")
    now = {"merged_into": floor} if gone == "merged" else {"withdrawn_at": timezone.now()}
    Topic.objects.filter(pk=rental.pk).update(**now)
    line = actions.NewLine(occurred_at=timezone.now(), concern="late fee", topic=rental)
    agent, key = match_agent("Tina / 123456", sam.program), uuid.uuid4()
    for _ in range(2):
        made = actions.log(line, agent=agent, key=key, digest="x", by=sam)
        assert made.topic == (floor if gone == "merged" else None)
    assert Escalation.objects.filter(key=key).count() == 1


def test_a_topic_of_another_program_is_refused_by_the_action(floor, harbor, sam, olga):
    secret = Topic.objects.create(program=harbor, name="S", slug="s", created_by=olga.user)
    line = actions.NewLine(occurred_at=timezone.now(), concern="late fee", topic=secret)
    agent = match_agent("Tina / 123456", sam.program)
    with pytest.raises(ActionRefused):
        actions.log(line, agent=agent, key=uuid.uuid4(), digest="x", by=sam)


def test_no_topic_is_called_like_no_topic(cora):
    assert grouping.create("None", by=cora).topic.slug == "none-2"
