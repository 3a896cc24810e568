"""Unresolved lines without a topic: those alike stand together on the forwarding page."""

import pytest

from calibration import alike as alike_module
from calibration.actions import vectors
from calibration.alike import alike
from calibration.tests.factories import log

FEES = ("late fee on the bill again", "wants the late fee off the bill", "the late fee, again")
OTHERS = ("technician never came", "device unlock from another carrier")
URL = "/p/skyline/calibration/unresolved/"


@pytest.fixture
def waiting(sam):
    log(sam, *FEES, *OTHERS, status="unresolved")
    log(sam, FEES[0], status="resolved")


def piles(found):
    return [(bool(pile.name), {one.line.concern for one in pile.lines}) for pile in found.piles]


@pytest.mark.parametrize("engine", ["words", "vectors"])
def test_lines_that_are_alike_stand_together_whatever_the_engine(mona, waiting, engine):
    if engine == "vectors":
        vectors.make(seconds=None)
    found = alike(mona)
    assert found.engine == engine
    assert piles(found) == [(True, {*FEES}), (False, {*OTHERS})]
    assert "fee" in found.piles[0].name


def test_without_anything_alike_all_are_like_no_other(mona, sam, browse):
    log(sam, *OTHERS, status="unresolved")
    assert piles(alike(mona)) == [(False, {*OTHERS})]
    assert "None of these is like another" in browse(mona).get(URL).text


def test_a_hundred_thousand_cost_what_the_first_two_hundred_do(
    mona, waiting, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(alike_module, "LOOKED_AT", 4)
    with django_assert_max_num_queries(3):
        found = alike(mona)
    assert (found.looked_at, found.is_cut) == (4, True)


def test_the_page_asks_for_the_piece_and_works_without_it(mona, waiting, browse):
    page = browse(mona).get("/p/skyline/forwarding/").text
    assert f'hx-get="{URL}"' in page
    piece = browse(mona).get(URL, headers={"HX-Request": "true"}).text
    assert "<html" not in piece
    assert "3 alike" in piece
    whole = browse(mona).get(URL).text
    assert 'action="/p/skyline/forwarding/write/"' in whole
    assert whole.count('name="line"') == 5


def test_an_empty_floor_says_so(mona, browse):
    assert "No unresolved line is without a topic." in browse(mona).get(URL).text
