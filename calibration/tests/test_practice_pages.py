"""The library of best practices as people see it: by shelf, one card, written, out and in."""

import json
import uuid
from io import BytesIO

import pytest

from calibration.actions import practices as actions
from calibration.actions.uses import record_use
from calibration.models import BestPractice
from calibration.tests.factories import topic
from calibration.tests.practices import WORDS, answered, drafted, in_force
from people.tests.cardways import left_of

HERE = "/p/skyline/practices/"


@pytest.fixture
def fees(cora):
    return topic(cora, "Late fees", "late fee on the bill", "late fee again")


def page(browse, who, url=HERE, **query):
    answer = browse(who).get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def posted(**said):
    return {"key": uuid.uuid4(), "authority": "calibrated", **WORDS, **said}


def test_each_shelf_shows_its_own_and_says_when_it_is_empty(fees, cora, sam, browse):
    old = in_force(cora, fees, words={"title": "Waive everything"})
    now = in_force(cora, fees, words={"title": "Waive once"})
    drafted(cora, words={"title": "Speak slowly"})
    record_use(fees.escalations.first(), outcome="did_not_fit", practice=now, reason="n", by=sam)
    shelves = {
        "in_force": ({"Waive once", "Acknowledge"}, {"Waive everything", "Speak slowly"}),
        "new": ({"Waive once"}, {"Acknowledge", "Speak slowly"}),
        "drafts": ({"Speak slowly"}, {"Waive once"}),
        "past": ({"Waive everything"}, {"Waive once"}),
        "review": ({"did not fit 1×"}, {"Speak slowly"}),
    }
    for state, (there, missing) in shelves.items():
        shown = page(browse, sam, state=state)
        assert all(words in shown for words in there), state
        assert not any(words in shown for words in missing), state
    actions.acknowledge(now, by=sam)
    assert "You have read everything" in page(browse, sam, state="new")
    assert "In its place today" in page(browse, sam, f"{HERE}{old.number}/")


def test_the_search_finds_words_of_any_part_and_of_the_topic(fees, cora, sam, browse):
    in_force(cora, fees, words={"title": "Courtesy", "say": "Mahal na kliyente"})
    for words in ("courtesy", "kliyente", "LATE fees", "mahal late"):
        assert "Courtesy" in page(browse, sam, q=words), words
    assert "Nothing here says" in page(browse, sam, q="100%_")


def test_an_agent_reads_and_acknowledges_only_what_is_in_force(fees, cora, abe, browse):
    old, now = in_force(cora, fees), in_force(cora, fees)
    draft = drafted(cora)
    shown = page(browse, abe, state="drafts")
    assert "Drafts" not in shown
    assert "Export" not in shown
    for hidden in (old, draft):
        assert browse(abe).get(f"{HERE}{hidden.number}/").status_code == 404
    card = page(browse, abe, f"{HERE}{now.number}/")
    assert "I have read it" in card
    assert "Used" not in card
    browse(abe).post(f"{HERE}{now.number}/acknowledge/")
    assert "You have read it" in page(browse, abe, f"{HERE}{now.number}/")


def test_a_captain_writes_keeps_edits_and_puts_in_force(fees, cora, browse):
    new = f"{HERE}new/?topic=late-fees"
    assert "Late fees" in page(browse, cora, new)
    assert browse(cora).post(new, posted(topic=fees.slug)).status_code == 302
    card = BestPractice.objects.drafts().get()
    assert (card.topic, card.do) == (fees, WORDS["do"])
    said = posted(version=1, title="Another title", topic="")
    assert browse(cora).post(f"{HERE}{card.number}/edit/", said).status_code == 302
    stale = browse(cora).post(f"{HERE}{card.number}/edit/", said)
    assert stale.status_code == 409
    assert "Another title" in stale.content.decode()
    shown = page(browse, cora, f"{HERE}{card.number}/")
    assert "Put in force" in shown
    sent = {"version": 2, "replacing": 0}
    assert browse(cora).post(f"{HERE}{card.number}/publish/", sent).status_code == 302
    assert BestPractice.objects.answer_to(fees) == card
    assert browse(cora).post(f"{HERE}{card.number}/publish/", sent).status_code == 409
    gone = {"version": 3, "reason": "the promotion is over"}
    assert browse(cora).post(f"{HERE}{card.number}/retire/", gone).status_code == 302
    assert "the promotion is over" in page(browse, cora, f"{HERE}{card.number}/")


def test_a_lower_word_is_refused_until_it_says_why_and_keeps_what_was_typed(
    fees, cora, mona, browse
):
    before = in_force(mona, fees)
    said = posted(topic=fees.slug, title="Lower", put="force", replacing=before.number)
    refused = browse(cora).post(f"{HERE}new/", said)
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "Say why" in shown
    assert 'value="Lower"' in shown
    said["reason"] = "the client took it back by phone"
    assert browse(cora).post(f"{HERE}new/", said).status_code == 302
    assert BestPractice.objects.answer_to(fees).title == "Lower"


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"do": "", "say": ""}, {"authority": "client"}, {"topic": "nowhere"}]
)
def test_an_unfinished_card_says_what_is_missing(fees, cora, browse, wrong):
    answer = browse(cora).post(f"{HERE}new/", posted(**wrong))
    assert answer.status_code == 422
    assert "Not saved yet" in answer.content.decode()


def test_the_manager_makes_the_clients_answer_the_best_practice_in_one_step(
    fees, cora, mona, browse
):
    item = answered(fees.escalations.first(), mona, text="Waive it up to $10.")
    before = in_force(cora, fees)
    url = f"{HERE}from-letter/7/1/"
    shown = page(browse, mona, url)
    assert "Waive it up to $10." in shown
    assert before.title in shown
    said = posted(topic=fees.slug, replacing=before.number, do="Waive it up to $10.")
    assert browse(mona).post(url, said).status_code == 302
    card = BestPractice.objects.answer_to(fees)
    assert (card.authority, card.item, card.supersedes) == ("client", item, before)
    assert "Letter 7, question 1: Dana Desk" in page(browse, mona, f"{HERE}{card.number}/")
    assert browse(mona).post(url, {**said, "topic": ""}).status_code == 422


def test_the_guide_holds_six_steps_and_four_questions_as_each_program_words_them(
    skyline, cora, abe, browse
):
    shown = page(browse, abe, f"{HERE}guide/")
    assert shown.count("<li>") >= 10
    shipped = BestPractice.objects.get(program=skyline, title="Gather")
    in_force(cora, revises=shipped, words={"title": "Ask", "say": "Ano po ang nangyari?"})
    part = browse(abe).get(f"{HERE}guide/", headers={"HX-Request": "true"}).content.decode()
    assert "Ano po ang nangyari?" in part
    assert "Gather" not in part
    assert "<html" not in part


def test_a_library_goes_out_and_comes_into_another_program(fees, cora, mona, harbor, browse):
    in_force(cora, fees, words={"title": '=HYPERLINK("x")'})
    sent = browse(mona).get(f"{HERE}export.json")
    assert "attachment" in sent["Content-Disposition"]
    cards = json.loads(sent.content)["cards"]
    assert len(cards) == 11
    cards = [card for card in cards if card["kind"] == "technique"]
    data = json.dumps({"format": "tala-practices-1", "cards": cards}).encode()
    there = "/p/harbor/practices/import/"
    answer = browse(mona).post(there, {"file": BytesIO(data)}, follow=True)
    assert "are here already" in answer.content.decode()
    cards[0]["title"] = "Other words"
    data = json.dumps({"format": "tala-practices-1", "cards": cards}).encode()
    answer = browse(mona).post(there, {"file": BytesIO(data)}, follow=True)
    assert "1 card brought in" in answer.content.decode()
    assert BestPractice.objects.get(program=harbor, title="Other words").state == "draft"


NO_LIBRARY = "This is no library"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", NO_LIBRARY),
        (b"PK\x03\x04", NO_LIBRARY),
        (b"[]", NO_LIBRARY),
        (b"[" * 100_000, NO_LIBRARY),
        (b"\xff\xfe{", NO_LIBRARY),
        (b'{"format": "tala-practices-1", "cards": [1]}', "Card 1 cannot be read."),
        (b'{"format": "tala-practices-1", "cards": [{"kind": "answer"}]}',
         "Card 1 does not say what it is or by whose word."),
        (b"x" * 3_000_000, "This file is too large"),
    ],
    ids=["empty", "zip", "list", "deep", "utf-16", "number", "kind only", "large"],
)  # fmt: skip
def test_a_file_that_is_no_library_is_said_so(cora, browse, data, said):
    answer = browse(cora).post(f"{HERE}import/", {"file": BytesIO(data)}, follow=True)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert BestPractice.objects.exclude(written_by=None).count() == 0


def test_card_numbers_are_masked_in_what_is_typed(fees, cora, browse):
    number = "4111111111111111"
    parts = dict.fromkeys(("title", "when", "do", "say", "dont", "who_may", "source"), number)
    assert browse(cora).post(f"{HERE}new/", posted(**parts)).status_code == 302
    card = BestPractice.objects.latest("number")
    assert not any(left_of(number, str(value)) for value in vars(card).values())


def test_a_page_of_many_cards_asks_as_often_as_of_few(
    fees, cora, sam, browse, django_assert_max_num_queries
):
    for nth in range(12):
        in_force(cora, words={"title": f"Technique {nth}"})
    browser = browse(sam)
    with django_assert_max_num_queries(10):
        assert browser.get(HERE).status_code == 200
