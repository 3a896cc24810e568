"""What a captain reads and sees on the card of a best practice."""

import pytest

from calibration.effect.card import Per
from calibration.effect.picture import picture, sentences
from calibration.tests.test_effect_card import IN_FORCE, judged, nights
from config.jinja import template


def drawn(card, **given):
    return picture(card, name="effect", topic="Late fees", since=IN_FORCE, **given)


def test_the_figures_are_said_in_sentences():
    days, others = nights((120, 40), (84, 20)), nights((120, 90), (84, 90), seed=3)
    said = sentences(judged(days, others))
    assert said[0].endswith("after (1322 in 84), per 1,000 calls handled.")
    assert said[1].startswith("That is 0.49 times as many (95 % interval 0.46 to")
    assert any(line.startswith("Untouched topics in the same days: ") for line in said)
    assert any(line.startswith("Apart from the trend") for line in said)
    assert "Left out: 17 Apr to 30 Apr, when it was chosen and changed." in said


def test_without_volumes_it_says_so():
    card = judged(nights((120, 4), (60, 2), calls=None))
    assert sentences(card)[0].endswith("with no rate of them.")
    assert "166 shift days have no denominator" in " ".join(sentences(card))
    share = judged(nights((120, 40), (60, 20)), per=Per.ALL)
    assert "of all escalations, as there are no call volumes." in sentences(share)[0]
    assert "%" in drawn(share).labels[1].words


def test_before_the_first_whole_day_there_is_a_rate_before_alone():
    said = sentences(judged(nights((120, 4))))[0]
    assert said.endswith(
        "in 106 shift days), per 1,000 calls handled; there is no rate after it yet."
    )


@pytest.mark.parametrize(("rate", "unit"), [(20, "shift day"), (3, "week"), (0.4, "until")])
def test_each_chart_is_drawn_with_the_date_in_force(rate, unit):
    card = judged(nights((120, rate), (60, rate / 4)))
    picture_ = drawn(card, link=lambda first, last: f"/log/?from={first}&to={last}")
    assert picture_.table.headings[0] == unit
    assert "in force 1 May" in [label.words for label in picture_.labels]
    assert len(picture_.marks) == len(card.steps.chart.points)
    html = template("charts/chart.jinja").render(chart=picture_)
    assert "left out of the baseline" in html
    assert ("/log/?from=" in html) == (rate > 1)


def test_nothing_at_all_is_drawn_as_nothing_to_show():
    card = judged([])
    assert sentences(card) == ["0 escalations before and 0 after, with no rate of them."]
    assert "nothing to show" in [label.words for label in drawn(card).labels]
