"""What is shown while a concern is typed: a topic and why, similar lines and how they ended."""

import re

import pytest

from calibration.tests.factories import BOXES, FEES, log, topic
from calibration.views.known import LONGEST

KNOWN = "/p/skyline/calibration/known/"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def floor(cora):
    fees = topic(cora, "late fee", *FEES)
    topic(cora, "rental", *BOXES)
    return fees


def asked(browse, person, concern: str, **more: str) -> str:
    answer = browse(person).get(KNOWN, {"concern": concern, **more}, headers=FRAGMENT)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_panel_says_which_topic_why_and_how_similar_lines_ended(floor, sam, browse):
    shown = asked(browse, sam, "customer says the late fee is wrong")
    assert 'data-topic="late-fee"' in shown
    assert "<mark>late</mark> <mark>fee</mark>" in shown
    numbers = set(floor.escalations.values_list("number", flat=True))
    assert {int(n) for n in re.findall(r'/p/skyline/log/(\d+)/"', shown)} >= numbers
    assert "<span data-resolution>Advised valid charges</span>" in shown
    assert "Resolved" in shown
    assert "Found by" in shown
    assert 'data-said="Topic late fee? 3 similar lines."' in shown


def test_nothing_alike_is_said_so(floor, sam, browse):
    shown = asked(browse, sam, "technician never came")
    assert "No line like it so far." in shown
    assert "data-take" not in shown


def test_a_floor_without_topics_and_lines_has_an_answer(skyline, sam, browse):
    assert "No line like it so far." in asked(browse, sam, "late fee on the bill")


def test_another_programs_lines_and_topics_are_never_shown(floor, harbor, olga, mona, browse):
    assert browse(olga).get(KNOWN, {"concern": "late fee"}).status_code == 404
    answer = browse(mona).get(
        "/p/harbor/calibration/known/", {"concern": "late fee on the bill"}, headers=FRAGMENT
    )
    assert "No line like it so far." in answer.content.decode()


def test_what_is_asked_is_capped_and_a_card_number_is_masked(floor, sam, browse):
    long = "late fee " + "x" * 5000
    browse(sam).get(KNOWN, {"concern": long}, headers=FRAGMENT)
    page = browse(sam).get(KNOWN, {"concern": "late fee on 4111 1111 1111 1111"}, follow=True)
    assert "4111 1111" not in page.content.decode()
    assert "•••• 1111" in page.content.decode()
    page = browse(sam).get(KNOWN, {"concern": long}).content.decode()
    assert "x" * LONGEST not in page


@pytest.mark.parametrize("said", ["\0", "%", "<script>alert(1)</script>", "ñ 💥" * 900, " "])
def test_any_text_may_be_asked(floor, sam, browse, said):
    shown = asked(browse, sam, said)
    assert "<script>alert" not in shown


def test_an_answer_is_never_kept(floor, sam, browse):
    answer = browse(sam).get(KNOWN, {"concern": "late fee"}, headers=FRAGMENT)
    assert "no-store" in answer["Cache-Control"]


def test_the_same_is_a_page_of_its_own_without_a_script(floor, sam, browse):
    page = browse(sam).get(KNOWN, {"concern": "late fee of march"}).content.decode()
    assert "<title>What is known" in page
    assert "Advised valid charges" in page
    assert "data-take" not in page
    assert 'value="late fee of march"' in page


def test_a_lines_page_is_told_of_the_lines_like_it_but_not_of_itself(floor, sam, browse):
    line = floor.escalations.first()
    shown = asked(browse, sam, "", line=str(line.number))
    assert f"/p/skyline/log/{line.number}/" not in shown
    assert "/p/skyline/log/" in shown
    assert "data-take" not in shown
    whole = browse(sam).get(KNOWN, {"line": str(line.number)}).content.decode()
    assert f"line {line.number}" in whole


@pytest.mark.parametrize("line", ["0", "999999", "x", "-1", "9" * 30, "²"])
def test_a_line_that_is_not_there_is_not_found(floor, sam, browse, line):
    assert browse(sam).get(KNOWN, {"line": line}).status_code == 404


def test_a_line_of_another_program_is_not_found(floor, sam, browse, olga):
    foreign = log(olga, "late fee")[0]
    type(foreign).objects.filter(pk=foreign.pk).update(number=777)
    assert browse(sam).get(KNOWN, {"line": "777"}).status_code == 404


def test_a_line_without_a_topic_is_shown_the_likely_one(floor, sam, browse):
    line = log(sam, "late fee of april")[0]
    assert "<span>late fee</span><kbd" in asked(browse, sam, "", line=str(line.number))
