"""What a letter does at its edges: late, twice, after its sender left, changed behind a preview."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from conftest import member
from escalations import unresolved
from escalations.actions import forwarding, reminding, replying
from escalations.actions.replying import Reply
from escalations.models import ClientAnswer, Escalation, Forwarding, Topic
from escalations.tests.factories import EscalationFactory, letter_about, token_in
from people.models import Membership, Message, Notice
from people.refusals import ActionRefused, KeyReused
from people.tests.factories import AgentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(sam):
    cache.clear()
    agent = AgentFactory(program=sam.program)
    return EscalationFactory(agent=agent, logged_by=sam.user, status="unresolved")


def say(verdict="do_this", text="Waive it.", **more):
    return {"name": "Dana", "key": uuid.uuid4(), "verdict-1": verdict, "text-1": text} | more


def test_what_reads_otherwise_than_its_preview_is_not_sent(browse, mona, line):
    draft = letter_about([line], mona, send=False)
    Forwarding.objects.update(with_references=True)
    place = f"/p/skyline/forwarding/{draft.number}"
    seen = browse(mona).get(f"{place}/preview/").context["seen"]
    Escalation.objects.filter(pk=line.pk).update(customer_ref="somebody else’s")
    said = {"version": draft.version, "seen": seen}
    answer = browse(mona).post(f"{place}/send/", said)
    assert answer.status_code == 409
    assert "Look at the preview again" in answer.text
    assert not Message.objects.exists()
    said["seen"] = browse(mona).get(f"{place}/preview/").context["seen"]
    assert browse(mona).post(f"{place}/send/", said).status_code == 302
    assert "somebody else’s" in Message.objects.get().text


def test_a_draft_that_waited_for_another_letter_is_the_second_round(mona, line):
    first, second = (letter_about([line], mona, send=False) for _ in range(2))
    first = forwarding.send(first, version=first.version, by=mona)
    replying.record(first, [Reply(1, "do_this", "Waive it.")], name="D", key=uuid.uuid4(), by=mona)
    second = forwarding.send(second, version=second.version, by=mona)
    assert second.items.get().round == 2


def test_a_letter_sent_again_long_after_its_promise_has_a_link_that_works(mona, line):
    letter, _ = letter_about([line], mona)
    long_ago = timezone.now() - timedelta(days=100)
    Forwarding.objects.update(sent_at=long_ago, due_at=long_ago + timedelta(days=30))
    again = forwarding.send_again(letter, version=letter.version, by=mona)
    assert Browser().get(f"/reply/{token_in(again.message)}/").status_code == 200


def test_a_form_that_comes_back_with_other_words_is_asked_to_be_sent_once_more(mona, line):
    _, token = letter_about([line], mona)
    client, said = Browser(), say()
    assert client.post(f"/reply/{token}/", said).status_code == 302
    assert client.post(f"/reply/{token}/", said).status_code == 302
    page = client.post(f"/reply/{token}/", said | {"text-1": "Waive half of it."})
    assert page.status_code == 422
    assert "Waive half of it." in page.text
    anew = {"key": page.context["form"].data["key"], "text-1": "Waive half of it."}
    assert client.post(f"/reply/{token}/", said | anew).status_code == 302
    answers = ClientAnswer.objects.order_by("pk").values_list("text", flat=True)
    assert list(answers) == ["Waive it.", "Waive half of it."]


def test_so_is_what_the_manager_writes_down(browse, mona, line):
    letter, _ = letter_about([line], mona)
    place = f"/p/skyline/forwarding/{letter.number}"
    said = say()
    assert browse(mona).post(f"{place}/record/", said).status_code == 302
    page = browse(mona).post(f"{place}/record/", said | {"verdict-1": "not_possible"})
    assert (page.status_code, ClientAnswer.objects.count()) == (422, 1)
    with pytest.raises(KeyReused):
        replying.record(letter, [Reply(1, "do_this", "x")], name="D", key=said["key"], by=mona)


def test_when_the_sender_has_left_the_other_managers_hear_of_the_letter(mona, line):
    mary = member("mary", mona.program, "manager")
    letter, token = letter_about([line], mona)
    Membership.objects.filter(pk=mona.pk).update(roles=[])
    replying.answer(token, [Reply(1, "need_more", "Which?")], name="D", key=uuid.uuid4())
    Forwarding.objects.filter(pk=letter.pk).update(state="sent", answered_at=None)
    reminding.remind(letter.due_at + timedelta(days=1))
    told = Notice.objects.filter(user=mary.user).values_list("kind", flat=True)
    assert sorted(told) == ["letter_answered", "letter_reminder"]
    assert not Notice.objects.filter(user=mona.user).exists()


def test_nobody_reads_the_secret_of_a_link_on_the_letter_s_page(browse, mona, line, settings):
    letter, token = letter_about([line], mona)
    settings.SECRET_KEY = "another key than that of the sealing"
    page = browse(mona).get(f"/p/skyline/forwarding/{letter.number}/")
    assert token not in page.text
    assert "/reply/…/" in page.text


def test_what_the_customer_was_told_is_never_cut(browse, mona, sam, line):
    letter, _ = letter_about([line], mona)
    replying.record(letter, [Reply(1, "do_this", "x")], name="D", key=uuid.uuid4(), by=mona)
    version = Escalation.objects.get(pk=line.pk).version
    said = {"version": version, "told_customer": "x" * 4001}
    assert browse(sam).post(f"/p/skyline/log/{line.number}/close/", said).status_code == 409
    with pytest.raises(ActionRefused, match="4,000"):
        replying.close(line, told_customer="x" * 6000, version=version, by=sam)
    assert Escalation.objects.get(pk=line.pk).status == "answered"


def test_lines_without_a_topic_are_shown_however_many_topics_wait(mona, sam, line, monkeypatch):
    monkeypatch.setattr(unresolved, "MOST_GROUPS", 2)
    for name in ("Fees", "Modems", "Moves"):
        topic = Topic.objects.create(
            program=mona.program, name=name, slug=name.lower(), created_by=mona.user
        )
        EscalationFactory(
            agent=line.agent, logged_by=sam.user, status="unresolved", topic=topic, severity=1
        )
    shown = [group.name for group in unresolved.groups(mona)]
    assert len(shown) == 3
    assert shown[-1] == "Without a topic"
