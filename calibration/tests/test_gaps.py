"""The gaps: lines of which somebody said that nothing is known, to be grouped and answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calibration.actions.uses import record_use
from calibration.tests.factories import log, topic
from calibration.tests.practices import in_force
from calibration.tests.test_workbench import said, topic_of
from escalations.models import Escalation

BENCH = "/p/skyline/calibration/topics/"


@pytest.fixture
def gaps(cora, sam):
    """Three lines with nothing known, the last of a topic; two people said it of the first."""
    fees = topic(cora, "Late fees", "late fee on the bill")
    lines = [*log(cora, "odd beep at night", "box speaks to me"), fees.escalations.get()]
    for line in lines:
        record_use(line, outcome="nothing", by=sam)
    record_use(lines[0], outcome="nothing", by=cora)
    log(cora, "known to all")
    return lines


def shown(browse, who, **query):
    answer = browse(who).get(BENCH, {"gaps": "1", **query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_workbench_lists_the_gaps_each_once_with_its_topic(gaps, cora, sam, browse):
    for who in (cora, sam):
        page = shown(browse, who)
        assert page.count("odd beep at night</div>") == 1
        assert "late fee on the bill" in page
        assert "<td>Late fees</td>" in page
        assert "known to all" not in page
    assert 'href="/p/skyline/calibration/topics/?gaps=1"' in browse(sam).get(BENCH).content.decode()
    page = shown(browse, cora, q="beep")
    assert "odd beep at night" in page
    assert "box speaks" not in page
    assert 'name="gaps" value="1"' in page


def test_a_gap_goes_to_a_topic_and_is_none_once_that_has_an_answer(gaps, cora, browse):
    numbers = [line.number for line in gaps]
    answer = browse(cora).post(f"{BENCH}?gaps=1", said(line=numbers, into="Beeps", do="new"))
    assert answer.status_code == 302
    assert "gaps=1" in answer["Location"]
    [beeps] = {topic_of(line) for line in gaps}
    assert "box speaks to me" in shown(browse, cora)
    in_force(cora, beeps)
    page = shown(browse, cora)
    assert "No gap." in page
    assert "box speaks to me" not in page


def test_only_gaps_are_moved_from_the_list_of_gaps(gaps, cora, browse):
    other = Escalation.objects.get(concern="known to all")
    answer = browse(cora).post(f"{BENCH}?gaps=1", said(line=other.number, into="Late fees"))
    assert answer.status_code == 409
    assert topic_of(other) is None


def test_another_programs_gaps_are_not_shown_and_many_ask_as_often_as_few(
    gaps, cora, sam, olga, browse
):
    assert browse(olga).get(BENCH, {"gaps": "1"}).status_code == 404

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            shown(browse, cora)
        return len(queries)

    shown(browse, cora)
    few = asked()
    for line in log(cora, *(f"strange thing {n}" for n in range(8))):
        record_use(line, outcome="nothing", by=sam)
    assert asked() == few


@pytest.mark.parametrize("wrong", ["0", "yes", "\0", "1" * 300])
def test_what_is_no_wish_for_gaps_is_left_out(gaps, cora, browse, wrong):
    assert "Not grouped yet</h2>" in shown(browse, cora, gaps=wrong)
