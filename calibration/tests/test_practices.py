"""What becomes of a best practice: by whose word, in whose place, and who has read it."""

import uuid
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from calibration.actions import practices as actions
from calibration.actions.practice_ways import answer_from_letter, bring_in, put_in_force
from calibration.actions.uses import record_use
from calibration.models import BestPractice, PracticeUse
from calibration.models.ladder import TRANSITIONS, needs_word
from calibration.tests.factories import log, topic
from calibration.tests.practices import WORDS, answered, drafted, in_force
from escalations.tests.crowd import at_once
from people.models import Notice
from people.refusals import ActionRefused, KeyReused, StaleVersion, VersionMissing

GIVERS = {"interim": "cora", "calibrated": "cora", "manager": "mona", "client": "mona"}
RANKS = [*GIVERS]
"""The lowest first, in words of its own: LADDER is what is tried."""


@pytest.fixture
def fees(cora):
    return topic(cora, "Late fees", "late fee on the bill")


@pytest.mark.parametrize("role", ["abe", "sam", "cora", "mona"])
@pytest.mark.parametrize("authority", RANKS)
def test_each_word_is_given_by_its_own_role_alone(request, fees, authority, role):
    member = request.getfixturevalue(role)
    if role == GIVERS[authority]:
        assert drafted(member, fees, authority=authority).authority == authority
        return
    with pytest.raises(PermissionDenied):
        drafted(member, fees, authority=authority)


@pytest.mark.parametrize("role", ["abe", "sam", "cora", "mona"])
@pytest.mark.parametrize(("old", "new"), [*product(RANKS, RANKS)])
def test_who_may_put_which_word_in_the_place_of_which(request, fees, cora, mona, role, old, new):
    member, people = request.getfixturevalue(role), {"cora": cora, "mona": mona}
    before = in_force(people[GIVERS[old]], fees, authority=old)
    after = drafted(people[GIVERS[new]], fees, authority=new)
    seen = {"version": 1, "replacing": before.number, "by": member}
    if role != GIVERS[new]:
        with pytest.raises((PermissionDenied, BestPractice.DoesNotExist)):
            actions.publish(after, **seen, reason="so")
        return
    is_lower = RANKS.index(new) < RANKS.index(old)
    word = "the client takes it back" if is_lower else ""
    if is_lower:
        with pytest.raises(ActionRefused, match="Say why"):
            actions.publish(after, **seen, reason=" ")
    done = actions.publish(after, **seen, reason=word)
    assert needs_word(old, new) == is_lower
    assert (done.is_in_force, done.supersedes, done.reason) == (True, before, word)
    before.refresh_from_db()
    assert (before.state, before.effective_until) == ("superseded", done.effective_from)
    assert BestPractice.objects.answer_to(fees) == done


@pytest.mark.parametrize(("state", "to"), [*product(TRANSITIONS, ("in_force", "retired"))])
def test_only_legal_moves_are_made(fees, cora, state, to):
    card = in_force(cora, fees)
    others = {
        "draft": lambda: drafted(cora, fees),
        "in_force": lambda: card,
        "superseded": lambda: (in_force(cora, fees), card)[1],
        "retired": lambda: actions.retire(card, version=card.version, by=cora, reason="old"),
    }
    card = others[state]()
    card.refresh_from_db()
    now = BestPractice.objects.answer_to(fees)
    number = now.number if now else None

    def move():
        if to == "in_force":
            return actions.publish(card, version=card.version, replacing=number, by=cora)
        return actions.retire(card, version=card.version, by=cora, reason="old")

    if to in TRANSITIONS[state]:
        assert move().state == to
    else:
        with pytest.raises(ActionRefused, match="cannot become"):
            move()


def test_what_is_replaced_is_what_the_person_saw(fees, cora):
    mine, theirs = drafted(cora, fees), drafted(cora, fees)
    actions.publish(theirs, version=1, replacing=None, by=cora)
    with pytest.raises(ActionRefused, match="by now"):
        actions.publish(mine, version=1, replacing=None, by=cora)
    assert actions.publish(mine, version=1, replacing=theirs.number, by=cora).is_in_force


def test_only_a_draft_is_edited_by_its_version_and_kept_in_its_history(fees, cora, mona):
    card = drafted(cora, fees)
    edited = actions.edit(card, words={**WORDS, "do": "Waive it twice."}, version=1, by=cora)
    assert (edited.do, edited.version) == ("Waive it twice.", 2)
    assert card.events.get().do == WORDS["do"]
    with pytest.raises(StaleVersion):
        actions.edit(card, words=WORDS, version=1, by=cora)
    with pytest.raises(VersionMissing):
        actions.edit(card, words=WORDS, version=None, by=cora)
    with pytest.raises(PermissionDenied):
        actions.edit(card, words=WORDS, version=2, by=mona)
    card = actions.publish(edited, version=2, replacing=None, by=cora)
    with pytest.raises(ActionRefused, match="Only a draft"):
        actions.edit(card, words=WORDS, version=card.version, by=cora)


def test_the_same_form_twice_is_one_draft(fees, cora, harbor):
    key = uuid.uuid4()
    assert drafted(cora, fees, key=key) == drafted(cora, fees, key=key)
    once = {"key": uuid.uuid4(), "authority": "calibrated", "words": WORDS, "topic": fees}
    assert put_in_force(**once, by=cora) == put_in_force(**once, by=cora)
    cora.program, cora.program_id = harbor, harbor.pk
    with pytest.raises(KeyReused):
        drafted(cora, key=key)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"do": "", "say": ""}, "what to do"),
        ({"do": "x" * 3001}, "Two pages"),
        ({"do": "x" * 2900, "say": "y" * 2900}, "Two pages"),
        ({"do": "x\n" * 70}, "Two pages"),
    ],
)
def test_a_card_says_something_and_fits_two_pages(cora, words, why):
    with pytest.raises(ActionRefused, match=why):
        drafted(cora, words=words)


def test_card_numbers_are_masked_in_every_part(fees, cora):
    number = "4111 1111 1111 1111"
    parts = ("title", "when", "do", "say", "dont", "who_may")
    card = in_force(cora, fees, words=dict.fromkeys(parts, number), source=number)
    card = actions.retire(card, version=card.version, by=cora, reason=number)
    line = log(cora, "late fee again")[0]
    use = record_use(line, outcome="did_not_fit", practice=card, reason=number, by=cora)
    said = [getattr(card, part) for part in (*parts, "source", "end_reason")] + [use.reason]
    assert all("1111 1111" not in one and "1111" in one for one in said)


def test_a_technique_replaces_the_one_it_revises_and_stays_in_the_guide(cora):
    shipped = BestPractice.objects.get(program=cora.program, title="Acknowledge")
    assert shipped.is_shipped
    first = in_force(cora, revises=shipped)
    second = drafted(cora, revises=shipped)  # written while the first was not in force yet
    with pytest.raises(ActionRefused, match="by now"):
        actions.publish(second, version=1, replacing=shipped.number, by=cora)
    second = actions.publish(second, version=1, replacing=first.number, by=cora)
    guide = BestPractice.objects.filter(program=cora.program).in_force().guiding()
    assert [(card.guide_place) for card in guide if card.guide == "handling"] == [1, 2, 3, 4, 5, 6]
    assert second in guide
    assert len(guide) == 10


def test_what_was_retired_is_brought_back(fees, cora, mona):
    card = in_force(cora, fees)
    with pytest.raises(ActionRefused, match="Say why"):
        actions.retire(card, version=card.version, by=mona)
    card = actions.retire(card, version=card.version, by=mona, reason="a trial")
    assert BestPractice.objects.answer_to(fees) is None
    card = actions.publish(card, version=card.version, replacing=None, by=cora)
    assert (card.is_in_force, card.end_reason, card.effective_until) == (True, "", None)


def test_everybody_who_reads_is_told_and_acknowledges_once(fees, cora, sam, abe, olga):
    card = in_force(cora, fees)
    told = Notice.objects.filter(kind="practice_published").values_list("user__username", flat=True)
    assert set(told) == {"sam", "abe", "mona"}
    for member in (sam, abe, sam):
        actions.acknowledge(card, by=member)
    assert card.reads.count() == 2
    with pytest.raises(BestPractice.DoesNotExist):
        actions.acknowledge(card, by=olga)
    card = actions.retire(card, version=card.version, by=cora, reason="old")
    with pytest.raises(ActionRefused):
        actions.acknowledge(card, by=cora)


def test_the_last_word_on_a_line_counts(fees, cora, sam, olga, abe):
    card, line = in_force(cora, fees), fees.escalations.first()
    record_use(line, outcome="used", practice=card, by=sam)
    record_use(line, outcome="did_not_fit", practice=card, reason="no balance", by=sam)
    record_use(line, outcome="used", practice=card, by=cora)
    counted = BestPractice.objects.with_uses().get(pk=card.pk)
    assert (counted.used, counted.did_not_fit) == (1, 1)
    for outcome, practice, reason in (
        ("did_not_fit", card, " "),
        ("used", None, ""),
        ("nothing", card, ""),
        ("liked", card, ""),
    ):
        with pytest.raises(ActionRefused):
            record_use(line, outcome=outcome, practice=practice, reason=reason, by=sam)
    with pytest.raises(PermissionDenied):
        record_use(line, outcome="used", practice=card, by=abe)
    with pytest.raises(type(line).DoesNotExist):
        record_use(line, outcome="used", practice=card, by=olga)


def test_a_gap_stays_one_until_its_topic_has_an_answer(fees, cora, sam):
    line = fees.escalations.first()
    record_use(line, outcome="nothing", by=sam)
    gaps = PracticeUse.objects.visible_to(sam).gaps()
    assert [gap.escalation for gap in gaps] == [line]
    in_force(cora, fees)
    assert not gaps.all()


def test_a_library_comes_in_as_drafts_and_twice_as_nothing(fees, cora, mona):
    card = {"kind": "answer", "topic": "late FEES", "authority": "client", "source": "", **WORDS}
    cards = [card, {**card, "kind": "technique", "topic": "", "title": "Listen"}]
    made = bring_in(cards, by=cora)
    assert {one.state for one in made} == {"draft"}
    assert {one.authority for one in made} == {"calibrated"}, "not the client's word by a file"
    assert bring_in(cards, by=cora) == []
    with pytest.raises(ActionRefused, match="Card 1"):
        bring_in([{**card, "topic": "Nowhere"}], by=cora)


def test_the_client_answers_by_the_clients_word(fees, cora, mona):
    letter_item = answered(fees.escalations.first(), mona)
    in_force(cora, fees)
    before = BestPractice.objects.answer_to(fees)
    key = uuid.uuid4()
    facts = {"words": WORDS, "topic": fees, "replacing": before.number, "key": key, "by": mona}
    card = answer_from_letter(letter_item, **facts)
    assert (card.authority, card.item, card.is_in_force) == ("client", letter_item, True)
    assert "question 1: Dana Desk" in card.source
    assert answer_from_letter(letter_item, **facts) == card
    letter_item.answers.update(verdict="need_more", text="Which month?")
    with pytest.raises(ActionRefused, match="not answered"):
        answer_from_letter(letter_item, **{**facts, "key": uuid.uuid4()})


def test_two_answers_are_never_in_force_for_one_topic(fees, cora):
    card = in_force(cora, fees)
    other = drafted(cora, fees)
    with pytest.raises(IntegrityError, match="one_answer_in_force"), transaction.atomic():
        BestPractice.objects.filter(pk=other.pk).update(
            state="in_force", published_at=card.published_at, effective_from=card.effective_from
        )


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_publish_at_once_one_is_in_force(cora):
    fees = topic(cora, "Late fees", "late fee on the bill")
    drafts = [drafted(cora, fees) for _ in range(8)]

    def publish(which):
        try:
            return actions.publish(drafts[which], version=1, replacing=None, by=cora).is_in_force
        except ActionRefused:
            return False

    answers = at_once(8, publish)
    assert sorted(answers, key=str) == [False] * 7 + [True], answers
    assert BestPractice.objects.in_force().answers().count() == 1
