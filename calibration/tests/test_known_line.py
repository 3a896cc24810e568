"""On a line's own page: its suggested topic is taken by who may say it."""

import re

import pytest

from calibration.tests.factories import log, topic

pytestmark = pytest.mark.django_db

KNOWN = "/p/skyline/calibration/known/"


def test_a_suggested_topic_is_taken_on_the_lines_page_by_who_may_say_it(cora, sam, sol, browse):
    fees = topic(cora, "Late fee", "waive the late fee of $10", "late fee on the March bill")
    (line,) = log(sam, "late fee of April")
    pages = {}
    for who in (cora, sam, sol):
        said = {"line": line.number}
        answer = browse(who).get(KNOWN, said, headers={"HX-Request": "true"})
        pages[who] = answer.content.decode()
        assert "Late fee" in pages[who]
    assert 'name="topic"' not in pages[sol]
    assert 'name="topic"' in pages[cora]
    key = re.search(r'name="key" value="([-\w]+)"', pages[sam])[1]
    where, slug = re.search(
        r'action="(\S+/topic/)".*name="topic" value="(\S+)"', pages[sam]
    ).groups()
    answer = browse(sam).post(where, {"key": key, "topic": slug})
    assert answer["Location"] == f"/p/skyline/log/{line.number}/"
    line.refresh_from_db()
    assert line.topic == fees
