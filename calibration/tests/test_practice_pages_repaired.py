"""What the pages of best practices and the known answer say, as far as people rely on it."""

import uuid

import pytest
from django.urls import reverse

from calibration.models import BestPractice
from calibration.tests.factories import topic
from calibration.tests.practices import WORDS, answered, drafted, in_force
from calibration.tests.sessionworld import make_session
from calibration.tests.test_known import asked
from calibration.tests.test_practice_pages import HERE, page, posted
from calibration.tests.test_words import BOXES, FEES
from escalations.actions import topics


@pytest.fixture
def fees(cora):
    return topic(cora, "Late fees", *FEES)


def test_a_card_leads_to_its_session_and_to_its_clients_letter(fees, cora, mona, sam, abe, browse):
    session = make_session(fees, fees.escalations.all()[:3], [sam.user], number=4)
    card = in_force(cora, fees, session=session.number)
    there = "/p/skyline/calibration/sessions/4/"
    for who in (cora, sam):
        assert there in page(browse, who, f"{HERE}{card.number}/")
    assert there not in page(browse, abe, f"{HERE}{card.number}/")
    item = answered(fees.escalations.first(), mona)
    card = in_force(mona, fees, item=item)
    there = reverse("letter", kwargs={"p": "skyline", "n": 7})
    assert there in page(browse, mona, f"{HERE}{card.number}/")
    shown = page(browse, sam, f"{HERE}{card.number}/")
    assert there not in shown
    assert f'/log/{item.escalation.number}/"' in shown


def test_what_stands_today_is_the_one_in_force_not_the_next_in_line(fees, cora, browse):
    cards = [in_force(cora, fees, words={"title": f"Card {n}"}) for n in range(3)]
    drafted(cora, fees, words={"title": "Card 9"})
    shown = page(browse, cora, f"{HERE}{cards[0].number}/")
    assert "In its place today" in shown
    assert "Card 2" in shown
    assert "Card 1" not in shown
    assert "In its place today" not in page(browse, cora, f"{HERE}{cards[2].number}/")
    other = in_force(cora, topic(cora, "Fines", "a fine"), words={"title": "Of fines"})
    topics.merge(fees, other.topic, by=cora)
    shown = page(browse, cora, f"{HERE}{cards[2].number}/")
    assert "Of fines" in shown, "the newer of two equal words"


def test_a_form_saved_before_with_other_words_is_422_and_keeps_what_was_typed(cora, browse):
    key = uuid.uuid4()
    assert browse(cora).post(f"{HERE}new/", posted(key=key)).status_code == 302
    again = posted(key=key, title="Other words", put="force")
    answer = browse(cora).post(f"{HERE}new/", again)
    assert answer.status_code == 422
    assert "Other words" in answer.content.decode()
    [card] = BestPractice.objects.exclude(written_by=None)
    assert (card.title, card.state) == (WORDS["title"], "draft")


def test_a_draft_on_a_topic_that_was_merged_is_edited_and_put_in_force(fees, cora, browse):
    card, fines = drafted(cora, fees), topic(cora, "Fines", "a fine")
    topics.merge(fees, fines, by=cora)
    said = posted(version=1, title="Reworded")
    assert browse(cora).post(f"{HERE}{card.number}/edit/", said).status_code == 302
    sent = {"version": 2, "replacing": 0}
    assert browse(cora).post(f"{HERE}{card.number}/publish/", sent).status_code == 302
    assert BestPractice.objects.answer_to(fines) == card


def test_the_answer_shown_is_that_of_the_topic_that_was_chosen(fees, cora, sam, browse):
    of_fees = in_force(cora, fees)
    rental = topic(cora, "Rental", *BOXES)
    of_rental = in_force(cora, rental, words={"title": "Of the rental"})
    said = "customer says the late fee is wrong"
    assert f'data-use="{of_fees.number}" data-of="{fees.slug}"' in asked(browse, sam, said)
    shown = asked(browse, sam, said, topic=rental.slug)
    assert f'data-use="{of_rental.number}" data-of="{rental.slug}"' in shown
    assert "data-nothing" not in shown
    for wrong in ("nowhere", "\0", "x" * 500):
        assert f'data-use="{of_fees.number}"' in asked(browse, sam, said, topic=wrong)


def test_the_library_says_of_which_days_it_counts(fees, cora, sam, browse):
    card = in_force(cora, fees)
    assert "not used in 28 days" in page(browse, sam)
    assert "in the last 28 days" in page(browse, sam, state="review")
    assert "In the last 28 days used 0×" in page(browse, sam, f"{HERE}{card.number}/")


def test_a_topics_page_shows_its_answer_in_force(fees, cora, sam, browse):
    url = f"/p/skyline/calibration/topics/{fees.slug}/"
    assert f"{HERE}new/?topic={fees.slug}" in page(browse, cora, url)
    shown = page(browse, sam, url)
    assert "No answer in force." in shown
    assert "Write one" not in shown
    card = in_force(cora, fees)
    assert f'"{HERE}{card.number}/">{card.title}</a>' in page(browse, sam, url)


def test_written_in_place_of_a_technique_that_was_replaced_it_replaces_the_newest(cora, browse):
    first = in_force(cora)
    second = in_force(cora, revises=first, words={"title": "The second"})
    url = f"{HERE}new/?revises={first.number}"
    shown = page(browse, cora, url)
    assert f'name="replacing" value="{second.number}"' in shown
    said = posted(title="The third", put="force", replacing=second.number)
    assert browse(cora).post(url, said).status_code == 302
    mine = BestPractice.objects.in_force().exclude(written_by=None)
    assert [card.title for card in mine] == ["The third"]
