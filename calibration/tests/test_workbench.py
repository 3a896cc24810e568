"""The workbench: what it shows to whom, and lines put under topics."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calibration.actions import proposals
from calibration.models import Proposals
from calibration.tests.factories import log, topic
from escalations.models import Escalation, Topic, TopicStep

pytestmark = pytest.mark.django_db

BENCH = "/p/skyline/calibration/topics/"
HTMX = {"HX-Request": "true"}


def said(**more):
    return {"key": uuid.uuid4(), "do": "move", **more}


def topic_of(line):
    return Escalation.objects.get(pk=line.pk).topic


@pytest.fixture
def captain(cora, browse):
    return browse(cora)


def test_the_captain_sees_the_pile_and_the_topics(cora, captain):
    topic(cora, "Late fee", "waive the late fee", "late fee on the bill")
    log(cora, "modem rental billed twice")
    page = captain.get(BENCH).content.decode()
    assert "modem rental billed twice" in page
    assert "waive the late fee" not in page
    assert ">Late fee</a>" in page
    assert 'name="line"' in page


def test_an_sme_reads_it_without_the_tools(cora, sam, browse):
    topic(cora, "Late fee", "waive the late fee")
    line = log(cora, "modem rental")[0]
    page = browse(sam).get(BENCH).content.decode()
    assert "modem rental" in page
    assert 'name="line"' not in page
    assert "Undo" not in page
    assert browse(sam).post(BENCH, said(line=line.number, into="Late fee")).status_code == 403
    assert topic_of(line) is None


def test_selected_lines_go_to_the_topic_that_was_typed(cora, captain):
    fees = topic(cora, "Late fee", "x")
    lines = log(cora, "a", "b", "c")
    answer = captain.post(BENCH, said(line=[one.number for one in lines[:2]], into="late fee"))
    step = TopicStep.objects.first()
    assert (answer.status_code, answer["Location"]) == (302, f"{BENCH}?step={step.pk}")
    assert [topic_of(line) for line in lines] == [fees, fees, None]
    page = captain.get(answer["Location"]).content.decode()
    assert "Put 2 lines under “Late fee”." in page
    assert f"{BENCH}-/steps/{step.pk}/undo/" in page


def test_the_beginning_of_a_name_is_enough_when_only_one_begins_so(cora, captain):
    fees = topic(cora, "Late fee", "x")
    topic(cora, "Latency", "y")
    line = log(cora, "a")[0]
    assert captain.post(BENCH, said(line=line.number, into="late")).status_code == 422
    assert captain.post(BENCH, said(line=line.number, into="late f")).status_code == 302
    assert topic_of(line) == fees


def test_a_name_that_is_no_topic_is_asked_about_and_nothing_is_lost(cora, captain):
    line = log(cora, "a")[0]
    answer = captain.post(BENCH, said(line=line.number, into="Billing <b>"), headers=HTMX)
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#bulk-problem"
    assert "There is no topic “Billing &lt;b&gt;”" in answer.content.decode()
    page = captain.post(BENCH, said(line=line.number, into="Billing <b>")).content.decode()
    assert "There is no topic" in page
    assert 'value="Billing &lt;b&gt;"' in page
    assert re.search(rf'name="line" value="{line.number}"[^>]* checked', page)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Select a line first."),
        ({"line": "x"}, "Select a line first."),
        ({"line": "1"}, "Say which topic."),
        ({"line": "1", "do": "new"}, "Write the new topic’s name first."),
        ({"line": "1", "to": "no-such"}, "not there any more"),
        ({"line": "1", "do": "new", "into": "x" * 81}, "at most 80 characters"),
        ({"line": "1", "key": "?", "into": "x"}, "too old"),
        ({"line": "1", "do": "burn", "into": "x"}, "Select a valid choice"),
        ({"line": "1", "take": "'; drop"}, "valid value"),
    ],
)
def test_what_cannot_be_done_is_said(cora, captain, sent, words):
    log(cora, "a")
    answer = captain.post(BENCH, said(**sent), headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TopicStep.objects.exists()


def test_a_suggestion_is_taken_for_its_line_or_for_the_selection_it_is_in(cora, captain):
    fees = topic(cora, "Late fee", "x")
    one, two, three = log(cora, "a", "b", "c")
    captain.post(BENCH, said(take=f"{one.number} {fees.slug}", line=two.number))
    assert [topic_of(line) for line in (one, two, three)] == [fees, None, None]
    captain.post(BENCH, said(take=f"{two.number} {fees.slug}", line=[two.number, three.number]))
    assert [topic_of(line) for line in (two, three)] == [fees, fees]


def test_without_a_selection_the_current_line_is_meant(cora, captain):
    fees = topic(cora, "Late fee", "x")
    one, two = log(cora, "a", "b")
    captain.post(BENCH, said(current=two.number, to=fees.slug))
    assert [topic_of(one), topic_of(two)] == [None, fees]


def test_sent_twice_is_done_once(cora, captain):
    lines = log(cora, "a", "b")
    sent = said(do="new", into="Late fee", line=[line.number for line in lines])
    for _ in range(2):
        assert captain.post(BENCH, sent, headers=HTMX).status_code == 200
    assert Topic.objects.count() == TopicStep.objects.count() == 1


def test_a_line_somebody_grouped_meanwhile_stays_there(cora, captain):
    fees = topic(cora, "Late fee", "x")
    bills = topic(cora, "Bills", "y")
    one, two = log(cora, "a", "b")
    Escalation.objects.filter(pk=one.pk).update(topic=bills)
    sent = said(line=[one.number, two.number], to=fees.slug)
    page = captain.post(BENCH, sent, headers=HTMX).content.decode()
    assert [topic_of(one), topic_of(two)] == [bills, fees]
    assert "1 line had been moved meanwhile and stays there." in page


def test_a_taken_name_is_refused_where_one_is_looking(cora, captain):
    topic(cora, "Late fee", "x")
    line = log(cora, "a")[0]
    sent = said(line=line.number, do="new", into="late FEE")
    answer = captain.post(BENCH, sent, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#bulk-problem")
    assert "already" in answer.content.decode()
    assert captain.post(BENCH, sent).status_code == 409


def test_a_step_is_taken_back_from_the_page(cora, captain):
    fees = topic(cora, "Late fee", "x")
    line = log(cora, "a")[0]
    captain.post(BENCH, said(line=line.number, to=fees.slug))
    step = TopicStep.objects.order_by("-pk").first()
    answer = captain.post(f"{BENCH}-/steps/{step.pk}/undo/", headers=HTMX)
    assert answer["HX-Trigger"] == "topics-changed"
    assert "Taken back: put 1 line under “Late fee”." in answer.content.decode()
    assert topic_of(line) is None
    again = captain.post(f"{BENCH}-/steps/{step.pk}/undo/", {"back": "//evil.example/"})
    assert again["Location"] == BENCH
    history = captain.get(f"{BENCH}-/steps/").content.decode()
    assert "taken back by Cora" in history


def test_only_the_captain_takes_back_what_somebody_else_grouped(cora, sam, olga, browse):
    topic(cora, "Late fee", "x")
    step = TopicStep.objects.get()
    undo = f"{BENCH}-/steps/{step.pk}/undo/"
    assert browse(sam).post(undo).status_code == 403
    theirs = f"/p/harbor/calibration/topics/-/steps/{step.pk}/undo/"
    assert browse(olga).post(theirs).status_code == 404


def test_the_pile_is_searched(cora, captain):
    log(cora, "modem rental", "late fee on the bill")
    page = captain.get(f"{BENCH}?q=rental").content.decode()
    assert "modem rental" in page
    assert "late fee on the bill" not in page
    assert "No ungrouped line fits this" in captain.get(f"{BENCH}?q=zzzzzz").content.decode()


@pytest.mark.parametrize("query", ["q=%00", "cursor=x", "group=x", "group=" + "0" * 32, "status=x"])
def test_any_address_shows_a_page(cora, captain, query):
    log(cora, "modem rental")
    assert captain.get(f"{BENCH}?{query}").status_code == 200


def test_suggestions_come_for_the_rows_asked_about(cora, sam, olga, browse):
    topic(cora, "Late fee", "waive the late fee of $10", "late fee on the March bill")
    line = log(cora, "the late fee is wrong")[0]
    url = f"-/suggestions/?n={line.number}&n=99999&n=x&n=99999999999"
    page = browse(sam).get(f"{BENCH}{url}", headers=HTMX).content.decode()
    assert f'hx-target="#guess-{line.number}"' in page
    assert "Late fee</a>" in page
    assert "late, fee" in page
    assert browse(olga).get(f"{BENCH}{url}").status_code == 404
    whole = browse(cora).get(f"{BENCH}?suggest=1").content.decode()
    assert f'value="{line.number} late-fee"' in whole


def test_the_combobox_finds_topics_of_this_program_only(cora, captain, olga, browse):
    topic(cora, "Late fee", "x")
    topic(cora, "Refund of fee", "y")
    found = captain.get(f"{BENCH}-/find/?q=FEE").json()
    assert [one["value"] for one in found] == ["Late fee", "Refund of fee"]
    assert [one["value"] for one in captain.get(f"{BENCH}-/find/?q=ref").json()] == [
        "Refund of fee"
    ]
    assert browse(olga).get("/p/harbor/calibration/topics/-/find/?q=fee").json() == []


def test_proposals_are_looked_for_and_one_becomes_a_topic(cora, captain):
    log(cora, *(f"autopay discount gone from bill {n}" for n in range(5)))
    log(cora, *(f"word{n} thing{n} other{n}" for n in range(60)))
    assert "Looking…" in captain.post(f"{BENCH}-/proposals/", headers=HTMX).content.decode()
    proposals.make(by=cora)
    page = captain.get(f"{BENCH}-/proposals/", headers=HTMX).content.decode()
    assert "Looking…" not in page
    group = Proposals.objects.get().groups[0]
    assert group["id"] in page
    narrowed = captain.get(f"{BENCH}?group={group['id']}").content.decode()
    assert narrowed.count('name="line"') == 5
    sent = {"key": uuid.uuid4(), "group": group["id"], "name": "Autopay discount"}
    for _ in range(2):
        answer = captain.post(f"{BENCH}-/proposals/accept/", sent, headers=HTMX)
        assert "Made the topic “Autopay discount” of 5 lines." in answer.content.decode()
    assert Escalation.objects.filter(topic__name="Autopay discount").count() == 5
    assert group["id"] not in captain.get(BENCH).content.decode()
    late = captain.post(f"{BENCH}-/proposals/accept/", {**sent, "key": uuid.uuid4()}, headers=HTMX)
    assert late.status_code == 409
    assert "have a topic by now" in late.content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"name": ""}, 422), ({"name": "x" * 81}, 422), ({"name": "x"}, 409), ({"key": "x"}, 422)],
)
def test_a_proposal_that_is_gone_or_badly_named_is_refused(cora, captain, sent, status):
    sent = {"key": uuid.uuid4(), "group": "0" * 32, "name": "A", **sent}
    answer = captain.post(f"{BENCH}-/proposals/accept/", sent, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (status, f"#problem-{'0' * 32}")
    assert captain.post(f"{BENCH}-/proposals/accept/", sent).status_code == status


def test_a_page_asks_the_database_eight_times_at_most(cora, captain):
    log(cora, *(f"autopay discount gone from bill {n}" for n in range(5)))
    log(cora, *(f"word{n} thing{n} other{n}" for n in range(60)))
    for n in range(5):
        topic(cora, f"Topic {n}", "a", "b")
    proposals.make(by=cora)
    captain.get(BENCH)
    with CaptureQueriesContext(connection) as asked:
        captain.get(BENCH)
    said = "\n".join(one["sql"][:160] for one in asked)
    assert len(asked) <= 9, said


def test_the_numbers_of_the_ungrouped_lead_to_their_lines(cora, captain):
    topic(cora, "Late fee", "waive the late fee")
    log(cora, "modem rental", "channel missing")
    page = captain.get(BENCH).content.decode().split("Not grouped</th>")[1]
    link, recent = re.search(r'href="([^"]+)">(\d+)</a>', page).groups()
    rows = captain.get(link.replace("&amp;", "&")).content.decode()
    assert recent == "2"
    assert len(re.findall(r'<tbody class="line[^"]*" id="line-', rows)) == 2
