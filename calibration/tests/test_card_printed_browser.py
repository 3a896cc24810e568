"""A best practice as long as one may be, printed: two pages, however its lines are shared out."""

import pytest

from calibration.models import BestPractice
from calibration.models.practices import PARTS
from calibration.tests.factories import topic
from calibration.tests.practices import in_force
from calibration.twopages import too_long
from config.tests.browser import printed_pages

pytestmark = pytest.mark.django_db(transaction=True)

LINE, WORDS = "A line of it.\n", "Say it slowly, word by word, and wait. "
FULL = {
    "all to do": {"do": LINE * 64},
    "all that is not to be done": {"do": "x", "dont": LINE * 63},
    "as much in each part": dict.fromkeys(PARTS, LINE * 12),
    "as many words in each part": dict.fromkeys(PARTS, WORDS * 21),
    "single sentences": {"say": "Say it.\n\n" * 32},
}


def test_the_fullest_cards_are_two_pages_at_most(cora, browse_as):
    card = in_force(cora, topic(cora, "Late fees", "late fee"), source="Session 4, ten cases")
    page, title = browse_as(cora), "A title as long as they come, " * 4
    for how, words in FULL.items():
        said = {**dict.fromkeys(PARTS, ""), **words, "title": title.strip()}
        assert too_long(said) == "", how
        BestPractice.objects.filter(pk=card.pk).update(**said, reason="because it is so " * 17)
        page.goto(f"/p/skyline/practices/{card.number}/")
        assert printed_pages(page) <= 2, how
