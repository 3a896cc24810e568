"""What holds of best practices however they come about: one answer, one technique, one draft."""

import json
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calibration.actions import practices as actions
from calibration.actions.practice_steps import standing_before
from calibration.actions.practice_ways import bring_in, put_in_force
from calibration.actions.uses import record_use
from calibration.knownanswers import answers_for
from calibration.libraryfile import packed, read
from calibration.models import BestPractice, PracticeUse
from calibration.querysets_practices import DAYS
from calibration.tests.factories import log, topic
from calibration.tests.practices import WORDS, drafted, in_force
from escalations.actions import topics
from escalations.tests.crowd import at_once
from people.refusals import ActionRefused, KeyReused
from people.tests.factories import MembershipFactory


@pytest.fixture
def fees(cora):
    return topic(cora, "Late fees", "late fee on the bill")


@pytest.fixture
def fines(cora):
    return topic(cora, "Fines", "a fine on the bill")


def published(card, by, replacing):
    return actions.publish(
        card, version=card.version, replacing=replacing.number, by=by, reason="so"
    )


def known_of(topic):
    """What the panel shows, which is what the library says."""
    shown, card = answers_for(topic.program_id, topic.pk).answer, BestPractice.objects.answer_to
    assert (shown.number if shown else None) == (card(topic).number if card(topic) else None)
    return card(topic)


@pytest.mark.parametrize(
    "other",
    [
        {"words": {"do": "Waive it twice."}},
        {"authority": "interim"},
        {"topic": None},
        {"source": "a mail"},
        {"session": 3},
    ],
)
def test_a_key_that_comes_back_with_other_words_writes_nothing(fees, cora, other):
    facts = {"key": uuid.uuid4(), "topic": fees, "authority": "calibrated", "by": cora}
    facts |= {"words": WORDS}
    first = actions.draft(**facts)
    with pytest.raises(KeyReused):
        put_in_force(**{**facts, **other, "words": {**WORDS, **other.get("words", {})}})
    assert list(BestPractice.objects.filter(written_by=cora.user)) == [first]
    assert first.is_draft


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_draft(cora):
    facts = {"key": uuid.uuid4(), "authority": "calibrated", "words": WORDS, "by": cora}
    made = at_once(4, lambda _: actions.draft(**facts))
    assert len({card.pk for card in made}) == 1


def test_a_merged_topic_keeps_its_answer_and_the_higher_word_comes_first(fees, fines, cora, mona):
    low = in_force(cora, fees)
    line = fees.escalations.get()
    record_use(line, outcome="nothing", by=cora)
    step = topics.merge(fees, fines, by=cora)
    assert known_of(fines) == low
    line.refresh_from_db()
    assert line.topic == fines
    assert not PracticeUse.objects.visible_to(cora).gaps()
    topics.undo(step, by=cora)
    high = in_force(mona, fines)
    topics.merge(fees, fines, by=cora)
    assert known_of(fines) == high
    rest = topic(cora, "Charges", "a charge")
    topics.merge(fines, rest, by=cora)
    assert known_of(rest) == high


def test_publishing_ends_what_stands_for_the_merged_topics_too(fees, fines, cora, mona):
    of_fees, of_fines, waits = in_force(cora, fees), in_force(mona, fines), drafted(cora, fees)
    topics.merge(fees, fines, by=cora)
    waits = actions.edit(waits, words={**WORDS, "do": "Once."}, version=1, by=cora)
    with pytest.raises(ActionRefused, match="by now"):
        published(waits, cora, of_fees)
    now = published(waits, cora, of_fines)
    assert (now.topic, known_of(fines)) == (fines, now)
    for before in (of_fees, of_fines):
        before.refresh_from_db()
        assert before.state == "superseded"
    assert drafted(cora, fees).topic == fines, "a form from before the merge"


def test_only_one_version_of_a_technique_is_in_force(cora):
    shipped = BestPractice.objects.get(program=cora.program, title="Acknowledge")
    discarded = drafted(cora, revises=shipped)
    actions.retire(discarded, version=1, by=cora)
    first, late = drafted(cora, revises=shipped), drafted(cora, revises=shipped)
    first = published(first, cora, shipped)
    assert standing_before(late) == first, "not the draft that was discarded"
    retired = actions.retire(first, version=first.version, by=cora, reason="a trial")
    assert standing_before(late) is None
    late = actions.publish(late, version=1, replacing=None, by=cora)
    with pytest.raises(ActionRefused, match="by now"):
        actions.publish(retired, version=retired.version, replacing=None, by=cora)
    back = published(retired, cora, late)
    again = published(drafted(cora, revises=late), cora, back)
    guide = BestPractice.objects.filter(program=cora.program).in_force().guiding()
    assert [card for card in guide if card.guide_place == shipped.guide_place] == [again]


@pytest.mark.django_db(transaction=True)
def test_of_four_who_revise_one_technique_at_once_one_is_in_force(cora):
    first = in_force(cora)
    actions.retire(first, version=first.version, by=cora, reason="a trial")
    drafts = [drafted(cora, revises=first) for _ in range(4)]

    def publish(which):
        try:
            return actions.publish(drafts[which], version=1, replacing=None, by=cora).is_in_force
        except ActionRefused:
            return False

    assert sorted(at_once(4, publish)) == [False, False, False, True]


def test_no_place_of_the_guide_is_held_twice(cora):
    shipped = BestPractice.objects.get(program=cora.program, title="Acknowledge")
    copy = drafted(cora, revises=shipped)
    now = timezone.now()
    to = {"state": "in_force", "published_at": now, "effective_from": now}
    with pytest.raises(IntegrityError, match="guide_place"), transaction.atomic():
        BestPractice.objects.filter(pk=copy.pk).update(**to)


def test_a_library_brings_its_guide_along(cora):
    shipped = BestPractice.objects.get(program=cora.program, title="Gather")
    mine = BestPractice.objects.filter(pk=in_force(cora, revises=shipped).pk)
    [card] = read(json.dumps(packed(mine)).encode())
    card["title"] = "Ask"
    [made] = bring_in([card], by=cora)
    assert (made.guide, made.guide_place) == ("handling", 2)
    assert standing_before(made) == mine.get()


def test_a_nul_in_a_library_is_left_out(cora):
    card = {"kind": "technique", "authority": "interim", **WORDS, "source": "a\0 mail"}
    data = json.dumps({"format": "tala-practices-1", "cards": [card]}).encode()
    [made] = bring_in(read(data), by=cora)
    assert made.source == "a mail"


def test_uses_are_counted_of_the_last_days_alone(fees, cora, sam):
    busy, misfit = in_force(cora, fees), in_force(cora)
    lines = log(cora, *(f"late fee {n}" for n in range(3)), topic=fees)
    for line in lines:
        record_use(line, outcome="used", practice=busy, by=sam)
    old = PracticeUse.objects.filter(escalation=lines[0])
    old.update(at=timezone.now() - timezone.timedelta(days=DAYS, minutes=1))
    record_use(lines[0], outcome="did_not_fit", practice=misfit, reason="no", by=cora)
    mine = BestPractice.objects.filter(written_by=cora.user)
    counted = {card.pk: (card.used, card.did_not_fit) for card in mine.with_uses()}
    assert counted == {busy.pk: (2, 0), misfit.pk: (0, 1)}
    assert list(mine.most_in_need()) == [misfit, busy]


def test_telling_asks_as_often_for_many_members_as_for_few(cora):
    def asked() -> int:
        card = drafted(cora)
        with CaptureQueriesContext(connection) as queries:
            actions.publish(card, version=1, replacing=None, by=cora)
        return sum("INSERT" not in query["sql"] for query in queries)

    few = asked()
    for _ in range(4):
        MembershipFactory(program=cora.program, roles=["sme"])
    assert asked() == few
