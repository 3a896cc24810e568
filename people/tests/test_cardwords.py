"""A text that is cut is masked first: no half of a card number is ever kept."""

import pytest

from people.cardwords import one_line_without_cards
from people.models import Program

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize("before", [*range(280, 302), 5000])
def test_a_number_at_the_cut_leaves_at_most_its_last_four(before):
    said = one_line_without_cards("x" * before + " " + CARD, Program())
    assert len(said) <= 300
    assert "4111" not in said


def test_a_short_text_is_one_line_and_otherwise_as_typed():
    said = one_line_without_cards("  sent to\r\nthe wrong\0 desk\t at 4 ", Program())
    assert said == "sent to the wrong desk at 4"
    assert one_line_without_cards("to be cut", Program(), longest=6) == "to be"
