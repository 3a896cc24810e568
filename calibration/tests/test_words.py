"""Topics suggested, similar lines and new topics found by words alone."""

import pytest

from calibration.discovering import discover
from calibration.likeness import similar
from calibration.suggesting import suggest
from calibration.tests.factories import BOXES, FEES, log, topic


def test_a_concern_is_given_the_topic_of_lines_like_it(skyline, cora):
    fees = topic(cora, "late fee", *FEES)
    topic(cora, "rental", *BOXES)
    said = suggest(skyline, "customer says the late fee is wrong")
    assert said.fits
    assert said.guesses[0].topic == fees
    assert said.guesses[0].words == ["late", "fee"]
    assert len(said.guesses[0].lines) == 3


def test_nothing_fits_a_concern_like_none(skyline, cora):
    topic(cora, "late fee", *FEES)
    assert not suggest(skyline, "technician never came").fits
    assert not suggest(skyline, "").fits


def test_another_programs_topics_are_never_suggested(harbor, cora):
    topic(cora, "late fee", *FEES)
    assert suggest(harbor, "waive the late fee of $10").guesses == []


def test_similar_lines_come_from_the_own_program_alone_and_void_ones_never(sam, olga):
    mine, void = log(sam, "late fee on the May bill", "late fee on the June bill")
    type(void).objects.filter(pk=void.pk).update(status="void", void_reason="test")
    log(olga, "late fee on the May bill")
    found = similar(sam, "late fee on the May bill")
    assert [like.line.pk for like in found.lines] == [mine.pk]
    assert similar(sam, "late fee on the May bill", but=mine.pk).lines == []


@pytest.mark.parametrize("said", ["", "%", "_", "'; --", "a", "\\", "ñandú 💥"])
def test_any_text_may_be_asked(skyline, sam, said):
    log(sam, "late fee on the May bill")
    similar(sam, said)
    suggest(skyline, said)


def test_an_agent_sees_nothing_alike(abe, sam):
    log(sam, "late fee on the May bill")
    assert similar(abe, "late fee on the May bill").lines == []
    assert discover(abe).groups == []


def test_the_ungrouped_fall_into_groups_named_in_their_own_words(sam):
    log(sam, *FEES, *BOXES, "channel missing", "outage in the area", "wants a supervisor")
    log(sam, *(f"something else number{n} word{n}" for n in range(40)))
    found = discover(sam)
    names = {group.name for group in found.groups}
    assert {"late fee", "modem rental"} <= {" ".join(name.split()[:2]) for name in names}
    assert found.pool == 49
    assert not found.capped
